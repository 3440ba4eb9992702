/**
 * Why a client did not get its answer.
 *
 * - `refused`: no connection could be made (refused, or no way to the address)
 * - `reset`: the connection was reset
 * - `ended`: the connection ended in order, before the whole answer (or, for a stream, a goodbye) was there
 * - `timed-out`: nothing, or not everything, came within the client's timeout
 * - `status`: a whole answer whose status is not 200 to 399
 * - `malformed`: an answer that is not HTTP
 */
export type LossCause = 'refused' | 'reset' | 'ended' | 'timed-out' | 'status' | 'malformed';

/** One request, or one stream, from the moment it was sent until it was answered or lost. Times are Unix time in milliseconds. */
export interface Outcome {
  /** Name of the client that sent it. */
  readonly client: string;
  /** When the client began: for a new connection, when it began to connect. */
  readonly sentAtMs: number;
  /** When the whole answer was there, or when the client knew that it was lost. */
  readonly endedAtMs: number;
  /** Why it was lost. @default - it was answered */
  readonly loss?: LossCause;
  /** Status of the answer. @default - no answer came */
  readonly status?: number;
  /** First line of the answer's body, at most 80 characters. @default - no body came */
  readonly answeredBy?: string;
  /** From sent to the whole answer (a stream: to its first line), in milliseconds. @default - it was lost */
  readonly latencyMs?: number;
  /** First line of the answer before it on the same connection: whom the connection leads to. @default - none came before */
  readonly connectedTo?: string;
  /** Whether an earlier request had used the connection. @default false */
  readonly reused?: boolean;
  /** Of a stream, or a WebSocket, that came about and fell silent: when something was last heard of it. @default - it did not */
  readonly silentSinceMs?: number;
  /** Whether it was a stream, or a WebSocket, that came about: it was of use until it ended. @default false */
  readonly held?: boolean;
}

/** A stretch of time: Unix time in milliseconds, both ends included. */
export interface Window {
  readonly fromMs: number;
  readonly toMs: number;
}
