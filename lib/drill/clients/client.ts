import type { Outcome } from '../outcome';

/** A request, or a connection, that can be ended at once. */
export interface Destroyable {
  destroy(): unknown;
}

/** What all clients of a load share. */
export interface ClientContext {
  /** Where everything is sent: `http://host[:port]`. */
  readonly address: string;
  /** How long a client waits for an answer (a stream: for its next line). */
  readonly timeoutMs: number;
  /** Called once for everything that was sent. */
  readonly report: (outcome: Outcome) => void;
  /** What is on its way, so that it can be ended at once. */
  readonly underWay: Set<Destroyable>;
  /** Called for everything that was due and could not be sent, for want of something of the client's own. */
  readonly reportUnsent: () => void;
}

/** A client at work. */
export interface RunningClient {
  /** Sends nothing more and waits for what is on its way; answers with the longest time by which a turn came late, in milliseconds. */
  stop(): Promise<number>;
}
