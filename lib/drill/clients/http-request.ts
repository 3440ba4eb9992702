import { Agent, ClientRequest, IncomingMessage, request as httpRequest } from 'node:http';
import type { Socket } from 'node:net';
import { nowMs } from '../now-ms';
import type { LossCause, Outcome } from '../outcome';
import { causeOf } from './cause-of';
import type { Destroyable } from './client';

const LINE_CHARACTERS = 80; // ours: enough for a version and a pod's name

/** What one request needs to know. */
export interface HttpRequestOptions {
  readonly client: string;
  readonly url: URL;
  /** The pool it takes a connection from. @default - a connection of its own, closed afterwards */
  readonly agent?: Agent;
  /** From sending to the whole answer. */
  readonly timeoutMs: number;
  /** Holds the request while it is on its way. @default - nobody ends it */
  readonly underWay?: Set<Destroyable>;
}

/** First line of the last answer on each connection. */
const lastAnswers = new WeakMap<Socket, string>();

/**
 * Sends one GET request, once, and says what became of it.
 *
 * @returns Undefined where the client had no means left to send it (no port, no file descriptor).
 */
export function sendHttpRequest(options: HttpRequestOptions): Promise<Outcome | undefined> {
  const { client, url, agent = false, timeoutMs, underWay } = options;
  const sentAtMs = nowMs();
  return new Promise((resolve) => {
    const request: ClientRequest = httpRequest(url, { agent });
    underWay?.add(request);
    let answer: { status?: number; answeredBy?: string } = {};
    let settled = false;
    const finish = () => {
      settled = true;
      clearTimeout(timer);
      underWay?.delete(request);
    };
    const settle = (loss?: LossCause) => {
      if (settled) return;
      finish();
      const endedAtMs = nowMs();
      const reused = request.reusedSocket;
      const { socket } = request;
      const connectedTo = socket ? lastAnswers.get(socket) : undefined;
      if (socket && answer.answeredBy) lastAnswers.set(socket, answer.answeredBy);
      resolve({
        client, sentAtMs, endedAtMs, reused, ...(connectedTo && { connectedTo }), ...answer,
        ...(loss ? { loss } : { latencyMs: endedAtMs - sentAtMs }),
      });
    };
    const timer = setTimeout(() => {
      settle('timed-out');
      request.destroy();
    }, timeoutMs);
    const fail = (error: Error) => {
      const loss = causeOf(error);
      if (loss) return settle(loss);
      finish();
      return resolve(undefined);
    };
    request.on('error', fail);
    request.on('response', (response) => {
      readAnswer(response, (answeredBy) => {
        answer = { status: response.statusCode, answeredBy };
        settle(isGood(response.statusCode) ? undefined : 'status');
      });
      response.on('error', fail);
    });
    request.end();
  });
}

/** Whether a status counts as an answer: 200 to 399. */
export function isGood(status = 0): boolean {
  return status >= 200 && status < 400;
}

function readAnswer(response: IncomingMessage, done: (firstLine: string | undefined) => void): void {
  let head = '';
  response.setEncoding('utf8');
  response.on('data', (text: string) => {
    if (head.length < LINE_CHARACTERS) head += text;
  });
  response.on('end', () => done(firstLineOf(head)));
}

/** The first line of a text, at most 80 characters; undefined where it is empty. */
export function firstLineOf(text: string): string | undefined {
  return text.split('\n', 1)[0].slice(0, LINE_CHARACTERS) || undefined;
}
