import { podChanges } from '../../lib/drill/pod-changes';
import { hasEnded, isPodOf, PodLife, sigkillAtMs, sigtermAtMs, WatchedPod, withPodEvent } from '../../lib/drill/pod-lives';
import type { WatchEvent } from '../../lib/drill/watch';

const pod = (more: Partial<WatchedPod['metadata']> = {}, ready = false): WatchedPod => ({
  metadata: { name: 'web-1', uid: 'u1', labels: { 'pod-template-hash': 'abc' }, ...more },
  spec: { nodeName: 'node-1' },
  status: { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
});
const livesAfter = (...events: WatchEvent<WatchedPod>[]): PodLife[] => [
  ...events.reduce<ReadonlyMap<string, PodLife>>(withPodEvent, new Map()).values(),
];

describe('withPodEvent', () => {
  test('keeps the first time of each stage of a life', () => {
    expect(livesAfter(
      { type: 'ADDED', object: { metadata: { name: 'web-1', uid: 'u1' } }, seenAtMs: 1 },
      { type: 'MODIFIED', object: pod(), seenAtMs: 2 },
      { type: 'MODIFIED', object: pod({}, true), seenAtMs: 3 },
      { type: 'MODIFIED', object: pod({}, true), seenAtMs: 4 },
      { type: 'MODIFIED', object: pod({ deletionTimestamp: '2026-01-01T00:00:30Z' }, true), seenAtMs: 5 },
      { type: 'MODIFIED', object: pod({ deletionTimestamp: '2026-01-01T00:00:30Z' }), seenAtMs: 6 },
      { type: 'DELETED', object: pod({ deletionTimestamp: '2026-01-01T00:00:30Z' }), seenAtMs: 7 },
    )).toEqual([{
      name: 'web-1', uid: 'u1', templateHash: 'abc', node: 'node-1', firstSeenAtMs: 1, readyAtMs: 3, deletedAtMs: 5, goneAtMs: 7,
    }]);
  });

  test('tells pods of one name apart by their uid', () => {
    const lives = livesAfter(
      { type: 'ADDED', object: pod(), seenAtMs: 1 },
      { type: 'DELETED', object: pod(), seenAtMs: 2 },
      { type: 'ADDED', object: pod({ uid: 'u2' }), seenAtMs: 3 },
    );
    expect(lives.map(({ uid, deletedAtMs, goneAtMs }) => ({ uid, deletedAtMs, goneAtMs }))).toEqual([
      { uid: 'u1', deletedAtMs: 2, goneAtMs: 2 }, { uid: 'u2', deletedAtMs: undefined, goneAtMs: undefined },
    ]);
  });
});

describe('what ends a pod', () => {
  const spec = { terminationGracePeriodSeconds: 60, containers: [{ lifecycle: { preStop: { sleep: { seconds: 15 } } } }] };
  const running = (more: Partial<WatchedPod> = {}): WatchedPod => ({ metadata: { name: 'web-1', uid: 'u1' }, spec, ...more });
  const status = (ready: boolean, terminated?: object) =>
    ({ podIP: '10.244.1.4', conditions: [{ type: 'Ready', status: `${ready ? 'True' : 'False'}` }], containerStatuses: [{ state: { terminated } }] });

  test('is read with its wait, its grace and the exit of its containers', () => {
    const deleted = { name: 'web-1', uid: 'u1', deletionTimestamp: '2026-01-01T00:00:30Z', deletionGracePeriodSeconds: 20 };
    expect(livesAfter(
      { type: 'ADDED', object: running({ status: status(true) }), seenAtMs: 1 },
      { type: 'MODIFIED', object: running({ status: status(false) }), seenAtMs: 2 },
      { type: 'MODIFIED', object: running({ metadata: deleted, status: status(true) }), seenAtMs: 3 },
      { type: 'MODIFIED', object: running({ metadata: deleted, status: status(false, { exitCode: 0 }) }), seenAtMs: 4 },
      { type: 'MODIFIED', object: running({ metadata: { ...deleted, deletionGracePeriodSeconds: 0 } }), seenAtMs: 5 },
    )).toEqual([{
      name: 'web-1', uid: 'u1', address: '10.244.1.4', graceSeconds: 20, preStopSeconds: 15,
      firstSeenAtMs: 1, readyAtMs: 1, unreadyAtMs: 2, deletedAtMs: 3, exitedAtMs: 4,
    }]);
  });

  test('is an exit once its sidecars have ended, too, and not only the init containers before', () => {
    const meshed = { ...spec, initContainers: [{ name: 'migrate' }, { name: 'proxy', restartPolicy: 'Always' }] };
    const metadata = { name: 'web-1', uid: 'u1', deletionTimestamp: '2026-01-01T00:00:30Z' };
    const at = (seenAtMs: number, proxy?: object): WatchEvent<WatchedPod> => {
      const initContainerStatuses = [{ name: 'migrate', state: {} }, { name: 'proxy', state: { terminated: proxy } }];
      return { type: 'MODIFIED', object: running({ metadata, spec: meshed, status: { ...status(false, { exitCode: 0 }), initContainerStatuses } }), seenAtMs };
    };
    expect(livesAfter(at(1))[0]).not.toHaveProperty('exitedAtMs');
    expect(livesAfter(at(1), at(2, { exitCode: 137 }))).toMatchObject([{ containersExitedAtMs: 1, exitedAtMs: 2 }]);
  });

  test('is an exit without a deletion where the kubelet evicts it, and not where its container is started again', () => {
    const crashed = running({ status: { ...status(false, { exitCode: 1 }), phase: 'Running' } });
    expect(livesAfter({ type: 'MODIFIED', object: crashed, seenAtMs: 1 })[0]).not.toHaveProperty('exitedAtMs');
    const evicted = running({ status: { phase: 'Failed' } });
    expect(livesAfter({ type: 'MODIFIED', object: crashed, seenAtMs: 1 }, { type: 'MODIFIED', object: evicted, seenAtMs: 2 }))
      .toEqual([expect.objectContaining({ firstSeenAtMs: 1, exitedAtMs: 2 })]);
  });

  test('has waits that differ where its containers wait differently', () => {
    const two = { ...spec, containers: [...spec.containers, {}] };
    expect(livesAfter({ type: 'ADDED', object: running({ spec: two }), seenAtMs: 1 })).toMatchObject([{ preStopSeconds: 15, preStopsDiffer: true }]);
  });

  test('is not known where a hook is no plain wait', () => {
    const asks = { ...spec, containers: [...spec.containers, { lifecycle: { preStop: { httpGet: { path: '/drain' } } } }] };
    const [life] = livesAfter(
      { type: 'ADDED', object: running({ spec: asks }), seenAtMs: 1 }, { type: 'DELETED', object: running({ spec: asks }), seenAtMs: 5 },
    );
    expect([life.preStopSeconds, life.preStopUnknown, sigtermAtMs(life), sigkillAtMs(life)]).toEqual([undefined, true, undefined, 60_005]);
  });

  test('is told change by change, from a moment on', () => {
    const [life] = livesAfter(
      { type: 'ADDED', object: running({ status: status(true) }), seenAtMs: 1 },
      { type: 'DELETED', object: running({ status: status(false) }), seenAtMs: 5 },
    );
    expect(podChanges([life], 2).map(({ atMs, kind, text }) => `${atMs} ${kind}: ${text}`)).toEqual([
      '5 pod-deleted: web-1 (10.244.1.4) was deleted', '5 pod-gone: web-1 (10.244.1.4) is gone',
    ]);
  });
});

describe(isPodOf, () => {
  const owner = { kind: 'ReplicaSet', name: 'web-abc', controller: true };

  test.each<[string, boolean, WatchedPod['metadata']['ownerReferences'], string?]>([
    ['its ReplicaSet is the controller', true, [{ kind: 'Node', name: 'web-abc' }, owner]],
    ['it has no owner', false, undefined],
    ['the ReplicaSet is another Deployment\'s', false, [{ ...owner, name: 'web-canary-abc' }]],
    ['the ReplicaSet is of another hash', false, [owner], 'def'],
    ['the ReplicaSet does not control it', false, [{ ...owner, controller: false }]],
    ['something else of that name controls it', false, [{ ...owner, kind: 'Job' }]],
  ])('where %s: %s', (_, expected, ownerReferences, hash = 'abc') => {
    expect(isPodOf('web', pod({ ownerReferences, labels: { 'pod-template-hash': hash } }))).toBe(expected);
  });
});

describe(hasEnded, () => {
  test.each([['Pending', false], ['Running', false], ['Unknown', false], ['Succeeded', true], ['Failed', true]])('in %s: %s', (phase, expected) => {
    expect(hasEnded({ ...pod(), status: { phase } })).toBe(expected);
  });
});

describe(sigtermAtMs, () => {
  const life: PodLife = { name: 'web-1', uid: 'u1', firstSeenAtMs: 0, deletedAtMs: 1000 };

  test.each<[string, Partial<PodLife>, number | undefined, number | undefined]>([
    ['after the preStop wait', { preStopSeconds: 15, graceSeconds: 60 }, 16_000, 61_000],
    ['at once where there is none', { graceSeconds: 30 }, 1000, 31_000],
    ['when the grace period is over, where preStop waits longer', { preStopSeconds: 60, graceSeconds: 30 }, 31_000, 33_000],
    ['2 s before SIGKILL at the latest', { preStopSeconds: 29, graceSeconds: 30 }, 30_000, 32_000],
    ['after the wait where nobody knows the grace', { preStopSeconds: 15 }, 16_000, undefined],
    ['never, where the pod was not deleted', { deletedAtMs: undefined, graceSeconds: 30 }, undefined, undefined],
  ])('is %s', (_, more, term, kill) => {
    expect([sigtermAtMs({ ...life, ...more }), sigkillAtMs({ ...life, ...more })]).toEqual([term, kill]);
  });
});
