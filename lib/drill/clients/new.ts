import type { ClientContext, RunningClient } from './client';
import { sendHttpRequest } from './http-request';
import { startPaced } from './paced';

/** A client that makes a connection for every request, as `curl` does. */
export interface NewClientOptions {
  readonly kind: 'new';
  /** @default 'new' */
  readonly name?: string;
  /** Requests a second, 0.01 to 5,000. */
  readonly ratePerSecond: number;
  /** @default '/' */
  readonly path?: string;
}

/** Starts a client that makes a connection for every request. */
export function startNew(options: NewClientOptions, context: ClientContext): RunningClient {
  const { name: client = 'new', ratePerSecond, path = '/' } = options;
  const url = new URL(path, context.address);
  return startPaced(ratePerSecond, context, () =>
    sendHttpRequest({ client, url, timeoutMs: context.timeoutMs, underWay: context.underWay }));
}
