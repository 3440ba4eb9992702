import { watchPods } from 'kube-graceful/drill';
import type { WatchedPod } from '../../lib/drill/pod-lives';
import type { WatchEvent } from '../../lib/drill/watch';

let tell: (event: WatchEvent<WatchedPod>) => void;
jest.mock('../../lib/drill/watch', () => ({
  startWatch: (_cluster: unknown, _options: unknown, onEvent: typeof tell) => {
    tell = onEvent;
    return { ended: new Promise(() => {}), stop: async () => {} };
  },
}));

const own = [{ kind: 'ReplicaSet', name: 'web-abc', controller: true }];
const told = (name: string, more: Partial<WatchedPod['metadata']> = {}, phase = 'Running', type: WatchEvent<WatchedPod>['type'] = 'ADDED') =>
  tell({ type, object: { metadata: { name, uid: name, labels: { 'pod-template-hash': 'abc' }, ...more }, status: { phase } }, seenAtMs: 1 });

describe(watchPods, () => {
  test.each<[string | undefined, string[]]>([['web', ['web-1']], [undefined, ['web-1', 'job-1']]])('keeps what has not ended of %s', (deployment, names) => {
    const watch = watchPods({}, 'app=web', deployment);
    told('web-1', { ownerReferences: own });
    told('web-2', { ownerReferences: own }, 'Failed');
    told('job-1', { ownerReferences: [{ kind: 'Job', name: 'job', controller: true }] });
    told('job-2', {}, 'Succeeded');
    expect(watch.lives().map(({ name }) => name)).toEqual(names);
  });

  test('tells of a pod to its end once it is known', () => {
    const watch = watchPods({}, 'app=web', 'web');
    told('web-1', { ownerReferences: own });
    told('web-1', {}, 'Failed', 'MODIFIED');
    told('web-1', {}, 'Failed', 'DELETED');
    expect(watch.lives()).toEqual([expect.objectContaining({ name: 'web-1', exitedAtMs: 1, goneAtMs: 1 })]);
  });
});
