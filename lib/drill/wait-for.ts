import { DrillError } from './drill-error';
import { nowMs } from './now-ms';

/** What ends a wait. */
export interface WaitLimits {
  readonly signal: AbortSignal;
  /** Unix time in milliseconds. */
  readonly deadlineMs: number;
  /** The error that tells of a time that is over. */
  readonly timeOver: () => Error;
}

/**
 * As the promise, but rejects as soon as the drill is interrupted or its time is over: whoever waits ends what the promise is of.
 *
 * @throws {DrillError} If it is interrupted.
 */
export function waitFor<T>(promise: Promise<T>, { signal, deadlineMs, timeOver }: WaitLimits): Promise<T> {
  let timer: NodeJS.Timeout;
  let interrupt = () => {};
  const limits = new Promise<never>((_, reject) => {
    interrupt = () => reject(new DrillError('The drill was interrupted'));
    timer = setTimeout(() => reject(timeOver()), deadlineMs - nowMs());
    signal.addEventListener('abort', interrupt, { once: true });
    if (signal.aborted) interrupt();
  });
  return Promise.race([promise, limits]).finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', interrupt);
  });
}
