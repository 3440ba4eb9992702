import { once } from 'node:events';
import { createServer, ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { startLoad, tally } from 'kube-graceful/drill';
import { farAway } from './far-away';

const ONE_WAY_MS = 100;

/** Requests over HTTP/2 from far away while the server says goodbye in one of two ways; what became of them. */
async function lostBy(goodbye: (session: ServerHttp2Session) => void): Promise<Record<string, number>> {
  const sessions: ServerHttp2Session[] = [];
  const server = createServer((_, response) => response.end('1 web\n')).on('session', (session) => sessions.push(session)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const way = await farAway(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, ONE_WAY_MS);
  const load = startLoad({ address: way.address, clients: [{ kind: 'http2', ratePerSecond: 50 }], timeoutSeconds: 3, maxSeconds: 30 });
  await sleep(2000);
  goodbye(sessions[0]);
  await sleep(1000);
  const { outcomes } = await load.stop();
  way.close();
  for (const session of sessions) session.destroy();
  server.close();
  return { ...tally(outcomes).clients.http2.lostBy };
}

describe('a request that crosses the GOAWAY of a Node.js server', () => {
  test('is sent again by its client where the server closes the session, as its GOAWAY names the last request that it takes', async () => {
    expect(await lostBy((session) => session.close())).toEqual({});
  });

  test('is waited for in vain where the GOAWAY names the largest of all streams: the server ignores it, and the client believes it taken', async () => {
    const lost = await lostBy((session) => session.goaway(0, 2 ** 31 - 1));
    expect(Object.keys(lost)).toEqual(['timed-out']);
  });
});
