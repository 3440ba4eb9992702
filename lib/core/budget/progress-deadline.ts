import { sumOf } from '../figure';
import type { Figure, Part } from '../figure';

/** What one pod's way to availability is made of: each part with its source; whole seconds, each >= 0. */
export interface ProgressTimes {
  /** To schedule a pod and pull its image. */
  readonly schedule: Part;
  /** From container start until it can be ready. */
  readonly slowestStart: Part;
  /** Successes that readiness needs times the period of its probe; 0 where there is no probe. */
  readonly readiness: Part;
  /** From ready containers to a ready pod: the readiness gates. 0 where `minReadySeconds` stands in for the load balancer. */
  readonly arrivalSeconds: number;
  readonly minReadySeconds: number;
  /** What is left over. */
  readonly margin: Part;
}

/**
 * Seconds that the slowest single pod needs until it counts as available: schedule + start + readiness + arrival + minReady +
 * margin. `progressDeadlineSeconds` must be at least that; it is not the time of the whole rollout, as each pod that
 * becomes available starts the clock again. Kubernetes' default of 600 s needs no writing where it is enough.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#progress-deadline-seconds
 *
 * @example
 * progressDeadline({
 *   schedule: { label: 'schedule and pull', value: 120, source: 'ours' }, slowestStart: { label: 'start', value: 600, source: 'author' },
 *   readiness: { label: 'readiness', value: 10, source: 'readinessProbe: 1 x 10 s' }, arrivalSeconds: 0, minReadySeconds: 20,
 *   margin: { label: 'margin', value: 30, source: 'ours' },
 * }).value; // => 780
 */
export function progressDeadline(times: ProgressTimes): Figure {
  const parts: Part[] = [
    times.schedule,
    times.slowestStart,
    times.readiness,
    { label: 'readiness gates', value: times.arrivalSeconds, source: 'arrival at the load balancer' },
    { label: 'minReadySeconds', value: times.minReadySeconds, source: 'minReadySeconds' },
    times.margin,
  ].filter((part) => part.value !== 0);
  return sumOf('schedule + start + readiness + readiness gates + minReadySeconds + margin', parts);
}
