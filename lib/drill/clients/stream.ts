import type { ClientContext, RunningClient } from './client';
import { startHeld } from './held';
import { openStream } from './open-stream';

/** A client that holds streams open; one that ends is opened again a second later. */
export interface StreamClientOptions {
  readonly kind: 'stream';
  /** @default 'stream' */
  readonly name?: string;
  /** How many streams are open at a time, 1 to 5,000. */
  readonly connections: number;
  /** @default '/stream' */
  readonly path?: string;
  /**
   * A line, or the name or the data of a server-sent event, that begins with this says goodbye: whatever happens to the stream afterwards
   * is no loss. @default 'move'
   */
  readonly goodbye?: string;
}

/** Starts a client that holds streams open. A stream that ends without a goodbye, or stays silent for too long, is lost. */
export function startStream(options: StreamClientOptions, context: ClientContext): RunningClient {
  const { name: client = 'stream', connections, path = '/stream', goodbye = 'move' } = options;
  const url = new URL(path, context.address);
  return startHeld(connections, context, () => openStream({ client, url, silenceMs: context.timeoutMs, goodbye }));
}
