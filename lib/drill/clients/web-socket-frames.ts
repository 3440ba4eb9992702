import { randomBytes } from 'node:crypto';

/** What a frame is for (RFC 6455, 5.2). */
export const OPCODE = { continuation: 0, text: 1, binary: 2, close: 8, ping: 9, pong: 10 } as const;

/** One frame as it came. */
export interface Frame {
  readonly opcode: number;
  /** Whether it is the last of its message. */
  readonly final: boolean;
  readonly payload: Buffer;
}

const MOST_BYTES = 1 << 24; // ours: a message of 16 MiB is no stream of events any more

/**
 * Cuts a server's bytes into frames: give it the pieces as they come, and it returns every frame that is complete.
 *
 * @returns Undefined once the bytes are no frames of a server: masked, with bits that nobody agreed on, or beyond 16 MiB.
 * @see https://www.rfc-editor.org/rfc/rfc6455#section-5.2
 */
export function frameReader(): (bytes: Buffer) => Frame[] | undefined {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    const frames: Frame[] = [];
    for (;;) {
      if (rest.length < 2) return frames;
      const [first, second] = rest;
      const masked = (second & 0x80) !== 0;
      if (masked || (first & 0x70) !== 0) return undefined;
      const short = second & 0x7f;
      const head = short === 127 ? 10 : short === 126 ? 4 : 2;
      if (rest.length < head) return frames;
      const length = short === 127 ? Number(rest.readBigUInt64BE(2)) : short === 126 ? rest.readUInt16BE(2) : short;
      if (length > MOST_BYTES) return undefined;
      if (rest.length < head + length) return frames;
      frames.push({ opcode: first & 0x0f, final: (first & 0x80) !== 0, payload: rest.subarray(head, head + length) });
      rest = rest.subarray(head + length);
    }
  };
}

/** A client's frame: masked, whole, at most 125 bytes. */
export function clientFrame(opcode: number, payload: Buffer = Buffer.alloc(0)): Buffer {
  const mask = randomBytes(4);
  const masked = payload.map((byte, i) => byte ^ mask[i % 4]);
  return Buffer.concat([Buffer.from([0x80 | opcode, 0x80 | payload.length]), mask, masked]);
}
