import { latestSigkillSeconds } from './lifetime';

/** A rollout at one number of replicas, as far as the number of its pods depends on it. */
export interface PeakPodsInput {
  /** A whole number >= 0. */
  readonly replicas: number;
  /** Pods, >= 0, as `resolveFenceposts` says. */
  readonly surge: number;
  /** Pods, >= 0, as `resolveFenceposts` says. */
  readonly unavailable: number;
  /** >= 0. */
  readonly minReadySeconds: number;
  /** Grace period of the pods, >= 0. */
  readonly graceSeconds: number;
}

/** Pods at most during one rollout. */
export interface PeakPods {
  /** Those that are not being deleted. */
  readonly serving: number;
  /** Those that take room on a node: the ones that are being deleted, too. */
  readonly existing: number;
}

/**
 * The most pods that one rollout has at a time.
 *
 * serving = R + min(S, R): the controller's own limit, in which it does not count pods that are being deleted.
 * existing = min(2R, serving + terminating): it does not wait for them either. Old pods are deleted as new ones become available,
 * and of those at most S + U are on their way at any moment, each for at least minReadySeconds. So within the G + 2 s that a
 * deleted pod may still exist, at most terminating = (S + U) * (floor((G + 2) / minReadySeconds) + 1) others are deleted. One
 * rollout never makes more than R new pods beside R old ones, unless pods fail or a second rollout begins meanwhile.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-apps/5882-deployment-pod-replacement-policy
 *
 * @example
 * peakPods({ replicas: 10, surge: 1, unavailable: 0, minReadySeconds: 30, graceSeconds: 50 }); // => { serving: 11, existing: 13 }
 * peakPods({ replicas: 10, surge: 1, unavailable: 0, minReadySeconds: 0, graceSeconds: 50 }); // => { serving: 11, existing: 20 }
 */
export function peakPods(input: PeakPodsInput): PeakPods {
  const { replicas, surge, unavailable, minReadySeconds, graceSeconds } = input;
  const serving = replicas + Math.min(surge, replicas);
  if (minReadySeconds <= 0) return { serving, existing: 2 * replicas };
  const stepsWithinGrace = Math.floor(latestSigkillSeconds(graceSeconds) / minReadySeconds) + 1;
  const terminating = (surge + Math.min(unavailable, replicas)) * stepsWithinGrace;
  return { serving, existing: Math.min(2 * replicas, serving + terminating) };
}
