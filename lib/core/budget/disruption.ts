import type { DisruptionBudget, LabelSelector } from '../manifest/types';
import { parseIntOrPercent, podsOf } from './fenceposts';

/** `spec` of the PodDisruptionBudget that we create. */
export interface DisruptionBudgetSpec {
  readonly maxUnavailable: 1;
  readonly unhealthyPodEvictionPolicy: 'AlwaysAllow';
  readonly selector: LabelSelector;
}

/**
 * A budget that lets node drains through, one pod at a time: `maxUnavailable: 1` never comes to 0 with any number of replicas, as
 * `minAvailable` does; `AlwaysAllow` (on since 1.27) keeps pods that are broken already from blocking a drain.
 *
 * @param selector Of the workload's pods; a second budget on the same pods makes every eviction fail.
 * @see https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
 *
 * @example
 * disruptionBudgetSpec({ matchLabels: { app: 'web' } }).maxUnavailable; // => 1
 */
export function disruptionBudgetSpec(selector: LabelSelector): DisruptionBudgetSpec {
  return { maxUnavailable: 1, selector, unhealthyPodEvictionPolicy: 'AlwaysAllow' };
}

/**
 * How many pods may be evicted while all replicas are healthy: ceil(maxUnavailable), or replicas - ceil(minAvailable); both percentages
 * round up. 0 means that no drain ever finishes.
 *
 * @param replicas A whole number >= 0.
 * @param budget A budget's `spec`.
 * @returns Pods, 0..replicas; undefined where neither or both are set, or one cannot be read.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.32.10/pkg/controller/disruption/disruption.go getExpectedPodCount
 *
 * @example
 * disruptionsAllowed(3, { maxUnavailable: '1%' }); // => 1
 * disruptionsAllowed(3, { minAvailable: '99%' }); // => 0
 */
export function disruptionsAllowed(
  replicas: number,
  budget: Pick<NonNullable<DisruptionBudget['spec']>, 'minAvailable' | 'maxUnavailable'>,
): number | undefined {
  const most = parseIntOrPercent(budget.maxUnavailable);
  const least = parseIntOrPercent(budget.minAvailable);
  if (isSaid(budget.maxUnavailable) === isSaid(budget.minAvailable)) return undefined;
  if (most) return Math.min(replicas, podsOf(most, replicas, 'up'));
  if (least) return Math.max(0, replicas - podsOf(least, replicas, 'up'));
  return undefined;
}

/** An absent field and null are the same to Kubernetes. */
function isSaid(bound: unknown): boolean {
  return (bound ?? undefined) !== undefined;
}
