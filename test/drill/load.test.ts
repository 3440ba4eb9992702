import { Agent } from 'node:http';
import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { InvalidInputError } from 'kube-graceful';
import { ClientOptions, ClientTally, startLoad, tally } from 'kube-graceful/drill';
import { sendHttpRequest } from '../../lib/drill/clients/http-request';
import { Breakage, BREAKAGES, BreakingServer, startBreakingServer } from './breaking-server';

jest.setTimeout(60_000);
let server: BreakingServer;
afterEach(() => server?.close());

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs one client until it has sent `requests`, and returns its counts. */
async function countsOf(address: string, client: ClientOptions, until: () => boolean, timeoutSeconds = 20): Promise<ClientTally> {
  const load = startLoad({ address, clients: [client], timeoutSeconds, maxSeconds: 30 });
  const giveUpAt = Date.now() + 25_000;
  while (!until() && Date.now() < giveUpAt) await sleep(5);
  expect(until()).toBe(true);
  const record = await load.stop();
  expect(record.unsent).toBe(0);
  return tally(record.outcomes).clients[client.name ?? client.kind];
}

/** Short only where the test waits for it: a machine that is busy with other things must not make losses. */
const patienceFor = (loss: string) => loss === 'timed-out' ? 3 : 20;

describe('a client on connections of its own', () => {
  test.each(Object.entries(BREAKAGES))('counts every hundredth request lost: %s', async (_, { loss, breakage }) => {
    server = await startBreakingServer((n) => n % 100 === 0 ? breakage : undefined);
    const counts = await countsOf(server.address, { kind: 'new', ratePerSecond: 500 }, () => server.seen() >= 500, patienceFor(loss));
    const lost = Math.floor(server.seen() / 100);
    expect(counts).toMatchObject({ sent: server.seen(), answered: server.seen() - lost, lost, onReusedConnections: 0 });
    expect(counts.lostBy).toEqual({ [loss]: lost });
    expect(server.connections()).toBe(server.seen());
  });

  test('counts a port that nobody listens on as refused, every time', async () => {
    const free = createServer();
    await new Promise<void>((resolve) => free.listen(0, '127.0.0.1', resolve));
    const { port } = free.address() as AddressInfo;
    await new Promise((resolve) => free.close(resolve));
    const started = Date.now();
    const counts = await countsOf(`http://127.0.0.1:${port}`, { kind: 'new', ratePerSecond: 200 }, () => Date.now() - started > 500);
    expect(counts.sent).toBeGreaterThan(90);
    expect(counts).toMatchObject({ answered: 0, lost: counts.sent, lostBy: { refused: counts.sent } });
  });

  test('sends at its rate although every answer takes longer than a turn', async () => {
    server = await startBreakingServer(() => (response) => setTimeout(() => response.end('7 pod-a\n'), 200));
    const started = Date.now();
    const counts = await countsOf(server.address, { kind: 'new', ratePerSecond: 100 }, () => Date.now() - started > 1000);
    expect(counts.sent).toBeGreaterThanOrEqual(100);
    expect(counts.sent).toBeLessThanOrEqual(Math.ceil((Date.now() - started) / 10) + 1);
    expect(counts.lost).toBe(0);
    expect(counts.latencyMs!.p50).toBeGreaterThanOrEqual(199);
  });
});

describe('a client that reuses connections', () => {
  test.each(Object.entries(BREAKAGES))('counts every hundredth request lost and never sends one again: %s', async (_, { loss, breakage }) => {
    server = await startBreakingServer((n) => n % 100 === 0 ? breakage : undefined);
    const counts = await countsOf(server.address, { kind: 'reused', ratePerSecond: 500, connections: 50 }, () => server.seen() >= 500, patienceFor(loss));
    const lost = Math.floor(server.seen() / 100);
    expect(counts).toMatchObject({ sent: server.seen(), answered: server.seen() - lost, lost, lostBy: { [loss]: lost } });
    expect(counts.onReusedConnections).toBe(counts.sent - server.connections());
    expect(counts.onReusedConnections).toBeGreaterThan(100); // more, the less a busy machine sends in bursts
  });

  test('makes a new connection where the server closed an idle one, and loses nothing', async () => {
    // 10 connections at 20 a second: each is silent for 500 ms, and the server closes it after 100 ms.
    server = await startBreakingServer(() => (response, socket) => {
      response.end('7 pod-a\n');
      setTimeout(() => socket.end(), 100);
    });
    const counts = await countsOf(server.address, { kind: 'reused', ratePerSecond: 20, connections: 10 }, () => server.seen() >= 30);
    expect(counts).toMatchObject({ sent: server.seen(), lost: 0, onReusedConnections: 0 });
  });

  test('leaves a connection that was answered with Connection: close', async () => {
    server = await startBreakingServer((n) => n % 10 === 0 ? (response) => response.setHeader('connection', 'close').end('7 pod-a\n') : undefined);
    const counts = await countsOf(server.address, { kind: 'reused', ratePerSecond: 200, connections: 1 }, () => server.seen() >= 100);
    expect(counts).toMatchObject({ sent: server.seen(), lost: 0, onReusedConnections: counts.sent - server.connections() });
    expect(server.connections()).toBeGreaterThanOrEqual(Math.floor(counts.sent / 10));
  });

  test('keeps a connection silent for connections / ratePerSecond seconds', async () => {
    server = await startBreakingServer(() => undefined, 60_000);
    const counts = await countsOf(server.address, { kind: 'reused', name: 'idle', ratePerSecond: 20, connections: 10 }, () => server.seen() >= 30);
    expect(server.connections()).toBe(10);
    expect(counts).toMatchObject({ lost: 0, onReusedConnections: counts.sent - 10 });
  });

  test('keeps each connection silent for idleSeconds, whatever the rate', async () => {
    server = await startBreakingServer(() => undefined, 60_000);
    const idle: ClientOptions = { kind: 'reused', name: 'idle', ratePerSecond: 30, idleSeconds: 0.5 };
    const counts = await countsOf(server.address, idle, () => server.seen() >= 60);
    expect(server.connections()).toBe(15);
    expect(counts).toMatchObject({ lost: 0, onReusedConnections: counts.sent - 15 });
  });

  test('opens connections that are silent for long before anything happens, and uses them again', async () => {
    server = await startBreakingServer(() => undefined, 60_000);
    const idle: ClientOptions = { kind: 'reused', name: 'idle', ratePerSecond: 10, idleSeconds: 60 };
    const started = Date.now();
    const counts = await countsOf(server.address, idle, () => Date.now() - started > 2000);
    expect(server.connections()).toBeGreaterThanOrEqual(600);
    expect(counts).toMatchObject({ sent: server.seen(), lost: 0, onReusedConnections: counts.sent - server.connections() });
    expect(counts.onReusedConnections).toBeGreaterThan(10);
  });

  test('knows whom the connection led to on which it lost a request', async () => {
    server = await startBreakingServer((n) => n === 3 ? (_, socket) => socket.resetAndDestroy() : undefined);
    const agent = new Agent({ keepAlive: true });
    const send = () => sendHttpRequest({ client: 'reused', url: new URL(server.address), agent, timeoutMs: 20_000 });
    expect(await send()).not.toHaveProperty('connectedTo');
    expect(await send()).toMatchObject({ connectedTo: '7 pod-a', reused: true });
    expect(await send()).toMatchObject({ loss: 'reset', connectedTo: '7 pod-a', reused: true });
    agent.destroy();
  });
});

describe('a client with slow requests', () => {
  test('waits for as long as a request takes, and counts the one that is cut', async () => {
    server = await startBreakingServer((n) => (response, socket) =>
      setTimeout(() => n % 100 === 0 ? socket.resetAndDestroy() : response.end('7 pod-a\n'), 500));
    const counts = await countsOf(server.address, { kind: 'slow', ratePerSecond: 200, requestMs: 500 }, () => server.seen() >= 300);
    const lost = Math.floor(server.seen() / 100);
    expect(counts).toMatchObject({ sent: server.seen(), lost, lostBy: { reset: lost } });
  });
});

describe('a client with streams', () => {
  const stream = { kind: 'stream', connections: 10 } as const;
  const endings: Record<string, [loss: string | undefined, end: Breakage, goodbye?: string]> = {
    'goodbye, then a reset': [undefined, (response, socket) => { response.write('move\n'); setTimeout(() => socket.resetAndDestroy(), 50); }],
    'a goodbye, then an end': [undefined, (response) => response.end('move\n')],
    'a goodbye that is told with its field, then an end': [undefined, (response) => response.end('data: bye\n\n'), 'data: bye'],
    'a goodbye that is an event, then an end': [undefined, (response) => response.end('event: move\ndata: {}\n\n')],
    'a goodbye that is an event\'s data, then an end': [undefined, (response) => response.end('data:move on\n\n')],
    'an event of another name, then an end': ['ended', (response) => response.end('event: remove\ndata: 1\n\n')],
    'a reset': ['reset', (_, socket) => socket.resetAndDestroy()],
    'an end in order without a word': ['ended', (response) => response.end()],
    'an end of the connection': ['ended', (_, socket) => socket.end()],
    'silence': ['timed-out', () => {}],
  };

  test.each(Object.entries(endings))('counts exactly: %s', async (_, [loss, end, goodbye]) => {
    server = await startBreakingServer((n) => (response, socket) => {
      response.write('7 pod-a\n');
      if (n > 10) return; // the streams that were opened again stay open
      setTimeout(() => end(response, socket), 200);
    });
    const counts = await countsOf(server.address, { ...stream, ...(goodbye && { goodbye }) }, () => server.seen() >= 20, loss === 'timed-out' ? 2 : 20);
    expect(counts).toMatchObject({ sent: 20, lost: loss ? 10 : 0, lostBy: loss ? { [loss]: 10 } : {} });
    // From the cut, or from the last line before a silence of 2 s, to the opening a second later.
    if (loss) expect(Math.round(counts.longestOutageMs / 1000)).toBe(loss === 'timed-out' ? 3 : 1);
    expect(counts.byVersion).toEqual({ 7: 20 });
  });

  test('tells when a stream fell silent', async () => {
    server = await startBreakingServer(() => (response) => {
      response.write('7 pod-a\n');
      setTimeout(() => response.write('more\n'), 1000);
    });
    const load = startLoad({ address: server.address, clients: [{ kind: 'stream', connections: 1 }], timeoutSeconds: 2 });
    while (load.outcomes.length === 0) await sleep(20);
    const [{ loss, sentAtMs, endedAtMs, silentSinceMs }] = load.outcomes;
    expect({ loss, after: silentSinceMs! - sentAtMs >= 990, silent: Math.round((endedAtMs - silentSinceMs!) / 100) >= 19 }).toEqual({ loss: 'timed-out', after: true, silent: true });
    load.abandon();
  });

  test('counts a stream that was never opened by its status', async () => {
    server = await startBreakingServer(() => (response) => response.writeHead(503).end('cold\n'));
    const counts = await countsOf(server.address, { kind: 'stream', connections: 3 }, () => server.seen() >= 3);
    expect(counts).toMatchObject({ sent: 3, lost: 3, lostBy: { status: 3 } });
  });
});

describe('startLoad', () => {
  test('ends by itself after maxSeconds', async () => {
    server = await startBreakingServer(() => undefined);
    const load = startLoad({ address: server.address, clients: [{ kind: 'new', ratePerSecond: 50 }], maxSeconds: 1 });
    await sleep(1500);
    const seen = server.seen();
    expect(seen).toBeGreaterThanOrEqual(50);
    expect(seen).toBeLessThanOrEqual(52);
    await sleep(300);
    expect((await load.stop()).outcomes).toHaveLength(seen);
    expect(server.seen()).toBe(seen);
  });

  test.each<ClientOptions>([
    { kind: 'new', ratePerSecond: 50 }, { kind: 'reused', ratePerSecond: 50 }, { kind: 'slow', ratePerSecond: 50 }, { kind: 'http2', ratePerSecond: 50 },
    { kind: 'stream', connections: 5 }, { kind: 'websocket', connections: 5 },
  ])('ends at once what a silent server holds, when it is abandoned, and tells no more of it: %j', async (client) => {
    const sockets = new Set<Socket>();
    const silent = createServer((socket) => {
      sockets.add(socket.on('error', () => {}).on('close', () => sockets.delete(socket)));
      socket.resume();
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const load = startLoad({ address: `http://127.0.0.1:${(silent.address() as AddressInfo).port}`, clients: [client], timeoutSeconds: 600 });
    while (sockets.size < (client.kind === 'http2' ? 1 : 5)) await sleep(5);
    load.abandon();
    expect((await load.stop()).outcomes).toEqual([]);
    while (sockets.size > 0) await sleep(5);
    await new Promise((resolve) => silent.close(resolve));
  });

  test('ends streams that are open, too, when it is abandoned', async () => {
    server = await startBreakingServer(() => (response) => response.write('7 pod-a\n'));
    const load = startLoad({ address: server.address, clients: [{ kind: 'stream', connections: 5 }], timeoutSeconds: 600 });
    while (server.seen() < 5) await sleep(5);
    load.abandon();
    expect((await load.stop()).outcomes).toEqual([]);
    while (await server.open() > 0) await sleep(5);
  });

  test('refuses a load without bounds, with all problems at once', () => {
    const clients: ClientOptions[] = [{ kind: 'new', ratePerSecond: 1e6 }, { kind: 'reused', name: 'new', ratePerSecond: NaN, connections: 1.5, path: 'x', idleSeconds: 0 }, { kind: 'stream', connections: 1, path: '//example.test/x', goodbye: '' }];
    let error: unknown;
    try {
      startLoad({ address: 'https://example.test/', clients, maxSeconds: 1e9 });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(InvalidInputError);
    expect((error as Error).message.split('\n')).toEqual([
      'Cannot start the load as address must be http://host[:port]: current value is "https://example.test/"',
      'Cannot start the load as clients must be clients of different names: current value is ["new","new","stream"]',
      'Cannot start the load as maxSeconds must be a number from 1 to 7200: current value is 1000000000',
      'Cannot start the load as clients[0].ratePerSecond must be a number from 0.01 to 5000: current value is 1000000',
      'Cannot start the load as clients[1].ratePerSecond must be a number from 0.01 to 5000: current value is NaN',
      'Cannot start the load as clients[1].connections must be a whole number from 1 to 5000: current value is 1.5',
      'Cannot start the load as clients[1].idleSeconds must be a number from 0.01 to 600: current value is 0',
      'Cannot start the load as clients[1].idleSeconds must be left out where connections is given: current value is 0',
      'Cannot start the load as clients[1].path must be a path that begins with one /: current value is "x"',
      'Cannot start the load as clients[2].goodbye must be at least one character: current value is ""',
      'Cannot start the load as clients[2].path must be a path that begins with one /: current value is "//example.test/x"',
    ]);
  });

  test('refuses more than can be kept', () => {
    const clients: ClientOptions[] = [{ kind: 'new', ratePerSecond: 1000 }, { kind: 'reused', ratePerSecond: 1000 }, { kind: 'stream', connections: 9 }];
    expect(() => startLoad({ address: 'http://example.test', clients, maxSeconds: 6000 })).toThrow(
      'Cannot start the load as clients must be of at most 10000000 requests within maxSeconds, the drill\'s time: current value is 12000000');
  });
});
