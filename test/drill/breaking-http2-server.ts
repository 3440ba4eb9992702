import { createServer, ServerHttp2Stream } from 'node:http2';
import type { AddressInfo, Socket } from 'node:net';

/** An HTTP/2 server on 127.0.0.1 that counts and may break some requests on purpose. */
export interface BreakingHttp2Server {
  readonly address: string;
  /** Requests that reached it. */
  readonly seen: () => number;
  /** Requests that it answered with everything that belongs to an answer. */
  readonly answered: () => number;
  readonly connections: () => number;
  close(): Promise<void>;
}

/** What it does in place of an answer; `socket` is the connection below. */
export type Http2Breakage = (stream: ServerHttp2Stream, socket: Socket, answer: () => void) => void;

/** Answers `7 pod-a`, but breaks request number n when `breakageOf(n)` says how (the first is 1). */
export async function startBreakingHttp2Server(breakageOf: (n: number) => Http2Breakage | undefined): Promise<BreakingHttp2Server> {
  let seen = 0;
  let answered = 0;
  const sockets: Socket[] = [];
  const server = createServer();
  server.prependListener('connection', (socket: Socket) => sockets.push(socket.on('error', () => {}))); // before the session is made of it
  server.on('session', (session) => {
    const socket = sockets[sockets.length - 1];
    session.on('error', () => {});
    session.on('stream', (stream) => {
      stream.on('error', () => {});
      seen++;
      const answer = () => {
        if (stream.destroyed) return;
        answered++;
        stream.respond({ ':status': 200 });
        stream.end('7 pod-a\n');
      };
      (breakageOf(seen) ?? answer)(stream, socket, answer);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => seen,
    answered: () => answered,
    connections: () => sockets.length,
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    }),
  };
}

/** Ways to break one answer without harming its neighbours on the connection, and the cause that the client must find. */
export const HTTP2_BREAKAGES = {
  'RST_STREAM before the answer': { loss: 'reset', breakage: (stream) => stream.close(2) },
  'no answer': { loss: 'timed-out', breakage: () => {} },
  'an error status': {
    loss: 'status',
    breakage: (stream) => {
      stream.respond({ ':status': 503 });
      stream.end('7 pod-a\n');
    },
  },
  'an answer shorter than it said': {
    loss: 'reset',
    breakage: (stream) => {
      stream.respond({ ':status': 200, 'content-length': '100' });
      stream.end('7 pod-a\n');
    },
  },
} as const satisfies Record<string, { loss: string; breakage: Http2Breakage }>;
