import type { ClusterChange, ClusterChangeKind } from './cluster-change';
import type { PodLife } from './pod-lives';

const STAGES = [
  ['firstSeenAtMs', 'pod-seen', 'was created'],
  ['readyAtMs', 'pod-ready', 'is ready'],
  ['unreadyAtMs', 'pod-unready', 'is ready no more'],
  ['deletedAtMs', 'pod-deleted', 'was deleted'],
  ['exitedAtMs', 'pod-exited', 'has exited'],
  ['goneAtMs', 'pod-gone', 'is gone'],
] as const satisfies readonly (readonly [keyof PodLife, ClusterChangeKind, string])[];

/** The lives of pods as single changes, by time; what was so before `sinceMs` is left out. */
export function podChanges(pods: readonly PodLife[], sinceMs: number): ClusterChange[] {
  const changes = pods.flatMap((pod) => STAGES.flatMap(([field, kind, words]): ClusterChange[] => {
    const atMs = pod[field];
    const address = pod.address ? ` (${pod.address})` : '';
    return atMs === undefined || atMs < sinceMs ? [] : [{ atMs, kind, pod: pod.name, text: `${pod.name}${address} ${words}` }];
  }));
  return changes.sort((a, b) => a.atMs - b.atMs);
}
