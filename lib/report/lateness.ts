import type { DrillReport } from './drill-report';
import { countText } from './words';

/** Ours: below, no figure of a report would be another. */
export const TOLD_ABOVE_MS = 1000;
const MOST_OF_TIMEOUT = 1 / 5; // ours: who sends late reads late, and so much of the wait for an answer is then the client's own

/** Whether the client was so late that what it counted is worth little. */
export function isTooLate({ latestMs, timeoutSeconds = 10 }: DrillReport['client']): boolean {
  return latestMs > timeoutSeconds * 1000 * MOST_OF_TIMEOUT;
}

/** `at most 1,234 ms late`; undefined where it is not worth a word. */
export function latenessText(client: DrillReport['client'], numberText: (count: number) => string = countText): string | undefined {
  if (client.latestMs <= TOLD_ABOVE_MS && !isTooLate(client)) return undefined;
  return `at most ${numberText(Math.round(client.latestMs))} ms late${isTooLate(client) ? ': these figures are worth little' : ''}`;
}
