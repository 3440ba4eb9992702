import { createServer, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A server on 127.0.0.1 that counts its requests and may break some on purpose. */
export interface BreakingServer {
  readonly address: string;
  /** Requests that reached it. */
  readonly seen: () => number;
  readonly connections: () => number;
  /** Connections that are open now. */
  open(): Promise<number>;
  close(): Promise<void>;
}

export type Breakage = (response: ServerResponse, socket: Socket) => void;

/** Answers `7 pod-a`, but breaks request number n when `breakage(n)` says how (the first is 1). */
export async function startBreakingServer(breakageOf: (n: number) => Breakage | undefined, keepAliveMs = 5000): Promise<BreakingServer> {
  let seen = 0;
  let connections = 0;
  const server: Server = createServer((request, response) => {
    seen++;
    const breakage = breakageOf(seen);
    if (breakage) breakage(response, request.socket);
    else response.end('7 pod-a\n');
  });
  server.keepAliveTimeout = keepAliveMs;
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen: () => seen,
    connections: () => connections,
    open: () => new Promise((resolve, reject) => server.getConnections((error, count) => error ? reject(error) : resolve(count))),
    close: () => new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
  };
}

/**
 * Once the client, which shares this process, has certainly read what was written: between two timers lies a turn of the event loop.
 * To libuv, a reset that comes in one piece with data is an end.
 */
function onceRead(then: () => void): void {
  setTimeout(() => setTimeout(then, 10), 10);
}

/** Ways to break an answer, and the cause that the client must find. */
export const BREAKAGES = {
  'reset before the answer': { loss: 'reset', breakage: (_, socket) => socket.resetAndDestroy() },
  'reset within the answer': {
    loss: 'reset',
    breakage: (response, socket) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('7 pod');
      onceRead(() => socket.resetAndDestroy());
    },
  },
  'ended before the answer': { loss: 'ended', breakage: (_, socket) => socket.end() },
  'ended within the answer': {
    loss: 'ended',
    breakage: (response, socket) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('7 pod');
      onceRead(() => socket.end());
    },
  },
  'no answer': { loss: 'timed-out', breakage: () => {} },
  'an error status': { loss: 'status', breakage: (response) => response.writeHead(503).end('7 pod-a\n') },
  'something that is not HTTP': { loss: 'malformed', breakage: (_, socket) => socket.end('hello\r\n\r\n') },
} as const satisfies Record<string, { loss: string; breakage: Breakage }>;
