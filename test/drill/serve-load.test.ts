import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoadLine, serveLoad, startLoad } from 'kube-graceful/drill';
import { BreakingServer, startBreakingServer } from './breaking-server';

const linesOf = (output: PassThrough) => `${output.read() ?? ''}`.split('\n').filter(Boolean).map((line) => JSON.parse(line) as LoadLine);

describe(serveLoad, () => {
  let server: BreakingServer;
  beforeAll(async () => void (server = await startBreakingServer(() => undefined)));
  afterAll(() => server.close());

  test('stops in order when it is interrupted, although its input stays open', async () => {
    const [input, output, interrupt] = [new PassThrough(), new PassThrough(), new AbortController()];
    const served = serveLoad(input, output, interrupt.signal);
    input.write(`${JSON.stringify({ address: server.address, clients: [{ kind: 'new', ratePerSecond: 50 }] })}\n`);
    await sleep(200);
    interrupt.abort();
    expect(await served).toBeUndefined();
    expect(linesOf(output).at(-1)).toEqual({ unsent: 0, latestMs: expect.any(Number) });
    expect(input.destroyed).toBe(true); // or it would hold the process
  });

  test('says so when the load is over before it is stopped', async () => {
    const [input, output] = [new PassThrough(), new PassThrough()];
    const served = serveLoad(input, output);
    input.write(`${JSON.stringify({ address: server.address, clients: [{ kind: 'new', ratePerSecond: 50 }], maxSeconds: 1 })}\n`);
    const error = 'Cannot go on with the load: its 1 s were over before it was stopped';
    await expect(Promise.race([served, sleep(3000)])).resolves.toBe(error);
    expect(linesOf(output).at(-1)).toEqual({ error });
    input.end();
  });
});

describe(startLoad, () => {
  let server: BreakingServer;
  beforeAll(async () => void (server = await startBreakingServer(() => undefined)));
  afterAll(() => server.close());

  test.each([['is over before it is stopped', 1, false], ['is stopped', 600, true]])('tells that it %s', async (_, maxSeconds, stops) => {
    const load = startLoad({ address: server.address, clients: [{ kind: 'new', ratePerSecond: 50 }], maxSeconds });
    const ended = load.ended!.then(() => 'in order', (error: Error) => error.message);
    if (stops) await load.stop();
    expect(await ended).toBe(stops ? 'in order' : 'Cannot go on with the load: its 1 s were over before it was stopped');
    expect((await load.stop()).unsent).toBe(0);
  });
});
