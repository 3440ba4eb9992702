import { createHash } from 'node:crypto';
import { createServer, Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ClientTally, startLoad, tally } from 'kube-graceful/drill';
import { clientFrame, frameReader, OPCODE } from '../../../lib/drill/clients/web-socket-frames';

jest.setTimeout(60_000);
let server: Server;
let sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.close();
  sockets = [];
});

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server's frame: not masked. */
const frame = (opcode: number, payload: Buffer | string = '', final = true): Buffer => {
  const bytes = Buffer.from(payload);
  const head = bytes.length < 126 ? [bytes.length] : [126, bytes.length >> 8, bytes.length & 0xff];
  return Buffer.concat([Buffer.from([(final ? 0x80 : 0) | opcode, ...head]), bytes]);
};
const closeFrame = (code: number): Buffer => frame(OPCODE.close, Buffer.from([code >> 8, code & 0xff]));

type Ending = (socket: Socket) => void;

/** Speaks WebSocket, says who it is, and does with each connection (the first is 1) what it is told. */
async function start(onOpen: (socket: Socket, n: number) => void, answersPings = true): Promise<string> {
  server = createServer((_, response) => response.writeHead(426).end());
  server.on('upgrade', (request, socket: Socket) => {
    sockets.push(socket.on('error', () => {}) as Socket);
    const accept = createHash('sha1').update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64');
    socket.write(`HTTP/1.1 101 Switching Protocols\r\nupgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-accept: ${accept}\r\n\r\n`);
    socket.write(frame(OPCODE.text, '7 pod-a\n'));
    if (answersPings) socket.on('data', (bytes) => (bytes[0] & 0x0f) === OPCODE.ping && socket.write(frame(OPCODE.pong)));
    onOpen(socket, sockets.length);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function countsOf(address: string, until: () => boolean, timeoutSeconds = 20): Promise<ClientTally> {
  const load = startLoad({ address, clients: [{ kind: 'websocket', connections: 10 }], timeoutSeconds, maxSeconds: 30 });
  for (const giveUpAt = Date.now() + 25_000; !until() && Date.now() < giveUpAt;) await sleep(5);
  expect(until()).toBe(true);
  await sleep(100);
  return tally((await load.stop()).outcomes).clients.websocket;
}

describe('a client that holds WebSockets', () => {
  const endings: Record<string, [loss: string | undefined, end: Ending]> = {
    'a close frame with 1001, going away': [undefined, (socket) => socket.end(closeFrame(1001))],
    'a close frame with 1012, restart': [undefined, (socket) => socket.end(closeFrame(1012))],
    'a message that says goodbye, then a cut': [undefined, (socket) => socket.write(frame(OPCODE.text, 'move over'), () => socket.resetAndDestroy())],
    'a close frame with 1011, internal error': ['status', (socket) => socket.end(closeFrame(1011))],
    'a close frame without a code': ['ended', (socket) => socket.end(frame(OPCODE.close))],
    'an end without a close frame': ['ended', (socket) => socket.end()],
    'a reset': ['reset', (socket) => socket.resetAndDestroy()],
    'half a frame and an end': ['ended', (socket) => socket.end(closeFrame(1001).subarray(0, 2))],
    'bytes that are no frames': ['malformed', (socket) => socket.write('HTTP/1.1 400 Bad Request')],
    'silence, even to pings': ['timed-out', (socket) => socket.pause()],
  };

  test.each(Object.entries(endings))('counts exactly: %s', async (_, [loss, end]) => {
    // The ten that are opened again stay open, and are closed by the client in the end.
    const address = await start((socket, n) => n <= 10 && setTimeout(() => end(socket), 200));
    const counts = await countsOf(address, () => sockets.length >= 20, loss === 'timed-out' ? 2 : 20);
    expect(counts).toMatchObject({ sent: 20, lost: loss ? 10 : 0, lostBy: loss ? { [loss]: 10 } : {} });
    // From the cut, or from the last that came before a silence of 2 s, to the opening a second later.
    if (loss) expect(Math.round(counts.longestOutageMs / 1000)).toBe(loss === 'timed-out' ? 3 : 1);
    expect(counts.byVersion).toEqual({ 7: 20 });
  });

  test('keeps a connection on which only pings are answered', async () => {
    const address = await start(() => {});
    const started = Date.now();
    expect(await countsOf(address, () => Date.now() - started > 2500, 1)).toMatchObject({ sent: 10, lost: 0 });
    expect(sockets).toHaveLength(10);
  });

  test('answers a ping with the same bytes, masked', async () => {
    let heard = Buffer.alloc(0);
    const address = await start((socket) => {
      socket.on('data', (bytes) => heard = Buffer.concat([heard, bytes]));
      socket.write(frame(OPCODE.ping, 'hello'));
    });
    await countsOf(address, () => heard.length >= 11);
    expect([heard[0], heard[1]]).toEqual([0x8a, 0x85]);
    expect(Buffer.from(heard.subarray(6, 11).map((byte, i) => byte ^ heard[2 + i % 4])).toString()).toBe('hello');
  });

  test('counts one that is not let in by its status', async () => {
    const address = await start(() => {});
    server.removeAllListeners('upgrade'); // now it is an ordinary request, answered with 426
    let refused = 0;
    server.on('request', () => refused++);
    expect(await countsOf(address, () => refused >= 10)).toMatchObject({ sent: 10, lostBy: { status: 10 } });
  });
});

describe(frameReader, () => {
  test('finds the same frames wherever the bytes are cut', () => {
    const long = frame(OPCODE.text, 'b'.repeat(300), false);
    const bytes = Buffer.concat([frame(OPCODE.text, 'a'), long, frame(OPCODE.continuation, 'c'), closeFrame(1000)]);
    for (const size of [1, 2, 3, 7, bytes.length]) {
      const read = frameReader();
      const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) => bytes.subarray(i * size, (i + 1) * size));
      const frames = pieces.flatMap((piece) => read(piece)!);
      const seen = frames.map(({ opcode, final, payload }) => [opcode, final, payload.length]);
      expect(seen).toEqual([[1, true, 1], [1, false, 300], [0, true, 1], [8, true, 2]]);
    }
  });

  test('refuses what no server may send', () => {
    expect(frameReader()(clientFrame(OPCODE.text, Buffer.from('x')))).toBeUndefined();
    expect(frameReader()(Buffer.from('HTTP/1.1'))).toBeUndefined();
    expect(frameReader()(Buffer.from([0x81, 127, 0, 0, 1, 0, 0, 0, 0, 0]))).toBeUndefined();
  });
});
