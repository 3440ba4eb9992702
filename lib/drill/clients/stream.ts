import type { ClientContext, RunningClient } from './client';
import { openStream, OpenStream } from './open-stream';

const REOPEN_AFTER_MS = 1000; // ours: a client that lost its stream is back within a second, and never storms

/** A client that holds streams open; one that ends is opened again a second later. */
export interface StreamClientOptions {
  readonly kind: 'stream';
  /** @default 'stream' */
  readonly name?: string;
  /** How many streams are open at a time, 1 to 5,000. */
  readonly connections: number;
  /** @default '/stream' */
  readonly path?: string;
  /** A line that begins with this says goodbye: whatever happens to the stream afterwards is no loss. @default 'move' */
  readonly goodbye?: string;
}

/** Starts a client that holds streams open. A stream that ends without a goodbye, or stays silent for too long, is lost. */
export function startStream(options: StreamClientOptions, context: ClientContext): RunningClient {
  const { name: client = 'stream', connections, path = '/stream', goodbye = 'move' } = options;
  const url = new URL(path, context.address);
  const open = new Set<OpenStream>();
  const timers = new Set<NodeJS.Timeout>();
  let stopping = false;
  const hold = () => {
    const stream = openStream({ client, url, silenceMs: context.timeoutMs, goodbye });
    open.add(stream);
    void stream.outcome.then((outcome) => {
      open.delete(stream);
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
