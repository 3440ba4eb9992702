import { join } from 'node:path';
import { LoadOptions, startLoadFrom, tally } from 'kube-graceful/drill';
import { BREAKAGES, BreakingServer, startBreakingServer } from './breaking-server';

const root = join(__dirname, '..', '..');
const node = (script: string, ...args: string[]) => [process.execPath, ...args, '-e', script];
process.env.TS_NODE_PROJECT = join(root, 'tsconfig.dev.json'); // for the programs below

/** The other end as `kube-graceful load` runs it; its clock may be ahead, and it may take its time to begin. */
const elsewhere = (aheadMs = 0, startAfterMs = 0) => node(`
  const { performance } = require('node:perf_hooks');
  const { timeOrigin } = performance;
  Object.defineProperty(performance, 'timeOrigin', { value: timeOrigin + ${aheadMs} });
  const { serveLoad } = require(${JSON.stringify(join(root, 'lib/drill/serve-load'))});
  setTimeout(() => void serveLoad(process.stdin, process.stdout), ${startAfterMs});
`, '-r', 'ts-node/register/transpile-only');

jest.setTimeout(30_000);

describe('startLoadFrom', () => {
  let server: BreakingServer;
  const options = (): LoadOptions => ({ address: server.address, clients: [{ kind: 'new', ratePerSecond: 100 }] });
  beforeAll(async () => server = await startBreakingServer((n) => n % 100 === 0 ? BREAKAGES['reset before the answer'].breakage : undefined));
  afterAll(() => server.close());

  test('counts elsewhere what startLoad counts here', async () => {
    const load = startLoadFrom(elsewhere(), options());
    while (load.outcomes.length < 250) await new Promise((resolve) => setTimeout(resolve, 20));
    const { outcomes, unsent } = await load.stop();
    const { lostBy, sent } = tally(outcomes).clients.new;
    expect({ unsent, sent, lostBy }).toEqual({ unsent: 0, sent: server.seen(), lostBy: { reset: Math.floor(server.seen() / 100) } });
  });

  test('tells times of this place, wherever the other clock is', async () => {
    const load = startLoadFrom(elsewhere(3_600_000), options());
    while (load.outcomes.length < 10) await new Promise((resolve) => setTimeout(resolve, 20));
    const { outcomes } = await load.stop();
    for (const { endedAtMs } of outcomes) expect(Math.abs(endedAtMs - Date.now())).toBeLessThan(20_000);
  });

  test('does not take what the other end needs to begin for a difference of the clocks, and says when its clients run', async () => {
    const load = startLoadFrom(elsewhere(0, 2000), options());
    const calledAtMs = Date.now();
    await load.started;
    const startedAtMs = Date.now();
    expect(startedAtMs - calledAtMs).toBeGreaterThan(1900);
    while (load.outcomes.length < 10) await new Promise((resolve) => setTimeout(resolve, 5));
    const { outcomes } = await load.stop();
    expect(Math.abs(outcomes[0].sentAtMs - startedAtMs)).toBeLessThan(100);
  });

  test('ends the program and its children when it is abandoned, and waits for no answer', async () => {
    const load = startLoadFrom(['sh', '-c', '"$@"; true', 'sh', ...elsewhere()], {
      address: 'http://192.0.2.1', clients: [{ kind: 'new', ratePerSecond: 100 }], timeoutSeconds: 600, // a network for documents: nobody answers
    });
    await load.started;
    load.abandon();
    await expect(load.stop()).rejects.toThrow(new Error('Cannot run the load from sh: it ended with SIGTERM'));
  });

  test('ends a program that does not listen to SIGTERM, and what holds its output', async () => {
    const load = startLoadFrom(['sh', '-c', 'trap "" TERM; setsid sleep 25 & echo \'{"clockMs":1}\'; while :; do sleep 1; done'], options());
    await load.started;
    load.abandon();
    await expect(load.stop()).rejects.toThrow(new Error('Cannot run the load from sh: it ended with SIGKILL'));
  });

  test('refuses here what startLoad refuses', () => {
    expect(() => startLoadFrom(['nobody'], { address: 'x', clients: [] })).toThrow('Cannot start the load');
  });

  test.each([
    ['a program that is not there', ['no-such-program'], 'Cannot run the load from no-such-program: spawn no-such-program ENOENT'],
    ['one that fails', node('console.error("no such pod"); process.exitCode = 3'), `Cannot run the load from ${process.execPath}: no such pod`],
    ['one that breaks off', node('process.exitCode = 3'), `Cannot run the load from ${process.execPath}: it ended with 3`],
    ['one that refuses', node('console.log(JSON.stringify({ error: "not here" }))'), `Cannot run the load from ${process.execPath}: not here`],
    ['one whose load is over', node('console.log(JSON.stringify({ unsent: 0, latestMs: 0 }))'),
      `Cannot run the load from ${process.execPath}: it ended before it was stopped`],
    ['one that says something else', node('console.log("Welcome to client-1!"); setTimeout(() => {}, 60_000)'),
      `Cannot run the load from ${process.execPath}: it printed "Welcome to client-1!", and must print nothing but the lines of kube-graceful load: send the rest to its standard error`],
    ['one that says JSON of another kind', node('console.log("null"); setTimeout(() => {}, 60_000)'),
      `Cannot run the load from ${process.execPath}: it printed "null", and must print nothing but the lines of kube-graceful load: send the rest to its standard error`],
  ])('says why it ended: %s', async (_, command, message) => {
    const load = startLoadFrom(command, options());
    await expect(load.ended).rejects.toThrow(new Error(message));
    await expect(load.stop()).rejects.toThrow(new Error(message));
  });
});
