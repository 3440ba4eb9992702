import type { DrillReport } from './drill-report';

/** What the window spans: `the first deletion to the last pod gone`. */
export function windowText({ pods }: Pick<DrillReport, 'pods'>): string {
  const ended = pods.some(({ deletedSeconds = -1, goneSeconds }) => deletedSeconds >= 0 && goneSeconds !== undefined);
  return ended ? 'the first deletion to the last pod gone' : 'the beginning of the action to its end';
}

/** What is said where the action moved no pod: it may be so on purpose, but nobody should take it for a rollout that held. */
export const STILL_TEXT = 'No pod was deleted or started: if what was done should have moved pods, it did not.';

/** Whether no pod was deleted or started since the action began. */
export function isStill({ pods }: Pick<DrillReport, 'pods'>): boolean {
  return pods.every(({ seenSeconds, deletedSeconds = -1 }) => seenSeconds < 0 && deletedSeconds < 0);
}
