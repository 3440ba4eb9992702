import { isRolledOut, LiveDeployment } from '../../../lib/drill/actions/live-deployment';
import { Stage } from '../../../lib/drill/actions/stage';
import { DrillError } from '../../../lib/drill/drill-error';
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
  ...jest.requireActual('../../../lib/drill/kubectl'),
  kubectl: async ({ namespace }: { namespace: string }, args: string[], _: string, signal?: AbortSignal) => {
    asked.push(`${namespace}: ${args.join(' ')}`);
    if (args[0] === 'fails') throw new Error('no');
    if (args[0] === 'hangs') await new Promise((_resolve, reject) => signal!.addEventListener('abort', () => setTimeout(reject, 50, signal!.reason)));
  },
}));
beforeEach(() => void asked.splice(0));
afterEach(() => jest.useRealTimers());

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

  test('goes on undoing where a step fails, and tells by which command it can be done', async () => {
    const stage = stageWith([]);
    stage.onUndo('one', ['uncordon', 'node-1']);
    stage.onUndo('two', ['fails', '--patch', '{"it\'s":1}']);
    expect(await stage.undo(true)).toEqual({
      done: ['one'], failed: ['two: no. Do it by hand: kubectl --namespace shop fails --patch \'{"it\'\\\'\'s":1}\''],
    });
  });

  test('gives a step up that an API server has not answered after 60 s, and goes on with the next', async () => {
    jest.useFakeTimers();
    const stage = stageWith([]);
    stage.onUndo('one', ['uncordon', 'node-1']);
    stage.onUndo('two', ['hangs']);
    const undone = stage.undo(true);
    await jest.advanceTimersByTimeAsync(59_900);
    expect(asked).toEqual(['shop: hangs']);
    await jest.advanceTimersByTimeAsync(200);
    expect(await undone).toEqual({
      done: ['one'], failed: ['two: it had not ended after 60 s, and was ended. Do it by hand: kubectl --namespace shop hangs'],
    });
  });

  test('ends a kubectl, and waits for its end, when the time is over or the drill is interrupted', async () => {
    const startedAtMs = nowMs();
    await expect(stageWith([], live, { forMs: 100 }).kubectl(['hangs', 'a', 'b', 'c'])).rejects.toThrow(new DrillError(
      'Cannot end the drill of Deployment/web as its time is over, and it still waits for kubectl hangs a b, which is ended now'));
    expect(nowMs() - startedAtMs).toBeGreaterThan(145);
    const interrupted = stageWith([], live, { signal: AbortSignal.timeout(50) }).kubectl(['hangs']);
    await expect(interrupted).rejects.toThrow(new DrillError('The drill was interrupted'));
  });

  test('waits for what goes on by itself, and hands over what becomes of it', async () => {
    expect(await stageWith([]).waitFor('rain', Promise.resolve(7))).toBe(7);
    await expect(stageWith([]).waitFor('rain', Promise.reject(new Error('snow')))).rejects.toThrow(new Error('snow'));
    await expect(stageWith([], live, { signal: AbortSignal.abort() }).waitFor('rain', new Promise(() => {}))).rejects.toThrow('The drill was interrupted');
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

  test('counts neither what was deleted nor what has ended as standing, and as ready what has been', () => {
    const stage = stageWith([pod('a'), pod('b', { readyAtMs: undefined }), pod('c', { deletedAtMs: 5 }), pod('d', { exitedAtMs: 5 })]);
    expect([stage.standing(), stage.ready()].map((pods) => pods.map(({ name }) => name))).toEqual([['a', 'b'], ['a']]);
  });

  test('is settled when all replicas are ready and no deleted pod is left', async () => {
    const pods = [pod('a'), pod('b'), pod('c', { deletedAtMs: 5 })];
    const stage = stageWith(pods, live, { forMs: 100 });
    await expect(stage.settled()).rejects.toThrow('it still waits for the last pod to be gone');
    pods[2] = pod('c', { deletedAtMs: 5, goneAtMs: 6 });
    await stageWith(pods).settled();
    const starting = pod('d', { readyAtMs: undefined });
    for (const found of [pods.slice(1), [...pods.slice(1), starting], [...pods.slice(1), pod('d', { exitedAtMs: 7 })]]) {
      await expect(stageWith(found, live, { forMs: 100 }).settled()).rejects.toThrow('it still waits for the rollout');
    }
    await stageWith([pods[0], pods[1], starting]).settled(); // one more than its replicas, as a roll back may have for a moment
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
