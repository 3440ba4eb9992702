import type { Outcome } from './outcome';

interface Moment {
  readonly atMs: number;
  /** @default - something was got */
  readonly loss?: Outcome;
}

/**
 * The longest time in which a client, trying all the while, got nothing.
 *
 * From the first of a run of losses to the next request that was answered, both by the time they were sent; a run that no
 * answer follows ends with its last loss. What was held open is lost when it is cut, or when something was last heard of it where it fell
 * silent, and got again when the next one is opened.
 *
 * @param outcomes One client's.
 * @returns Milliseconds; 0 where nothing was lost.
 */
export function longestOutageMs(outcomes: readonly Outcome[]): number {
  let longest = 0;
  let sinceMs: number | undefined;
  let lastMs = 0;
  for (const { atMs, loss } of outcomes.flatMap(momentsOf).sort((a, b) => a.atMs - b.atMs)) {
    if (loss) {
      sinceMs ??= atMs;
      lastMs = Math.max(lastMs, loss.endedAtMs);
    } else if (sinceMs !== undefined) {
      longest = Math.max(longest, atMs - sinceMs);
      sinceMs = undefined;
      lastMs = 0; // what this run waited for is over
    }
  }
  return sinceMs === undefined ? longest : Math.max(longest, lastMs - sinceMs);
}

function momentsOf(outcome: Outcome): Moment[] {
  const { sentAtMs, endedAtMs, loss, held, silentSinceMs = endedAtMs } = outcome;
  if (!loss) return [{ atMs: sentAtMs }];
  return held ? [{ atMs: sentAtMs }, { atMs: silentSinceMs, loss: outcome }] : [{ atMs: sentAtMs, loss: outcome }];
}
