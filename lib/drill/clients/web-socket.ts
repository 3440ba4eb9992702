import type { ClientContext, RunningClient } from './client';
import { startHeld } from './held';
import { openWebSocket } from './open-web-socket';

/** A client that holds WebSockets open; one that ends is opened again a second later. */
export interface WebSocketClientOptions {
  readonly kind: 'websocket';
  /** @default 'websocket' */
  readonly name?: string;
  /** How many are open at a time, 1 to 5,000. */
  readonly connections: number;
  /** @default '/websocket' */
  readonly path?: string;
  /** A text message that begins with this says goodbye: whatever happens afterwards is no loss. @default 'move' */
  readonly goodbye?: string;
}

/**
 * Starts a client that holds WebSockets open.
 *
 * A message that says goodbye, or a close frame whose code is no error, is a word, and no loss. A close frame with an error's code
 * is lost by `status`; a connection that ends without a close frame, or stays silent although it was pinged, is lost.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-7.4
 */
export function startWebSocket(options: WebSocketClientOptions, context: ClientContext): RunningClient {
  const { name: client = 'websocket', connections, path = '/websocket', goodbye = 'move' } = options;
  const url = new URL(path, context.address);
  return startHeld(connections, context, () => openWebSocket({ client, url, silenceMs: context.timeoutMs, goodbye }));
}
