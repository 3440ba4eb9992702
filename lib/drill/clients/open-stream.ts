import { request as httpRequest } from 'node:http';
import { lineReader } from '../line-reader';
import { nowMs } from '../now-ms';
import type { LossCause, Outcome } from '../outcome';
import { causeOf } from './cause-of';
import { firstLineOf, isGood } from './http-request';

/** What one stream needs to know. */
export interface StreamOptions {
  readonly client: string;
  readonly url: URL;
  /** Longest time without a line. */
  readonly silenceMs: number;
  /** Beginning of the line that says goodbye. */
  readonly goodbye: string;
}

/** A stream that is open, or about to be. */
export interface OpenStream {
  /** What became of it, once it is over; undefined where the client had no means left to open it. */
  readonly outcome: Promise<Outcome | undefined>;
  /** Ends it from the client's side: no loss, once its first line has come. */
  close(): void;
  /** Ends it at once, whatever has come. */
  destroy(): void;
}

/** Server-sent events cannot send a line of their own: it is the event's name, or its data. */
const EVENT_FIELD = /^(event|data): ?/;

/** Opens one HTTP stream of lines on a connection of its own, and holds it until it ends, says goodbye, falls silent or is closed. */
export function openStream(options: StreamOptions): OpenStream {
  const { client, url, silenceMs, goodbye } = options;
  const sentAtMs = nowMs();
  const request = httpRequest(url, { agent: false });
  let answer: Pick<Outcome, 'status' | 'answeredBy' | 'latencyMs'> = {};
  let heardAtMs: number | undefined;
  let closing = false;
  let leave = () => {};
  const outcome = new Promise<Outcome | undefined>((resolve) => {
    const settle = (loss?: LossCause) => {
      clearTimeout(silence);
      const { latencyMs, ...rest } = answer;
      const held = isGood(rest.status) && { held: true, ...(loss === 'timed-out' && { silentSinceMs: heardAtMs }) };
      resolve({ client, sentAtMs, endedAtMs: nowMs(), ...rest, ...held, ...(loss ? { loss } : { latencyMs }) });
      request.destroy();
    };
    const silence = setTimeout(() => settle('timed-out'), silenceMs);
    const fail = (error: Error) => {
      const loss = causeOf(error);
      if (loss) return settle(loss);
      clearTimeout(silence);
      return resolve(undefined);
    };
    leave = () => settle(isGood(answer.status) ? undefined : 'status');
    request.on('error', fail);
    request.on('response', (response) => {
      response.on('error', fail);
      response.on('end', () => settle(isGood(response.statusCode) ? 'ended' : 'status'));
      response.setEncoding('utf8').on('data', lineReader((line) => {
        silence.refresh();
        heardAtMs = nowMs();
        answer = { status: response.statusCode, answeredBy: firstLineOf(line), latencyMs: nowMs() - sentAtMs, ...answer };
        if (closing || [line, line.replace(EVENT_FIELD, '')].some((text) => text.startsWith(goodbye))) leave();
      }));
    });
    request.end();
  });
  return {
    outcome,
    close: () => {
      closing = true;
      if (answer.status) leave();
    },
    destroy: () => request.destroy(),
  };
}
