import { randomBytes } from 'node:crypto';
import { ClientRequest, IncomingMessage, request as httpRequest } from 'node:http';
import type { Duplex } from 'node:stream';
import { nowMs } from '../now-ms';
import type { LossCause, Outcome } from '../outcome';
import { causeOf } from './cause-of';
import { firstLineOf } from './http-request';
import type { OpenStream, StreamOptions } from './open-stream';
import { clientFrame, Frame, frameReader, OPCODE } from './web-socket-frames';

/** Close codes that say that something went wrong: RFC 6455, 7.4.1, and 1014 (bad gateway) of its registry. */
const ERROR_CODES = [1002, 1003, 1006, 1007, 1008, 1009, 1010, 1011, 1014, 1015];

const NORMAL_CLOSURE = Buffer.from([0x03, 0xe8]); // 1000
const PINGS_IN_SILENCE = 3; // ours: two may be missed before a connection counts as silent

/** Opens one WebSocket on a connection of its own, and holds it until it ends, says goodbye, falls silent or is closed. */
export function openWebSocket(options: StreamOptions): OpenStream {
  return new HeldWebSocket(options);
}

class HeldWebSocket implements OpenStream {
  public readonly outcome: Promise<Outcome | undefined>;
  private readonly sentAtMs = nowMs();
  private readonly request: ClientRequest;
  private readonly silence: NodeJS.Timeout;
  private readonly pings: NodeJS.Timeout;
  private answer: Pick<Outcome, 'status' | 'answeredBy' | 'latencyMs'> = {};
  private socket?: Duplex;
  private heardAtMs = nowMs();
  private closing = false;
  private resolve!: (outcome: Outcome | undefined) => void;

  constructor(private readonly options: StreamOptions) {
    this.outcome = new Promise((resolve) => this.resolve = resolve);
    this.silence = setTimeout(() => this.settle('timed-out'), options.silenceMs);
    this.pings = setInterval(() => this.socket?.write(clientFrame(OPCODE.ping)), options.silenceMs / PINGS_IN_SILENCE);
    this.request = httpRequest(options.url, {
      agent: false,
      headers: {
        'connection': 'Upgrade', 'upgrade': 'websocket', 'sec-websocket-version': '13', 'sec-websocket-key': randomBytes(16).toString('base64'),
      },
    });
    this.request.on('error', (error) => this.fail(error));
    this.request.on('response', (response) => this.refused(response));
    this.request.on('upgrade', (response, socket, head) => this.opened(response, socket, head));
    this.request.end();
  }

  public close(): void {
    this.closing = true;
    if (this.socket) this.leave();
  }

  public destroy(): void {
    this.settle('ended');
    this.socket?.destroy();
  }

  private opened(response: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.answer = { status: response.statusCode, latencyMs: nowMs() - this.sentAtMs };
    this.socket = socket;
    const read = frameReader();
    const take = (bytes: Buffer) => {
      this.silence.refresh();
      this.heardAtMs = nowMs();
      const frames = read(bytes);
      if (!frames) return this.settle('malformed');
      for (const frame of frames) this.onFrame(frame);
    };
    socket.on('error', (error) => this.fail(error)).on('end', () => this.settle('ended')).on('data', take);
    if (this.closing) return this.leave();
    take(head);
  }

  private refused(response: IncomingMessage): void {
    this.answer = { status: response.statusCode };
    this.settle('status');
  }

  private onFrame({ opcode, payload }: Frame): void {
    if (opcode === OPCODE.ping) this.socket?.write(clientFrame(OPCODE.pong, payload));
    if (opcode === OPCODE.close) return this.settle(lossOfClose(payload));
    if (opcode !== OPCODE.text) return;
    const line = firstLineOf(payload.toString('utf8'));
    if (!line) return;
    this.answer = { answeredBy: line, ...this.answer };
    if (line.startsWith(this.options.goodbye)) this.leave();
  }

  private leave(): void {
    this.socket?.write(clientFrame(OPCODE.close, NORMAL_CLOSURE));
    this.settle();
  }

  private fail(error: NodeJS.ErrnoException): void {
    const loss = causeOf(error);
    if (loss) this.settle(loss);
    else this.finish(undefined);
  }

  private settle(loss?: LossCause): void {
    const { latencyMs, ...answer } = this.answer;
    const { client } = this.options;
    const held = this.socket && { held: true, ...(loss === 'timed-out' && { silentSinceMs: this.heardAtMs }) };
    this.finish({ client, sentAtMs: this.sentAtMs, endedAtMs: nowMs(), ...answer, ...held, ...(loss ? { loss } : { latencyMs }) });
  }

  private finish(outcome: Outcome | undefined): void {
    clearTimeout(this.silence);
    clearInterval(this.pings);
    this.resolve(outcome);
    this.socket?.end(() => this.socket?.destroy()); // what was written last, a close frame, still goes out
    this.request.destroy();
  }
}

/** A close frame without a code is an end without a word. */
function lossOfClose(payload: Buffer): LossCause | undefined {
  if (payload.length < 2) return 'ended';
  return ERROR_CODES.includes(payload.readUInt16BE(0)) ? 'status' : undefined;
}
