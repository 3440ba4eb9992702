import { becauseOf, podNamedIn } from './because-of';
import { lostAtMs, LossContext } from './causes';
import { lossesWithPods } from './losses-with-pods';
import type { Outcome } from './outcome';
import { PodLife, sigtermAtMs } from './pod-lives';

const MOMENTS_MS = 3000; // ours: some clients send but once a second, to one pod of several

/**
 * The real delay of each pod that has ended, in milliseconds: from its deletion to the last new connection that reached it.
 *
 * A new connection that was answered tells by the answer which pod it reached. One that found nobody is laid to a pod, and counts while
 * it follows SIGTERM (where nobody knows when that came: the deletion), or the one before, within moments: what is lost later has a
 * story of its own.
 *
 * @returns Nothing of a pod that no new connection is known to have reached.
 */
export function realDelaysMs(ended: readonly PodLife[], outcomes: readonly Outcome[], context: LossContext): number[] {
  const answered = new Map<string, number>();
  const missed = new Map<string, number[]>();
  const onNew = (outcome: Outcome) => !outcome.reused && outcome.sentAtMs >= context.zeroMs;
  for (const outcome of outcomes.filter(onNew)) {
    const pod = podNamedIn(outcome.answeredBy, ended);
    if (pod) answered.set(pod.uid, Math.max(answered.get(pod.uid) ?? 0, outcome.sentAtMs));
  }
  for (const outcome of lossesWithPods(outcomes, context.pods).filter(onNew)) {
    const pod = podNamedIn(outcome.answeredBy, ended) ? undefined : podMissed(outcome, context);
    if (!pod) continue;
    const times = missed.get(pod.uid);
    if (times) times.push(outcome.sentAtMs);
    else missed.set(pod.uid, [outcome.sentAtMs]);
  }
  return ended.flatMap((pod) => {
    let lastMs = answered.get(pod.uid) ?? 0;
    for (const atMs of (missed.get(pod.uid) ?? []).sort((a, b) => a - b)) {
      if (atMs - Math.max(lastMs, sigtermAtMs(pod) ?? pod.deletedAtMs!) <= MOMENTS_MS) lastMs = Math.max(lastMs, atMs);
    }
    return lastMs >= pod.deletedAtMs! ? lastMs - pod.deletedAtMs! : [];
  });
}

/** The pod that a new connection was sent to when it no longer listened. A timeout tells too little. */
function podMissed(outcome: Outcome, context: LossContext): PodLife | undefined {
  if (outcome.loss === 'status' || outcome.loss === 'timed-out') return undefined;
  const { pod, reason } = becauseOf(outcome, lostAtMs(outcome), context);
  return reason === 'not-listening' ? pod : undefined;
}
