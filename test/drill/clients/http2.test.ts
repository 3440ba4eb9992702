import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { ClientOptions, ClientTally, startLoad, tally } from 'kube-graceful/drill';
import { BreakingHttp2Server, Http2Breakage, HTTP2_BREAKAGES, startBreakingHttp2Server } from '../breaking-http2-server';

jest.setTimeout(60_000);
let server: BreakingHttp2Server;
afterEach(() => server?.close());

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function countsOf(client: Partial<ClientOptions>, until: () => boolean, timeoutSeconds = 20): Promise<ClientTally> {
  const load = startLoad({ address: server.address, clients: [{ kind: 'http2', ratePerSecond: 500, ...client } as ClientOptions], timeoutSeconds });
  const giveUpAt = Date.now() + 25_000;
  while (!until() && Date.now() < giveUpAt) await sleep(5);
  expect(until()).toBe(true);
  const record = await load.stop();
  expect(record.unsent).toBe(0);
  return tally(record.outcomes).clients.http2;
}

/** Ends the connection in a way of its own, with requests under way on it. */
const cut = (how: 'reset' | 'end'): Http2Breakage => (_, socket) => how === 'reset' ? socket.resetAndDestroy() : socket.destroy();

describe('a client that multiplexes over HTTP/2', () => {
  test.each(Object.entries(HTTP2_BREAKAGES))('counts every hundredth request lost: %s', async (_, { loss, breakage }) => {
    server = await startBreakingHttp2Server((n) => n % 100 === 0 ? breakage : undefined);
    const counts = await countsOf({}, () => server.seen() >= 500, loss === 'timed-out' ? 3 : 20);
    const lost = Math.floor(server.seen() / 100);
    expect(counts).toMatchObject({ sent: server.seen(), answered: server.seen() - lost, lost, lostBy: { [loss]: lost } });
    expect(server.connections()).toBe(1);
    expect(counts.onReusedConnections).toBe(counts.sent - 1);
  });

  test.each([['reset', 'reset'], ['end', 'ended']] as const)('loses exactly what was under way when the connection was cut: %s', async (how, loss) => {
    // Requests 96 to 99 of every hundred are never answered; request 100 ends the connection below all five.
    server = await startBreakingHttp2Server((n) => n % 100 === 0 ? cut(how) : n % 100 >= 96 ? () => {} : undefined);
    const counts = await countsOf({ ratePerSecond: 200 }, () => server.seen() % 100 === 50 && server.seen() > 300);
    const lost = Math.floor(server.seen() / 100) * 5;
    expect(counts).toMatchObject({ sent: server.seen(), answered: server.answered(), lost, lostBy: { [loss]: lost } });
    expect(server.connections()).toBe(1 + lost / 5);
  });

  test('leaves a connection that says GOAWAY, and loses nothing of it', async () => {
    server = await startBreakingHttp2Server((n) => n % 50 !== 0 ? undefined : (stream, _, answer) => {
      stream.session!.close(); // GOAWAY with the last stream that it still answers
      setTimeout(answer, 100);
    });
    const counts = await countsOf({}, () => server.seen() >= 300);
    expect(counts).toMatchObject({ sent: server.answered(), answered: server.answered(), lost: 0 });
    expect(server.connections()).toBeGreaterThanOrEqual(Math.floor(server.seen() / 50));
  });

  test('sends a request once more that the server has not begun, and only then', async () => {
    server = await startBreakingHttp2Server((n) => n % 100 === 0 ? (stream) => stream.close(7) : undefined);
    const counts = await countsOf({}, () => server.seen() >= 500);
    expect(counts).toMatchObject({ sent: server.answered(), lost: 0 });
    expect(server.seen()).toBe(server.answered() + Math.floor(server.seen() / 100));
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
    expect(counts).toMatchObject({ lost: 0, onReusedConnections: counts.sent - 4 });
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
