import { EventEmitter } from 'node:events';
import { PassThrough } from 'node:stream';
import { interruptOf } from '../../lib/cli/interrupt-of';

class FakeProcess extends EventEmitter {
  public readonly stdout = new PassThrough();
  public readonly stderr = new PassThrough();
  public exitCode?: number;
}

const said = ({ stderr }: FakeProcess) => (stderr.read() as Buffer | null)?.toString() ?? '';

describe(interruptOf, () => {
  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('aborts on %s, and says so', (signal) => {
    const process = new FakeProcess();
    const interrupt = interruptOf(process);
    expect(interrupt.signal.aborted).toBe(false);
    process.emit(signal);
    expect({ aborted: interrupt.signal.aborted, code: interrupt.exitCodeOf(0), said: said(process) }).toEqual({
      aborted: true, code: 0, said: '\nInterrupted: putting the cluster back as it was ...\n',
    });
  });

  test.each(['stdout', 'stderr'] as const)('aborts when nobody reads the %s any more, as often as that is told, and ends nothing by itself', (stream) => {
    const process = new FakeProcess();
    const interrupt = interruptOf(process);
    for (const code of ['EPIPE', 'EIO']) process[stream].emit('error', Object.assign(new Error(`write ${code}`), { code }));
    expect({ aborted: interrupt.signal.aborted, code: interrupt.exitCodeOf(1) }).toEqual({ aborted: true, code: 1 });
  });

  test('aborts on an error that nobody caught, and then the program has failed whatever it found', () => {
    const process = new FakeProcess();
    const interrupt = interruptOf(process);
    process.emit('uncaughtException', Object.assign(new Error('no'), { stack: 'Error: no\n    at somewhere' }));
    expect({ aborted: interrupt.signal.aborted, code: interrupt.exitCodeOf(0), exitCode: process.exitCode, said: said(process) }).toEqual({
      aborted: true, code: 2, exitCode: 2, said: '\nError: no\n    at somewhere\nPutting the cluster back as it was ...\n',
    });
  });
});
