import type { ClusterChange } from './cluster-change';
import { endpointChanges, KnownEndpoints, WatchedSlice } from './endpoints';
import type { KubectlOptions } from './kubectl';
import { nowMs } from './now-ms';
import { podChanges } from './pod-changes';
import type { PodLife } from './pod-lives';
import { startWatch, Watch } from './watch';
import { watchPods } from './watch-pods';

/** A workload being watched: its pods, their endpoints, and what Kubernetes reports of it. */
export interface ClusterWatch extends Watch {
  /** What is known of each pod so far, by first sight. */
  lives(): readonly PodLife[];
  /** What happened to these pods since then (Unix time in milliseconds), by time; a watch first tells what was there already. */
  changes(sinceMs: number): readonly ClusterChange[];
}

interface ReportedEvent {
  readonly involvedObject: { readonly kind?: string; readonly name?: string };
  readonly reason?: string;
  readonly message?: string;
  readonly eventTime?: string | null;
  readonly lastTimestamp?: string | null;
}

/**
 * Watches the pods that a label selector finds, the EndpointSlices that name them, and the events about them; pods that had ended before
 * are left out.
 *
 * @param selector As kubectl takes it: `app=web,tier=front`.
 * @param deployment Name of the Deployment that the pods must be of. @default - all that the selector finds
 */
export function watchCluster(cluster: KubectlOptions, selector: string, deployment?: string): ClusterWatch {
  const startedAtMs = nowMs();
  const pods = watchPods(cluster, selector, deployment);
  const seen: ClusterChange[] = [];
  let known: KnownEndpoints = new Map();
  const slices = startWatch<WatchedSlice>(cluster, { kind: 'endpointslices.discovery.k8s.io' }, (event) => {
    const step = endpointChanges(known, event);
    known = step.known;
    seen.push(...step.changes);
  });
  const events = startWatch<ReportedEvent>(cluster, { kind: 'events' }, ({ type, object, seenAtMs }) => {
    const reportedAtMs = Date.parse(object.lastTimestamp ?? object.eventTime ?? '') || seenAtMs;
    // Whole seconds, and another machine's clock: what is clearly older than the watch was only told again.
    if (type === 'DELETED' || reportedAtMs < startedAtMs - 2000 || object.involvedObject.kind !== 'Pod') return;
    const { name = '' } = object.involvedObject;
    seen.push({ atMs: seenAtMs, kind: 'event', pod: name, text: `${name}: ${object.reason}: ${object.message}` });
  });
  const all = [pods, slices, events];
  const ended = Promise.race(all.map((watch) => watch.ended)).then(() => {});
  ended.catch(() => {}); // whoever waits for it hears of it
  return {
    ended,
    lives: pods.lives,
    changes: (sinceMs) => {
      const ours = new Set(pods.lives().map(({ name }) => name));
      const others = seen.filter(({ pod, atMs }) => pod !== undefined && ours.has(pod) && atMs >= sinceMs);
      return [...podChanges(pods.lives(), sinceMs), ...others].sort((a, b) => a.atMs - b.atMs);
    },
    stop: async () => void await Promise.all(all.map((watch) => watch.stop())),
  };
}
