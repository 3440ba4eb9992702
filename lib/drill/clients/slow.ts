import type { ClientContext, RunningClient } from './client';
import { sendHttpRequest } from './http-request';
import { startPaced } from './paced';

/** A client whose requests take long to answer, each on a connection of its own. */
export interface SlowClientOptions {
  readonly kind: 'slow';
  /** @default 'slow' */
  readonly name?: string;
  /** Requests a second, 0.01 to 5,000. */
  readonly ratePerSecond: number;
  /** How long the server is asked to take, in milliseconds. @default 3000 */
  readonly requestMs?: number;
  /** @default - `/slow?ms=` and `requestMs`, as the lab's web image understands it */
  readonly path?: string;
}

/** Starts a client whose requests take long to answer; its timeout is as much longer. */
export function startSlow(options: SlowClientOptions, context: ClientContext): RunningClient {
  const { name: client = 'slow', ratePerSecond, requestMs = 3000, path = `/slow?ms=${requestMs}` } = options;
  const url = new URL(path, context.address);
  return startPaced(ratePerSecond, context, () =>
    sendHttpRequest({ client, url, timeoutMs: context.timeoutMs + requestMs, underWay: context.underWay }));
}
