import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { ClientOptions, ClientTally, startLoad, tally } from 'kube-graceful/drill';
import { Http2Connection } from '../../../lib/drill/clients/http2-connection';
import { sendHttp2Request } from '../../../lib/drill/clients/http2-request';
import { BreakingHttp2Server, Http2Breakage, HTTP2_BREAKAGES, startBreakingHttp2Server } from '../breaking-http2-server';

jest.setTimeout(60_000);
let server: BreakingHttp2Server;
afterEach(() => server?.close());

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** A server that listens, with room for one connection, and never takes any: further ones wait for ever. */
async function fullServer(): Promise<{ readonly address: string; close(): void }> {
  const deaf = spawn(process.execPath, ['-e', `const server = require('node:net').createServer().listen({ port: 0, backlog: 1 }, () => {
    require('node:fs').writeSync(1, String(server.address().port));
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50_000);
  })`], { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = Number(await new Promise((resolve) => deaf.stdout.once('data', resolve)));
  const waiting = [1, 2, 3, 4].map(() => connect(port, '127.0.0.1').on('error', () => {}));
  await sleep(300);
  return {
    address: `http://127.0.0.1:${port}`,
    close: () => {
      for (const socket of waiting) socket.destroy();
      deaf.kill('SIGKILL');
    },
  };
}

async function countsOf(client: Partial<ClientOptions>, until: () => boolean, timeoutSeconds = 20): Promise<ClientTally> {
  const load = startLoad({ address: server.address, clients: [{ kind: 'http2', ratePerSecond: 500, ...client } as ClientOptions], timeoutSeconds });
  const giveUpAt = Date.now() + 25_000;
  while (!until() && Date.now() < giveUpAt) await sleep(5);
  expect(until()).toBe(true);
  const record = await load.stop();
  expect(record.unsent).toBe(0);
  return tally(record.outcomes).clients.http2;
}

describe('a client that multiplexes over HTTP/2', () => {
  test.each(Object.entries(HTTP2_BREAKAGES))('counts every hundredth request lost: %s', async (_, { loss, breakage }) => {
    server = await startBreakingHttp2Server((n) => n % 100 === 0 ? breakage : undefined);
    const counts = await countsOf({}, () => server.seen() >= 500, loss === 'timed-out' ? 3 : 20);
    const lost = Math.floor(server.seen() / 100);
    expect(counts).toMatchObject({ sent: server.seen(), answered: server.seen() - lost, lost, lostBy: { [loss]: lost } });
    expect(server.connections()).toBe(1);
    expect(counts.onReusedConnections).toBeLessThan(counts.sent);
    expect(counts.onReusedConnections).toBeGreaterThan(counts.sent / 2); // what was sent before the connection was there is not among them
  });

  test('counts what waited for the connection among the first on it, and only what came later as sent on a reused one', async () => {
    server = await startBreakingHttp2Server(() => undefined);
    const connection = new Http2Connection(server.address);
    const send = () => sendHttp2Request({ client: 'http2', path: '/', connection, timeoutMs: 20_000 });
    expect((await Promise.all([send(), send(), send()])).map((outcome) => outcome!.reused)).toEqual([false, false, false]);
    expect(await send()).toMatchObject({ reused: true });
    expect(server.connections()).toBe(1);
    connection.destroy();
  });

  test.each([['reset', 'resetAndDestroy'], ['ended', 'destroy']] as const)(
    'loses exactly what was under way when the connection was cut: %s', async (loss, cut) => {
      // In steps that wait for each other: a server that cuts a connection in the midst of a burst does not know which of its last
      // answers still went out, and counts some that nobody ever got.
      let below: Socket;
      const hold: Http2Breakage = (_, socket) => below = socket;
      server = await startBreakingHttp2Server((n) => (n - 1) % 10 >= 5 ? hold : undefined);
      const connection = new Http2Connection(server.address);
      const send = () => Promise.all([1, 2, 3, 4, 5].map(() => sendHttp2Request({ client: 'http2', path: '/', connection, timeoutMs: 20_000 })));
      for (let round = 1; round <= 3; round++) {
        expect((await send()).map((outcome) => outcome!.loss)).toEqual(Array(5).fill(undefined));
        const held = send();
        while (server.seen() < 10 * round) await sleep(5);
        below![cut]();
        expect((await held).map((outcome) => outcome!.loss)).toEqual(Array(5).fill(loss));
        expect(server.connections()).toBe(round);
      }
      connection.destroy();
    });

  test('leaves a connection that says GOAWAY, and loses nothing of it', async () => {
    // Once: what came too late is sent again on the next connection, and would be lost there if that one ended at once, too.
    server = await startBreakingHttp2Server((n) => n !== 100 ? undefined : (stream, _, answer) => {
      stream.session!.close(); // GOAWAY with the last stream that it still answers
      setTimeout(answer, 100);
    });
    const counts = await countsOf({}, () => server.seen() >= 300);
    expect(counts).toMatchObject({ sent: server.answered(), answered: server.answered(), lost: 0 });
    expect(server.connections()).toBe(2);
  });

  test('sends a request once more that the server has not begun, and only then', async () => {
    server = await startBreakingHttp2Server((n) => n === 100 ? (stream) => stream.close(7) : undefined);
    const counts = await countsOf({}, () => server.seen() >= 300);
    expect(counts).toMatchObject({ sent: server.answered(), lost: 0 });
    expect(server.seen()).toBe(server.answered() + 1);
  });

  test('gives up on a server that begins nothing', async () => {
    server = await startBreakingHttp2Server(() => (stream) => stream.close(7));
    const counts = await countsOf({ ratePerSecond: 100 }, () => server.seen() >= 40);
    expect(counts).toMatchObject({ sent: server.seen() / 2, answered: 0, lostBy: { reset: counts.sent } });
  });

  test('shares its requests out among its connections', async () => {
    server = await startBreakingHttp2Server(() => undefined);
    const counts = await countsOf({ connections: 4 }, () => server.seen() >= 100);
    expect(server.connections()).toBe(4);
    expect(counts.lost).toBe(0);
    const first = counts.sent - counts.onReusedConnections; // what waits for a connection is among the first on it
    expect(first >= 4 && first < 20).toBe(true);
  });

  test('counts what no connection was there for within its time as timed out, and leaves nothing behind', async () => {
    const full = await fullServer();
    const connections = () => process.getActiveResourcesInfo().filter((resource) => resource === 'ConnectWrap').length;
    const before = connections();
    const load = startLoad({ address: full.address, clients: [{ kind: 'http2', ratePerSecond: 20 }], timeoutSeconds: 0.5 });
    await sleep(1000);
    expect(connections()).toBe(before + 1);
    const { outcomes } = await load.stop();
    expect(outcomes.length).toBeGreaterThan(10);
    expect(tally(outcomes).clients.http2.lostBy).toEqual({ 'timed-out': outcomes.length });
    await sleep(50);
    expect(connections()).toBe(before);
    full.close();
  });

  test('counts a port that nobody listens on as refused, and one that speaks something else as malformed', async () => {
    server = await startBreakingHttp2Server(() => undefined);
    await server.close();
    const started = Date.now();
    const refused = await countsOf({ ratePerSecond: 100 }, () => Date.now() - started > 300);
    expect(refused).toMatchObject({ answered: 0, lostBy: { refused: refused.sent } });
    const other = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const load = startLoad({ address: `http://127.0.0.1:${(other.address() as AddressInfo).port}`, clients: [{ kind: 'http2', ratePerSecond: 5 }] });
    await sleep(500);
    const { outcomes } = await load.stop();
    other.close();
    expect(new Set(outcomes.map(({ loss }) => loss))).toEqual(new Set(['malformed']));
  });
});
