import { PodLife, WatchedPod, withPodEvent } from '../../lib/drill/pod-lives';
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
