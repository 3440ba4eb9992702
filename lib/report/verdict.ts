import type { DrillReport } from './drill-report';
import { isTooLate } from './lateness';

/**
 * What a drill proves.
 *
 * - `held`: no more was lost than may be
 * - `lost`: more was lost
 * - `unproven`: the client itself could not send all that was due, or sent it late, so that what it counted is worth
 *   little; or nothing was on its way in the window
 */
export type DrillVerdict = 'held' | 'lost' | 'unproven';

/** What a drill proves; a loss that is too much counts, whatever the client was worth. */
export function verdictOf(report: Pick<DrillReport, 'lost' | 'allowedLost' | 'client' | 'clients'>): DrillVerdict {
  const { lost, allowedLost, client } = report;
  if (lost > allowedLost) return 'lost';
  return client.unsent > 0 || isTooLate(client) || isIdle(report) ? 'unproven' : 'held';
}

/** What is said where nothing was on its way in the window. */
export const IDLE_TEXT = 'Nothing was on its way in the window: it is not known what would have been lost.';

/** Whether nothing was on its way in the window: what would have been lost nobody knows. */
export function isIdle({ clients }: Pick<DrillReport, 'clients'>): boolean {
  return clients.every(({ inWindow }) => inWindow.sent === 0);
}
