import { performance } from 'node:perf_hooks';

/** Unix time in milliseconds that never goes back while the process lives. */
export function nowMs(): number {
  return performance.timeOrigin + performance.now();
}
