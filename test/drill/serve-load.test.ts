import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { LoadLine, serveLoad } from 'kube-graceful/drill';
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
});
