import { ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer as createHttpServer, get, request } from 'node:http';
import { AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Outcome, startLoad, tally } from 'kube-graceful/drill';
import { eventually } from '../support/cluster';
import { altered, applications, linkGo, sourceOf } from './programs';

const NOTICE_SECONDS = 3;
const built = mkdtempSync(join(tmpdir(), 'kube-graceful-applications-'));
afterAll(() => rmSync(built, { recursive: true }));

/** What one application did from SIGTERM to its end, and what its clients saw. */
interface Farewell {
  readonly sigtermAtMs: number;
  readonly exitedAtMs: number;
  readonly exitCode: number | null;
  readonly outcomes: readonly Outcome[];
  /** The first answer over HTTP/1.1 after SIGTERM, on a connection that the client wants to keep. */
  readonly connectionHeader?: string;
  /** What the readiness probe gets before SIGTERM, and after it. */
  readonly readiness: readonly [before: number, after: number];
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The header of one answer. */
async function connectionHeaderOf(address: string): Promise<string | undefined> {
  const sent = request(address, { headers: { connection: 'keep-alive' } }).end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.headers.connection;
}

/** Starts a program, puts load on it, sends SIGTERM, goes on sending for most of its close notice, and waits for its end. */
async function farewellOf(command: readonly string[]): Promise<Farewell> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const env = { ...process.env, PORT: `${port}`, HTTP2_PORT: `${await freePort()}`, CLOSE_NOTICE_SECONDS: `${NOTICE_SECONDS}` };
  const program = spawn(command[0], command.slice(1), { stdio: ['ignore', 'inherit', 'inherit'], env });
  try {
    await Promise.race([
      eventually(`${address} to answer`, async () => (await fetch(address).then((response) => response.ok, () => false)) || undefined, 60),
      once(program, 'error').then(([error]) => Promise.reject(error)),
    ]);
    const silent = connect(port, '127.0.0.1', () => silent.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n')).on('error', () => {});
    return await underLoad(program, address);
  } finally {
    program.kill('SIGKILL');
  }
}

async function underLoad(program: ChildProcess, address: string): Promise<Farewell> {
  const load = startLoad({
    address,
    clients: [
      { kind: 'new', ratePerSecond: 20 },
      { kind: 'reused', ratePerSecond: 20, connections: 5 },
      { kind: 'slow', ratePerSecond: 2, requestMs: 2500 },
      { kind: 'stream', connections: 3 },
    ],
    maxSeconds: 30,
  });
  await sleep(2000);
  const readinessOf = () => fetch(`${address}/ready`, { headers: { connection: 'close' } }).then(({ status }) => status);
  const before = await readinessOf();
  const exit = once(program, 'exit').then(([exitCode]) => ({ exitCode, exitedAtMs: Date.now() }));
  const sigtermAtMs = Date.now();
  program.kill('SIGTERM');
  await sleep(500);
  const connectionHeader = await connectionHeaderOf(address);
  const after = await readinessOf();
  await sleep(NOTICE_SECONDS * 1000 - 1000);
  const { outcomes } = await load.stop();
  const killer = setTimeout(() => program.kill('SIGKILL'), 15_000); // then its exit code is null
  const { exitCode, exitedAtMs } = await exit;
  clearTimeout(killer);
  return { sigtermAtMs, exitedAtMs, exitCode, outcomes, connectionHeader, readiness: [before, after] };
}

const commands: Readonly<Record<string, () => readonly string[] | Promise<readonly string[]>>> = {
  'Node.js': () => ['node', join(applications, 'node', 'server.js')],
  'Go': async () => {
    const program = join(built, 'server');
    await linkGo(join(applications, 'go'), program);
    return [program];
  },
  'Python': () => ['python3', join(applications, 'python', 'server.py')],
  'Java': () => ['java', join(applications, 'java', 'Server.java')],
};
const farewells = new Map<string, Farewell>();
beforeAll(() => Promise.all(Object.entries(commands).map(async ([language, commandOf]) => {
  farewells.set(language, await farewellOf(await commandOf()));
})));

describe.each(Object.keys(commands))('the application in %s, told to end while clients use it', (language) => {
  let farewell: Farewell;
  const sentAfterSigterm = (client: string, fromMs = 0) =>
    farewell.outcomes.filter((outcome) => outcome.client === client && outcome.sentAtMs >= farewell.sigtermAtMs + fromMs);
  beforeAll(() => void (farewell = farewells.get(language)!));

  test('loses nothing', () => {
    const { clients, lost } = tally(farewell.outcomes);
    expect({ lost, kinds: Object.keys(clients).sort() }).toEqual({ lost: 0, kinds: ['new', 'reused', 'slow', 'stream'] });
  });

  test('goes on accepting', () => {
    expect(sentAfterSigterm('new').length).toBeGreaterThanOrEqual(40);
    expect(sentAfterSigterm('slow').length).toBeGreaterThanOrEqual(4);
  });

  test('is not ready any more', () => {
    expect(farewell.readiness).toEqual([200, 503]);
  });

  test('says Connection: close, so that no connection is used again', () => {
    expect(farewell.connectionHeader).toBe('close');
    const later = sentAfterSigterm('reused', 500); // each of the five connections is used every 250 ms
    expect(later.length).toBeGreaterThanOrEqual(30);
    expect(later.filter(({ reused }) => reused)).toEqual([]);
  });

  test('tells streams to move at once', () => {
    const open = farewell.outcomes.filter(({ client, sentAtMs }) => client === 'stream' && sentAtMs < farewell.sigtermAtMs);
    expect(open).toHaveLength(3);
    for (const { endedAtMs } of open) expect(endedAtMs - farewell.sigtermAtMs).toBeLessThan(1000);
  });

  test('exits with 0 when it is empty, although a silent connection is open', () => {
    const { exitCode, exitedAtMs, sigtermAtMs, outcomes } = farewell;
    expect(exitCode).toBe(0);
    const emptyAtMs = Math.max(sigtermAtMs + NOTICE_SECONDS * 1000, ...outcomes.map(({ endedAtMs }) => endedAtMs));
    expect(exitedAtMs).toBeGreaterThanOrEqual(emptyAtMs - 50);
    expect(exitedAtMs - emptyAtMs).toBeLessThan(1500);
  });
});

/** What an application answers that says which path it was asked for. */
async function bodyOf(port: number, path: string): Promise<string> {
  const [response] = await once(get({ host: '127.0.0.1', port, path, agent: false }), 'response');
  return (await response.setEncoding('utf8').toArray()).join('');
}

describe('the application in nginx, with another one behind it', () => {
  test('passes each path on as it was sent, before it is told to end and after', async () => {
    const application = createHttpServer(({ url }, response) => void response.end(url)).listen(0, '127.0.0.1');
    await once(application, 'listening');
    const port = await freePort();
    const file = join(built, 'nginx.conf');
    writeFileSync(file, altered(sourceOf('nginx/nginx.conf'), [
      ['listen 8080', `listen 127.0.0.1:${port}`], ['listen 8081', `listen 127.0.0.1:${await freePort()}`],
      ['127.0.0.1:8082', `127.0.0.1:${(application.address() as AddressInfo).port}`], ['/run/', `${built}/`],
    ]));
    const nginx = spawn('nginx', ['-e', join(built, 'error.log'), '-c', file], { stdio: 'ignore' });
    try {
      await eventually('nginx to answer', async () => (await fetch(`http://127.0.0.1:${port}`).then(({ ok }) => ok, () => false)) || undefined, 20);
      const paths = ['/app/a%2Fb', '/app//b?c=%20', '/app/a%0Ab'];
      const passedOn = () => Promise.all(paths.map((path) => bodyOf(port, path)));
      expect(await passedOn()).toEqual(paths);
      writeFileSync(join(built, 'leaving'), '');
      expect(await connectionHeaderOf(`http://127.0.0.1:${port}/app/`)).toBe('close');
      expect(await passedOn()).toEqual(paths);
    } finally {
      nginx.kill('SIGTERM'); // with its worker
      application.close();
    }
  });
});
