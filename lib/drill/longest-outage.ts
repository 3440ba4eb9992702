import type { Outcome } from './outcome';

/**
 * The longest time in which a client, trying all the while, got nothing.
 *
 * From the first of a run of losses to the next request that was answered, both by the time they were sent; a run that no
 * answer follows ends with its last loss.
 *
 * @param outcomes One client's, ordered by `sentAtMs`.
 * @returns Milliseconds; 0 where nothing was lost.
 */
export function longestOutageMs(outcomes: readonly Outcome[]): number {
  let longest = 0;
  let since: Outcome | undefined;
  for (const outcome of outcomes) {
    if (outcome.loss) since ??= outcome;
    if (since) longest = Math.max(longest, (outcome.loss ? outcome.endedAtMs : outcome.sentAtMs) - since.sentAtMs);
    if (!outcome.loss) since = undefined;
  }
  return longest;
}
