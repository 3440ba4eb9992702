import { ClientHttp2Stream, constants } from 'node:http2';
import { nowMs } from '../now-ms';
import type { LossCause, Outcome } from '../outcome';
import { causeOf } from './cause-of';
import { firstLineOf, isGood } from './http-request';
import type { Http2Connection, Session } from './http2-connection';

/** What one request needs to know. */
export interface Http2RequestOptions {
  readonly client: string;
  readonly path: string;
  readonly connection: Http2Connection;
  /** From sending to the whole answer, a second attempt included. */
  readonly timeoutMs: number;
}

interface Attempt {
  readonly status?: number;
  readonly answeredBy?: string;
  readonly reused: boolean;
  readonly connectedTo?: string;
  /** `unsent`: the client had no means left; `not-begun`: the server says that it never looked at it. @default - answered */
  readonly failure?: LossCause | 'unsent' | 'not-begun';
}

/**
 * Sends one GET request over HTTP/2, and says what became of it.
 *
 * @returns Undefined where the client had no means left to send it.
 */
export async function sendHttp2Request(options: Http2RequestOptions): Promise<Outcome | undefined> {
  const { client, connection, timeoutMs } = options;
  const sentAtMs = nowMs();
  let attempt = await tryOnce(options, connection.session(), timeoutMs);
  if (attempt.failure === 'not-begun') attempt = await tryOnce(options, connection.session(), sentAtMs + timeoutMs - nowMs());
  const { failure, ...answer } = attempt;
  if (failure === 'unsent') return undefined;
  const endedAtMs = nowMs();
  // Refused a second time, it is lost: a real client would not go on for ever.
  const loss = failure === 'not-begun' ? 'reset' : failure;
  return { client, sentAtMs, endedAtMs, ...answer, ...(loss ? { loss } : { latencyMs: endedAtMs - sentAtMs }) };
}

function tryOnce({ path }: Http2RequestOptions, session: Session, timeoutMs: number): Promise<Attempt> {
  const reused = session.sent > 0 && !session.http2.connecting; // what waits for the connection is among the first on it
  const connectedTo = session.lastAnsweredBy;
  session.sent++;
  return new Promise((resolve) => {
    const stream = session.http2.request({ ':path': path });
    let status: number | undefined;
    let text = '';
    let error: Error | undefined;
    let late = false;
    let ended = false;
    const settle = () => {
      clearTimeout(timer);
      const whole = ended && !error && stream.rstCode === constants.NGHTTP2_NO_ERROR && status !== undefined;
      const answeredBy = whole ? firstLineOf(text) : undefined;
      if (answeredBy) session.lastAnsweredBy = answeredBy;
      const failure = late ? 'timed-out' : whole ? (isGood(status) ? undefined : 'status') : failureOf(stream, session, error);
      const known = { ...(connectedTo && { connectedTo }), ...(status && { status }), ...(answeredBy && { answeredBy }) };
      resolve({ reused, ...known, ...(failure && { failure }) });
    };
    const timer = setTimeout(() => {
      late = true;
      stream.close(constants.NGHTTP2_CANCEL);
      if (stream.pending) settle(); // it closes once its connection is there, and that may never be
    }, timeoutMs);
    stream.setEncoding('utf8');
    stream.on('response', (headers) => status = headers[':status']);
    stream.on('data', (piece: string) => text += piece.slice(0, 80));
    stream.on('end', () => ended = true);
    stream.on('error', (thrown) => error = thrown);
    stream.on('close', settle);
    stream.end();
  });
}

/** Why a stream closed before its answer was whole; what Node.js 20 does in each case is held by the tests. */
function failureOf(stream: ClientHttp2Stream, session: Session, error: NodeJS.ErrnoException | undefined): Attempt['failure'] {
  if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) return 'not-begun';
  if (!error) return 'ended'; // the connection ended in order
  const below = error.cause ?? error; // a stream that was still waiting for its connection wraps the connection's error
  const { code = '', syscall } = below as NodeJS.ErrnoException;
  if (syscall) return causeOf(below as NodeJS.ErrnoException) ?? 'unsent';
  if (code === 'ERR_HTTP2_ERROR') return session.goneAway ? 'ended' : 'malformed';
  return 'reset'; // RST_STREAM, or GOAWAY with an error
}
