import { disruptionsAllowed } from '../budget/disruption';
import { nameOf } from '../manifest/name-of';
import { replicaRange } from '../manifest/replica-range';
import type { Problem } from '../problem';
import type { ToldContext } from './told-autoscaler';

/** What stands around a workload and can be, but should not: reckoned with its numbers, which must have been checked. */
export function adviseContext(context: ToldContext, hasTraffic: boolean, warnings: Problem[]): void {
  const [replicas] = replicaRange(context);
  const isBlocked = adviseBudgets(context, replicas, warnings);
  if (hasTraffic && replicas === 1 && !isBlocked) warnings.push(singleReplica(context));
}

/** A budget that allows nothing blocks every drain. Is there one? */
function adviseBudgets({ disruptionBudgets }: ToldContext, replicas: number, warnings: Problem[]): boolean {
  let isBlocked = false;
  for (const { metadata, spec } of disruptionBudgets) {
    if (replicas === 0 || !spec || disruptionsAllowed(replicas, spec) !== 0) continue;
    isBlocked = true;
    warnings.push({
      id: 'budget-allows-none', field: `PodDisruptionBudget/${metadata?.name}`, found: 'one that allows none',
      wanted: `one that allows an eviction while all ${replicas} replicas are healthy`, remedy: 'Use maxUnavailable: 1, or drains of nodes wait for ever.',
    });
  }
  return isBlocked;
}

/** A rollout makes a second pod first; an eviction does not, whatever a disruption budget says. */
function singleReplica({ autoscaler, isTold }: ToldContext): Problem {
  const manifest = autoscaler ? `least replicas of ${nameOf(autoscaler)}` : 'spec.replicas';
  return {
    id: 'single-replica', field: isTold ? 'autoscaler.minReplicas' : manifest, found: '1', wanted: 'at least 2, so that a drained node or an eviction leaves a pod that serves',
    remedy: 'A rollout is served by its surge; an eviction ends the only pod before another has come, and a disruption budget could only forbid it.',
  };
}
