import { Outcome } from '../outcome';
import { startPace } from '../pace';
import type { ClientContext, RunningClient } from './client';

const MOST_UNDER_WAY = 10_000; // ours: below Linux' 28,232 ports an address, so that a hanging server cannot use them up

/** Sends requests at a steady rate, whatever becomes of those before, and reports each. */
export function startPaced(
  ratePerSecond: number, context: ClientContext, send: (index: number) => Promise<Outcome | undefined>,
): RunningClient {
  const underWay = new Set<Promise<void>>();
  const pace = startPace(ratePerSecond, (index) => {
    if (underWay.size >= MOST_UNDER_WAY) return context.reportUnsent();
    const sent: Promise<void> = send(index).then((outcome) => {
      underWay.delete(sent);
      if (outcome) context.report(outcome);
      else context.reportUnsent();
    });
    underWay.add(sent);
  });
  return {
    stop: async () => {
      const latestMs = pace.stop();
      await Promise.all(underWay);
      return latestMs;
    },
  };
}
