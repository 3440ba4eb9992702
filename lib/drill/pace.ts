import { nowMs } from './now-ms';

const LEAST_MS = 4; // ours: fine enough to spread 250 requests a second evenly, coarse enough to cost little

/** Something that happens again and again until it is told to stop. */
export interface Pace {
  /** Takes what is due by now, ends it, and returns the longest time by which a turn came late, in milliseconds: the client's weakness. */
  stop(): number;
}

/**
 * Calls `turn` at a steady rate, whatever became of the turns before: an open loop.
 *
 * Turn i is due at i / rate seconds. When the process was held up, all turns that are due come at once, so that the rate
 * holds and no slow server makes the client slower.
 *
 * @param ratePerSecond > 0.
 */
export function startPace(ratePerSecond: number, turn: (index: number) => void): Pace {
  const startedAtMs = nowMs();
  let index = 0;
  let latestMs = 0;
  const takeDue = (): number => {
    const tickedAtMs = nowMs(); // what falls due meanwhile waits for the next time, or a busy process would never read an answer
    for (;;) {
      const lateMs = tickedAtMs - (startedAtMs + (index * 1000) / ratePerSecond);
      if (lateMs < 0) return -lateMs;
      latestMs = Math.max(latestMs, lateMs);
      turn(index++);
    }
  };
  let timer: NodeJS.Timeout;
  const goOn = () => void (timer = setTimeout(goOn, Math.max(LEAST_MS, takeDue())));
  goOn();
  return {
    stop: () => {
      takeDue();
      clearTimeout(timer);
      return latestMs;
    },
  };
}
