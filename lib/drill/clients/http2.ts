import type { ClientContext, RunningClient } from './client';
import { Http2Connection } from './http2-connection';
import { sendHttp2Request } from './http2-request';
import { startPaced } from './paced';

/** A client that sends many requests over one HTTP/2 connection, as a gRPC channel does: without TLS, HTTP/2 from the first byte. */
export interface Http2ClientOptions {
  readonly kind: 'http2';
  /** @default 'http2' */
  readonly name?: string;
  /** Requests a second, 0.01 to 5,000. */
  readonly ratePerSecond: number;
  /** Connections that take turns, 1 to 5,000. @default 1 */
  readonly connections?: number;
  /** @default '/' */
  readonly path?: string;
}

/**
 * Starts a client that multiplexes its requests over HTTP/2 connections.
 *
 * GOAWAY is honoured: what the server still answers is waited for, everything later goes over a new connection, and a request
 * that the server says it has not begun (REFUSED_STREAM) is sent once more, there; nothing else is ever sent again.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9113#section-6.8
 */
export function startHttp2(options: Http2ClientOptions, context: ClientContext): RunningClient {
  const { name: client = 'http2', ratePerSecond, connections = 1, path = '/' } = options;
  const pool = Array.from({ length: connections }, () => new Http2Connection(context.address));
  for (const connection of pool) context.underWay.add(connection);
  const paced = startPaced(ratePerSecond, context, (index) =>
    sendHttp2Request({ client, path, connection: pool[index % connections], timeoutMs: context.timeoutMs }));
  return {
    stop: async () => {
      const latestMs = await paced.stop();
      for (const connection of pool) connection.destroy();
      return latestMs;
    },
  };
}
