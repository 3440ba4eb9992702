import type { ClusterChange } from './cluster-change';
import type { Outcome } from './outcome';
import { PodLife, sigtermAtMs } from './pod-lives';

/** Ours: a watch tells of a change within tens of milliseconds, SIGTERM's effect takes a moment more. */
export const NEAR_MS = 1500;

/** Ours: a client may feel a change a little before the watch tells of it. */
export const LAG_MS = 300;

/** Ours: longer than load balancers take to follow, as a rule, shorter than most steps of a rollout. */
export const RECENT_MS = 30_000;

/** The pod whose life changed last before something was lost, at most `recentMs` before, where such a change can lose something. */
export function suspect(outcome: Outcome, atMs: number, pods: readonly PodLife[], recentMs = RECENT_MS): PodLife | undefined {
  const nobody = !wasOpen(outcome) || cameToNobody(outcome);
  return (nobody ? lastChanged(pods, atMs, recentMs, endsOf) : undefined)
    ?? (wasOpen(outcome) ? lastChanged(pods, atMs, recentMs, deletionAndEndsOf) : undefined)
    ?? (nobody ? lastChanged(pods, atMs, recentMs, startOf(atMs)) : undefined);
}

/** The pod that was deleted, or got nearer to its end, last before a moment, at most `recentMs` before; else one that was not ready yet. */
export function lastToChange(atMs: number, pods: readonly PodLife[], recentMs = RECENT_MS): PodLife | undefined {
  return lastChanged(pods, atMs, recentMs, deletionAndEndsOf) ?? lastChanged(pods, atMs, recentMs, startOf(atMs));
}

type ChangesOf = (pod: PodLife) => readonly (number | undefined)[];

/** When it got SIGTERM, ended and was gone. Where nobody knows when SIGTERM came, it may have been at the deletion. */
export const endsOf: ChangesOf = (pod) => [sigtermAtMs(pod) ?? pod.deletedAtMs, pod.exitedAtMs, pod.goneAtMs];
const deletionAndEndsOf: ChangesOf = (pod) => [pod.deletedAtMs, ...endsOf(pod)];
const startOf = (atMs: number): ChangesOf => ({ firstSeenAtMs, readyAtMs = Infinity }) => (readyAtMs <= atMs ? [] : [firstSeenAtMs]);

/** Whether what was open ended, or a stream fell silent, rather than that no connection came about, or no answer. */
export function wasOpen({ loss, held }: Outcome): boolean {
  return loss === 'reset' || loss === 'ended' || held === true;
}

/** Behind a proxy, a connection that its target refuses is open for a moment. */
export function cameToNobody({ loss, reused, connectedTo, answeredBy, sentAtMs, endedAtMs }: Outcome): boolean {
  return (loss === 'reset' || loss === 'ended') && !reused && !connectedTo && !answeredBy && endedAtMs - sentAtMs <= NEAR_MS;
}

function lastChanged(pods: readonly PodLife[], atMs: number, recentMs: number, changesOf: ChangesOf): PodLife | undefined {
  let latest: { readonly pod: PodLife; readonly changedAtMs: number } | undefined;
  for (const pod of pods) {
    for (const changedAtMs of changesOf(pod)) {
      if (changedAtMs === undefined || !isRecent(changedAtMs, atMs, recentMs)) continue;
      if (!latest || changedAtMs > latest.changedAtMs) latest = { pod, changedAtMs };
    }
  }
  return latest?.pod;
}

function isRecent(changedAtMs: number, atMs: number, recentMs: number): boolean {
  return changedAtMs <= atMs + LAG_MS && changedAtMs >= atMs - recentMs;
}

/** Which of these pods was the last to become unready. */
export function lastUnready(
  changes: readonly ClusterChange[], pods: readonly PodLife[], atMs: number, recentMs = RECENT_MS,
): { pod: PodLife; atMs: number } | undefined {
  const recent = changes.filter((change) =>
    (change.kind === 'pod-unready' || change.kind === 'endpoint-not-serving') && isRecent(change.atMs, atMs, recentMs));
  for (const change of recent.reverse()) {
    const pod = pods.find(({ name }) => name === change.pod);
    if (pod) return { pod, atMs: change.atMs };
  }
  return undefined;
}
