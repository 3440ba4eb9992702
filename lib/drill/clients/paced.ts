import { Outcome } from '../outcome';
import { startPace } from '../pace';
import type { ClientContext, RunningClient } from './client';

const MOST_UNDER_WAY = 10_000; // ours: below Linux' 28,232 ports an address, so that a hanging server cannot use them up

const FILL_MS = 1000; // ours: less than the quiet time before an action

/**
 * Sends requests at a steady rate, whatever becomes of those before, and reports each.
 *
 * @param fill So many are sent once more within the first second: those of index 1, 2, ... @default - none are
 */
export function startPaced(
  ratePerSecond: number, context: ClientContext, send: (index: number) => Promise<Outcome | undefined>, fill = 0,
): RunningClient {
  const underWay = new Set<Promise<void>>();
  const sendOne = (index: number) => {
    if (underWay.size >= MOST_UNDER_WAY) return context.reportUnsent();
    const sent: Promise<void> = send(index).then((outcome) => {
      underWay.delete(sent);
      if (outcome) context.report(outcome);
      else context.reportUnsent();
    });
    underWay.add(sent);
  };
  const filling = Array.from({ length: fill }, (_, i) => setTimeout(sendOne, ((i + 1) * FILL_MS) / fill, i + 1));
  const pace = startPace(ratePerSecond, sendOne);
  return {
    stop: async () => {
      const latestMs = pace.stop();
      filling.forEach(clearTimeout);
      await Promise.all(underWay);
      return latestMs;
    },
  };
}
