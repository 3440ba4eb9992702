import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidInputError } from 'kube-graceful';
import { DrillAction, DrillError, drillProblems, KubectlError } from 'kube-graceful/drill';
import { Stage } from '../../lib/drill/actions/stage';
import { FakeCluster } from './actions/fake-cluster';
import { startBreakingServer } from './breaking-server';
import { OnFakeCluster } from './on-fake-cluster';

const stage = new OnFakeCluster();
const { drilled, template } = stage;
jest.mock('../../lib/drill/kubectl', () => ({
  ...jest.requireActual('../../lib/drill/kubectl'), kubectl: (...args: Parameters<FakeCluster['kubectl']>) => stage.cluster.kubectl(...args),
}));
jest.mock('../../lib/drill/watch', () => ({
  startWatch: (...args: Parameters<FakeCluster['startWatch']>) => stage.cluster.startWatch(...args),
}));

jest.setTimeout(30_000);

describe('drill, where it cannot be done', () => {
  test('refuses what is outside its bounds, with all problems at once, and asks the cluster nothing', async () => {
    const load = { address: 'lab', clients: [{ kind: 'new' as const, ratePerSecond: 0 }], timeoutSeconds: 0 };
    await expect(drilled({ kind: 'never-ready', forSeconds: 0 }, { timeoutSeconds: 7001, quietSeconds: -1, load })).rejects.toThrow(new InvalidInputError('start the drill', [
      { field: 'timeoutSeconds', wanted: 'a number from 1 to 7000', found: 7001 },
      { field: 'quietSeconds', wanted: 'a number from 0 to 60', found: -1 },
      { field: 'action.forSeconds', wanted: 'a number from 1 to 3600', found: 0 },
      { field: 'load.address', wanted: 'http://host[:port]', found: 'lab' },
      { field: 'load.timeoutSeconds', wanted: 'a number from 0.01 to 600', found: 0 },
      { field: 'load.clients[0].ratePerSecond', wanted: 'a number from 0.01 to 5000', found: 0 },
    ]));
    await expect(drilled({ kind: 'scale-in', toReplicas: 1.5 })).rejects.toThrow(
      'Cannot start the drill as action.toReplicas must be a whole number from 0 to 2147483647: current value is 1.5');
    expect(stage.cluster.asked).toEqual([]);
  });

  test.each([[600, 3], [7000, 60]])('takes what its options allow: a timeout of %d s and a quiet of %d s', (timeoutSeconds, quietSeconds) => {
    expect(drillProblems({ deployment: 'web', timeoutSeconds, quietSeconds, load: { address: 'http://lab', clients: [{ kind: 'new', ratePerSecond: 20 }] } })).toEqual([]);
  });

  test('does nothing, and starts no client, where kubectl cannot be had', async () => {
    const quiet = await startBreakingServer(() => undefined);
    const said = 'there is no kubectl: install it, or put its folder into PATH';
    stage.cluster.failing = { kubectl: new KubectlError(['get', 'deployment', 'web'], said) };
    const load = { address: quiet.address, clients: [{ kind: 'new' as const, ratePerSecond: 100 }] };
    await expect(drilled({ kind: 'roll' }, { load })).rejects.toThrow(new Error(`Cannot run kubectl get deployment web: ${said}`));
    await sleep(100);
    expect({ asked: stage.cluster.asked, seen: quiet.seen() }).toEqual({ asked: ['get deployment web -o json'], seen: 0 });
    await quiet.close();
  });

  test.each(['pods', 'endpointslices.discovery.k8s.io', 'events', 'deployment'])(
    'does nothing, and ends its clients, where %s cannot be watched', async (kind) => {
      const quiet = await startBreakingServer(() => undefined);
      const load = { address: quiet.address, clients: [{ kind: 'reused' as const, ratePerSecond: 100 }] };
      stage.cluster.failing = { watching: { [kind]: new DrillError(`Cannot go on watching ${kind}: forbidden`) } };
      await expect(drilled({ kind: 'roll' }, { load, quietSeconds: 5 })).rejects.toThrow(new Error(`Cannot go on watching ${kind}: forbidden`));
      expect(stage.cluster.asked).toEqual(['get deployment web -o json']);
      while (await quiet.open() > 0) await sleep(5);
      await quiet.close();
    });

  test.each<[string, DrillAction, string[]]>([
    ['patch deployment web', { kind: 'never-ready' }, ['Deployment/web has its old template back']],
    ['cordon node-0', { kind: 'drain-node', node: 'node-0' }, ['node-0 is uncordoned']],
    ['get horizontalpodautoscalers -o', { kind: 'scale-in' }, []],
    ['delete pod web-1', { kind: 'delete-pod' }, []],
  ])('ends what the API server never answers when the time is over, and puts back what it may have done: %s', async (asked, action, undone) => {
    const before = template();
    let hung = 0;
    stage.cluster.hanging = (each) => each.startsWith(asked) && hung++ === 0;
    const error = await drilled(action, { timeoutSeconds: 1 }).catch((caught: Error) => caught);
    expect((error as Error).message.split('\n')).toEqual([
      `Cannot end the drill of Deployment/web as its time is over, and it still waits for kubectl ${asked}, which is ended now`,
      ...undone.map((what) => `Put back: ${what}`),
    ]);
    expect({ template: template(), cordoned: stage.cluster.cordoned.size }).toEqual({ template: before, cordoned: 0 });
  });

  test('waits for the last answers of clients elsewhere no longer than they can take, and a minute', async () => {
    const deaf = [process.execPath, '-e', 'process.stdin.resume(); console.log(JSON.stringify({ clockMs: Date.now() })); setInterval(() => {}, 1000)'];
    const before = Date.now();
    const waited: number[] = [];
    jest.spyOn(Stage.prototype, 'waitFor').mockImplementation(async (what, promise, deadlineMs) => {
      if (what !== 'the last answers') return promise;
      waited.push(deadlineMs! - Date.now());
      throw new DrillError('over');
    });
    const load = {
      address: stage.server.address, timeoutSeconds: 5, clients: [{ kind: 'new' as const, ratePerSecond: 1 }, { kind: 'slow' as const, ratePerSecond: 1, requestMs: 7000 }],
    };
    await expect(drilled({ kind: 'delete-pod' }, { loadFrom: deaf, load })).rejects.toThrow(new DrillError('over'));
    expect(waited.map((ms) => Math.round(ms / 1000))).toEqual([5 + 7 + 60]);
    expect(Date.now() - before).toBeLessThan(15_000);
    jest.restoreAllMocks();
  });

  test('does nothing where it is interrupted before the API server has told of the Deployment', async () => {
    stage.cluster.hanging = () => true;
    await expect(drilled({ kind: 'roll' }, { signal: AbortSignal.timeout(100) })).rejects.toThrow(new DrillError('The drill was interrupted'));
    expect(stage.cluster.asked).toEqual(['get deployment web -o json']);
  });

  test('puts everything back where a watch breaks off in the midst of it', async () => {
    const before = template();
    setTimeout(() => stage.cluster.breakOff('pods', new DrillError('Cannot go on watching pods: kubectl ended')), 500);
    await expect(drilled({ kind: 'never-ready', forSeconds: 60 })).rejects.toThrow(
      'Cannot go on watching pods: kubectl ended\nPut back: Deployment/web has its old template back');
    expect(template()).toEqual(before);
  });
});
