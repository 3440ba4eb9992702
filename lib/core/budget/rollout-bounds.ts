import type { Bounds } from '../plan/rollout-plan';
import { latestSigkillSeconds } from './lifetime';

/**
 * ours: readiness is noted in whole seconds, availability is looked at once a second, and two controllers hear of it in turn
 * before the next pod is created.
 */
export const REACTION_SECONDS = 2;

/** What a rollout's duration is made of; whole seconds, each >= 0. */
export interface RolloutTimes {
  /** As `countWaves` says. */
  readonly waves: number;
  /** Pods that may be missing, as `resolveFenceposts` says. */
  readonly unavailable: number;
  /** From ready containers to a ready pod: the readiness gates. 0 where `minReadySeconds` stands in for the load balancer. */
  readonly arrivalSeconds: number;
  readonly minReadySeconds: number;
  /** From container start to ready, at worst. @default - not known: there is no upper bound */
  readonly slowestStartSeconds?: number;
  /** To schedule a pod and pull its image, at worst. */
  readonly scheduleSeconds: number;
  /** From deletion to SIGTERM; 0 where the preStop hook may end sooner, as one that asks the application does. */
  readonly waitSeconds: number;
  /** Grace period. */
  readonly graceSeconds: number;
}

/** How long a rollout takes, counted from its first new pod. */
export interface RolloutBounds {
  /** Until the last new pod is available. */
  readonly rolledOut: Bounds;
  /** Until the last old pod is gone. */
  readonly lastPodGone: Bounds;
}

/**
 * How long a rollout takes, at least and at most.
 *
 * At least: rolledOut = waves * minReady, with pods that start at once. lastPodGone = the same + wait, with an application that drains
 * at once; where U pods may be missing, the last U old ones go before the last wave, so one wave less. This holds for a rollout
 * that begins with old pods only and whose old pods have this plan already; an old container that has crashed does not wait.
 *
 * At most: rolledOut = waves * (schedule + slowest start + arrival + minReady + reaction), only where the slowest start is known,
 * and as long as the nodes have room. lastPodGone = the same + grace + 2 s.
 *
 * @example
 * rolloutBounds({
 *   waves: 3, unavailable: 0, arrivalSeconds: 0, minReadySeconds: 20, slowestStartSeconds: 60, scheduleSeconds: 120,
 *   waitSeconds: 15, graceSeconds: 50,
 * }); // => { rolledOut: { atLeastSeconds: 60, atMostSeconds: 606 }, lastPodGone: { atLeastSeconds: 75, atMostSeconds: 658 } }
 */
export function rolloutBounds(times: RolloutTimes): RolloutBounds {
  const { waves, unavailable, minReadySeconds, waitSeconds } = times;
  if (waves === 0) return { rolledOut: { atLeastSeconds: 0, atMostSeconds: 0 }, lastPodGone: { atLeastSeconds: 0, atMostSeconds: 0 } };
  const rolledOut = waves * minReadySeconds;
  const lastDeletion = (unavailable === 0 ? waves : waves - 1) * minReadySeconds;
  const slowest = slowestWaveSeconds(times);
  if (slowest === undefined) {
    return { rolledOut: { atLeastSeconds: rolledOut }, lastPodGone: { atLeastSeconds: lastDeletion + waitSeconds } };
  }
  return {
    rolledOut: { atLeastSeconds: rolledOut, atMostSeconds: waves * slowest },
    lastPodGone: { atLeastSeconds: lastDeletion + waitSeconds, atMostSeconds: waves * slowest + latestSigkillSeconds(times.graceSeconds) },
  };
}

function slowestWaveSeconds(times: RolloutTimes): number | undefined {
  if (times.slowestStartSeconds === undefined) return undefined;
  return times.scheduleSeconds + times.slowestStartSeconds + times.arrivalSeconds + times.minReadySeconds + REACTION_SECONDS;
}
