import type { DrillReport } from './drill-report';
import { isTooLate } from './lateness';

/**
 * What a drill proves.
 *
 * - `held`: no more was lost than may be
 * - `lost`: more was lost
 * - `unproven`: the client itself could not send all that was due, or sent it late, so that what it counted is worth little
 */
export type DrillVerdict = 'held' | 'lost' | 'unproven';

/** What a drill proves; a loss that is too much counts, whatever the client was worth. */
export function verdictOf({ lost, allowedLost, client }: Pick<DrillReport, 'lost' | 'allowedLost' | 'client'>): DrillVerdict {
  if (lost > allowedLost) return 'lost';
  return client.unsent > 0 || isTooLate(client) ? 'unproven' : 'held';
}
