/**
 * The least that a container gets after SIGTERM, even when preStop used up the whole grace period.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.32.10/pkg/kubelet/kuberuntime/kuberuntime_container.go minimumGracePeriodInSeconds
 */
export const MINIMUM_GRACE_SECONDS = 2;

/** What the kubelet is told, and what the container does of it; whole seconds, each >= 0. */
export interface Shutdown {
  /** Grace period: of the pod, or of the probe that ends the container. */
  readonly graceSeconds: number;
  /** How long the preStop hook takes when nothing cuts it short. */
  readonly preStopSeconds: number;
}

/**
 * Seconds from the beginning of the shutdown until SIGTERM: the hook, but no longer than the grace period. With a grace of 0
 * the hook is skipped.
 *
 * @example
 * secondsToSigterm({ graceSeconds: 60, preStopSeconds: 30 }); // => 30
 */
export function secondsToSigterm(shutdown: Shutdown): number {
  return Math.min(shutdown.preStopSeconds, shutdown.graceSeconds);
}

/**
 * Seconds that the application really gets between SIGTERM and SIGKILL: max(2, grace - preStop).
 *
 * The grace period runs from the deletion, so it covers preStop, too.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination-flow
 *
 * @example
 * secondsAfterSigterm({ graceSeconds: 60, preStopSeconds: 30 }); // => 30
 * secondsAfterSigterm({ graceSeconds: 30, preStopSeconds: 30 }); // => 2
 */
export function secondsAfterSigterm(shutdown: Shutdown): number {
  return Math.max(MINIMUM_GRACE_SECONDS, shutdown.graceSeconds - shutdown.preStopSeconds);
}

/**
 * Seconds from the beginning of the shutdown until the container is gone: SIGTERM, then as long as it needs or gets.
 *
 * @param drainSeconds What the application needs after SIGTERM, >= 0.
 *
 * @example
 * secondsToExit({ graceSeconds: 60, preStopSeconds: 15 }, 30); // => 45
 * secondsToExit({ graceSeconds: 30, preStopSeconds: 15 }, 30); // => 30
 */
export function secondsToExit(shutdown: Shutdown, drainSeconds: number): number {
  return secondsToSigterm(shutdown) + Math.min(drainSeconds, secondsAfterSigterm(shutdown));
}

/**
 * Seconds from the beginning of the shutdown until SIGKILL, at worst: grace + 2.
 *
 * @example
 * latestSigkillSeconds(50); // => 52
 */
export function latestSigkillSeconds(graceSeconds: number): number {
  return graceSeconds + MINIMUM_GRACE_SECONDS;
}
