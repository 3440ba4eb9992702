import type { PodSpec, Probe } from './types';

/**
 * Values that stand in a manifest although nobody chose them: the API server fills them in, or a toolkit renders them. A plan
 * treats each as not said. Values of cdk8s-plus are the same from version 28 to 34 (rendered and compared).
 */

/** @see https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination (cdk8s-plus always renders it) */
export const DEFAULT_GRACE_SECONDS = 30;

/** Nobody chose this grace period. */
export function isDefaultGrace(spec: PodSpec): boolean {
  return (spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) === DEFAULT_GRACE_SECONDS;
}

/** @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#max-surge (cdk8s-plus renders the same) */
export const DEFAULT_SHARE = '25%';

/** Nobody chose this share of the replicas. */
export function isDefaultShare(value: number | string | undefined): boolean {
  return (value ?? DEFAULT_SHARE) === DEFAULT_SHARE;
}

/** Of `progressDeadlineSeconds`: the API server's default, which cdk8s-plus renders too. */
export const DEFAULT_PROGRESS_DEADLINE_SECONDS = 600;

/**
 * The TCP startup probe that cdk8s-plus gives each container with a `portNumber`: it ends a container that does not listen
 * within some 30 seconds, and no property turns it off.
 */
export function isInjectedStartupProbe(probe: Probe | undefined): boolean {
  return probe?.tcpSocket !== undefined && probe.failureThreshold === 3 && Object.keys(probe).length === 2;
}
