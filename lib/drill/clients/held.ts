import type { ClientContext, RunningClient } from './client';
import type { OpenStream } from './open-stream';

const REOPEN_AFTER_MS = 1000; // ours: a client that lost its stream is back within a second, and never storms

/** Holds so many streams open at a time, and reports each when it is over; one that ends is opened again a second later. */
export function startHeld(connections: number, context: ClientContext, openOne: () => OpenStream): RunningClient {
  const open = new Set<OpenStream>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;
  const hold = () => {
    const stream = openOne();
    open.add(stream);
    context.underWay.add(stream);
    void stream.outcome.then((outcome) => {
      open.delete(stream);
      context.underWay.delete(stream);
      if (outcome) context.report(outcome);
      else context.reportUnsent();
      if (!stopping) later(hold);
    });
  };
  const later = (turn: () => void) => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      turn();
    }, REOPEN_AFTER_MS);
    timers.add(timer);
  };
  for (let i = 0; i < connections; i++) hold();
  return {
    stop: async () => {
      stopping = true;
      for (const timer of timers) clearTimeout(timer);
      const outcomes = [...open].map((stream) => stream.outcome);
      for (const stream of open) stream.close();
      await Promise.all(outcomes);
      return 0;
    },
  };
}
