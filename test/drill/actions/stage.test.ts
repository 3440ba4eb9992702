import { isRolledOut, LiveDeployment } from '../../../lib/drill/actions/live-deployment';
import { Stage } from '../../../lib/drill/actions/stage';
import { nowMs } from '../../../lib/drill/now-ms';
import type { PodLife } from '../../../lib/drill/pod-lives';

const live: LiveDeployment = {
  metadata: { name: 'web', namespace: 'shop', generation: 3 },
  spec: { replicas: 2, selector: {}, template: { spec: { containers: [{}] } } },
  status: { observedGeneration: 3, replicas: 2, updatedReplicas: 2, availableReplicas: 2 },
};
const pod = (name: string, more: Partial<PodLife> = {}): PodLife => ({ name, uid: name, firstSeenAtMs: 0, readyAtMs: 1, ...more });

const asked: string[] = [];
jest.mock('../../../lib/drill/kubectl', () => ({
  kubectl: async ({ namespace }: { namespace: string }, args: string[]) => {
    asked.push(`${namespace}: ${args.join(' ')}`);
    if (args[0] === 'fails') throw new Error('no');
  },
}));
beforeEach(() => void asked.splice(0));

const stageWith = (pods: readonly PodLife[], deployment = live, more: { signal?: AbortSignal; forMs?: number } = {}) => new Stage({
  cluster: { namespace: 'shop' }, selector: 'app=web', deployment: () => deployment, pods: () => pods,
  signal: more.signal ?? new AbortController().signal, deadlineMs: nowMs() + (more.forMs ?? 5000),
});

describe(Stage, () => {
  test('undoes everything when a drill failed, the last deed first, and each once', async () => {
    const stage = stageWith([]);
    stage.onUndo('template', stage.restoring('template'));
    stage.onUndo('template', stage.restoring('template'));
    stage.onUndo('node', ['uncordon', 'node-1'], true);
    expect(await stage.undo(true)).toEqual({ done: ['node', 'template'], failed: [] });
    expect(asked).toEqual([
      'shop: uncordon node-1',
      'shop: patch deployment web --type=json --patch '
        + '[{"op":"replace","path":"/spec/template","value":{"spec":{"containers":[{}]}}}]',
    ]);
    expect(await stage.undo(true)).toEqual({ done: [], failed: [] });
  });

  test('gives back after a drill that went well only what an action took away', async () => {
    const stage = stageWith([]);
    stage.onUndo('template', stage.restoring('template'));
    stage.onUndo('replicas', stage.restoring('replicas'), true);
    expect(await stage.undo(false)).toEqual({ done: ['replicas'], failed: [] });
    expect(asked).toEqual(['shop: patch deployment web --type=json --patch [{"op":"replace","path":"/spec/replicas","value":2}]']);
  });

  test('goes on undoing where a step fails, and tells of it', async () => {
    const stage = stageWith([]);
    stage.onUndo('one', ['uncordon', 'node-1']);
    stage.onUndo('two', ['fails']);
    expect(await stage.undo(true)).toEqual({ done: ['one'], failed: ['two: no'] });
  });

  test('stops waiting when it is interrupted, or its time is over', async () => {
    const interrupt = new AbortController();
    const waiting = stageWith([], live, { signal: interrupt.signal }).until('rain', () => false);
    interrupt.abort();
    await expect(waiting).rejects.toThrow('The drill was interrupted');
    await expect(stageWith([], live, { forMs: 100 }).until('rain', () => false)).rejects.toThrow(
      'Cannot end the drill of Deployment/web as its time is over, and it still waits for rain',
    );
  });

  test('is settled when all replicas stand and no deleted pod is left', async () => {
    const pods = [pod('a'), pod('b'), pod('c', { deletedAtMs: 5 })];
    const stage = stageWith(pods, live, { forMs: 100 });
    await expect(stage.settled()).rejects.toThrow('it still waits for the last pod to be gone');
    pods[2] = pod('c', { deletedAtMs: 5, goneAtMs: 6 });
    await stageWith(pods).settled();
    await expect(stageWith(pods.slice(1), live, { forMs: 100 }).settled()).rejects.toThrow('it still waits for the rollout');
  });
});

describe(isRolledOut, () => {
  const { status } = live;

  test.each<[string, LiveDeployment['status'], number, boolean]>([
    ['all is new and available', status, 3, true],
    ['the controller has not seen the change', status, 4, false],
    ['an old pod is left', { ...status, replicas: 3 }, 3, false],
    ['a new pod is missing', { ...status, updatedReplicas: 1 }, 3, false],
    ['a new pod is not available', { ...status, availableReplicas: 1 }, 3, false],
    ['there is no status yet', undefined, 3, false],
  ])('knows that %s', (_, found, generation, expected) => {
    expect(isRolledOut({ ...live, status: found }, generation)).toBe(expected);
  });
});
