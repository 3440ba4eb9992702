import type { ClientContext, Destroyable, RunningClient } from './clients/client';
import { Http2ClientOptions, startHttp2 } from './clients/http2';
import { NewClientOptions, startNew } from './clients/new';
import { ReusedClientOptions, startReused } from './clients/reused';
import { SlowClientOptions, startSlow } from './clients/slow';
import { startStream, StreamClientOptions } from './clients/stream';
import { startWebSocket, WebSocketClientOptions } from './clients/web-socket';
import { checkLoad } from './check-load';
import { DrillError } from './drill-error';
import type { Outcome } from './outcome';

/** One client of a load: how it uses its connections, and how often. */
export type ClientOptions =
  | NewClientOptions | ReusedClientOptions | Http2ClientOptions | SlowClientOptions | StreamClientOptions | WebSocketClientOptions;

/** What is sent to a live address, at most how fast and for how long. */
export interface LoadOptions {
  /** `http://host[:port]`. */
  readonly address: string;
  /** At least one; each name at most once. */
  readonly clients: readonly ClientOptions[];
  /** How long a client waits for an answer (a slow one as much longer as its requests take; a stream: for its next line). @default 10 */
  readonly timeoutSeconds?: number;
  /** The load ends by itself after so long, 1 to 7,200. @default 600 */
  readonly maxSeconds?: number;
}

/** All that a load sent, and how well the client itself kept up. */
export interface LoadRecord {
  readonly outcomes: readonly Outcome[];
  /** What was due and could not be sent, for want of the client's own means; 0, or the figures are worth little. */
  readonly unsent: number;
  /** The longest time by which the client sent something late, in milliseconds. */
  readonly latestMs: number;
}

/** A load under way. */
export interface RunningLoad {
  /** What is known already, in the order in which it ended; it grows while the load goes on. */
  readonly outcomes: readonly Outcome[];
  /** Resolves when the clients run. @default - they do from the start */
  readonly started?: Promise<void>;
  /** Rejects when the load broke off, or was over, before it was stopped; may resolve once it has stopped. @default - it cannot */
  readonly ended?: Promise<void>;
  /** Sends nothing more, waits until everything sent was answered or lost, and returns all of it. Can be called twice. */
  stop(): Promise<LoadRecord>;
  /** Ends everything at once; what becomes of what is on its way is not told any more. */
  abandon(): void;
}

/**
 * Starts clients against one address: open loop, each at its own rate, all at once.
 *
 * @param onOutcome Called for everything that was sent, when it was answered or lost. @default - nobody is told
 * @throws {InvalidInputError} If an option is outside its range.
 *
 * @example
 * const load = startLoad({
 *   address: 'http://198.18.1.1',
 *   clients: [{ kind: 'new', ratePerSecond: 60 }, { kind: 'reused', ratePerSecond: 60, connections: 20 }],
 * });
 * // ... roll something ...
 * const { clients } = tally((await load.stop()).outcomes);
 */
export function startLoad(options: LoadOptions, onOutcome?: (outcome: Outcome) => void): RunningLoad {
  checkLoad(options);
  const outcomes: Outcome[] = [];
  let unsent = 0;
  const underWay = new Set<Destroyable>();
  let abandoned = false;
  const context: ClientContext = {
    address: options.address,
    timeoutMs: (options.timeoutSeconds ?? 10) * 1000,
    underWay,
    report: (outcome) => {
      if (abandoned) return;
      outcomes.push(outcome);
      onOutcome?.(outcome);
    },
    reportUnsent: () => unsent++,
  };
  const running = options.clients.map((client) => start(client, context));
  let stopped: Promise<LoadRecord> | undefined;
  let finish = () => {};
  const stop = async (): Promise<LoadRecord> => {
    clearTimeout(timer);
    finish();
    const late = await Promise.all(running.map((client) => client.stop()));
    return { outcomes, unsent, latestMs: Math.max(...late) };
  };
  const { maxSeconds = 600 } = options;
  let timer: NodeJS.Timeout;
  const ended = new Promise<void>((resolve, reject) => {
    timer = setTimeout(() => {
      reject(new DrillError(`Cannot go on with the load: its ${maxSeconds} s were over before it was stopped`));
      stopped ??= stop();
    }, maxSeconds * 1000);
    finish = resolve;
  });
  ended.catch(() => {}); // whoever waits for it hears of it
  const abandon = () => {
    abandoned = true;
    stopped ??= stop();
    for (const each of underWay) each.destroy();
  };
  return { outcomes, ended, stop: () => (stopped ??= stop()), abandon };
}

function start(client: ClientOptions, context: ClientContext): RunningClient {
  switch (client.kind) {
    case 'new': return startNew(client, context);
    case 'reused': return startReused(client, context);
    case 'http2': return startHttp2(client, context);
    case 'slow': return startSlow(client, context);
    case 'stream': return startStream(client, context);
    case 'websocket': return startWebSocket(client, context);
  }
}
