import { lostAtMs } from './causes';
import type { Outcome } from './outcome';
import type { PodLife } from './pod-lives';
import { cameToNobody, endsOf, RECENT_MS, wasOpen } from './suspect';

const GAP_MS = 3000; // ours: some clients send but once a second, to one pod of several

/**
 * For how long after a change of a pod losses may be laid to it, in milliseconds: 30 s, or as long as the plan expects clients to follow,
 * or as long as new connections were seen to find nobody without a pause of 3 s while other pods were ready.
 *
 * @param plannedSeconds The longest delay of the plan's routes. @default 0
 */
export function recentMsOf(outcomes: readonly Outcome[], pods: readonly PodLife[], plannedSeconds = 0): number {
  const missed = outcomes.filter((outcome) => outcome.loss && outcome.loss !== 'status' && (!wasOpen(outcome) || cameToNobody(outcome)))
    .map(lostAtMs).sort((a, b) => a - b);
  const ends = pods.flatMap((pod) => endsOf(pod).flatMap((ms) => ms ?? [])).sort((a, b) => a - b);
  let recentMs = Math.max(RECENT_MS, plannedSeconds * 1000);
  let passed = 0;
  for (const atMs of missed) {
    while (ends[passed] <= atMs) passed++;
    const sinceMs = atMs - (ends[passed - 1] ?? -Infinity);
    if (sinceMs > recentMs && sinceMs <= recentMs + GAP_MS && pods.some((pod) => couldServe(pod, atMs))) recentMs = sinceMs;
  }
  return recentMs;
}

/** Whether it was ready then, and nobody had deleted it. */
export function couldServe({ readyAtMs, deletedAtMs = Infinity }: PodLife, atMs: number): boolean {
  return readyAtMs !== undefined && readyAtMs <= atMs && deletedAtMs > atMs;
}
