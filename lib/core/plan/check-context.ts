import type { RolloutContext } from '../manifest/inventory';
import { nameOf } from '../manifest/name-of';
import type { PodSpec } from '../manifest/types';
import { Problem, shown } from '../problem';
import { checkServicePorts } from './check-service-ports';
import type { ToldContext } from './told-autoscaler';

/** What stands around a workload and cannot be, whatever its numbers are. */
export function checkContext(context: ToldContext, pod: PodSpec, problems: Problem[]): void {
  for (const service of context.services) checkServicePorts(service, pod, problems);
  checkBudgets(context, problems);
  checkReplicas(context, problems);
}

/** Two budgets for one pod make its eviction an error of the API server. */
function checkBudgets({ disruptionBudgets }: RolloutContext, problems: Problem[]): void {
  if (disruptionBudgets.length < 2) return;
  problems.push({
    id: 'two-disruption-budgets', field: 'PodDisruptionBudget', wanted: 'one for these pods: with several, no pod can be evicted at all',
    found: disruptionBudgets.map(({ metadata }) => `PodDisruptionBudget/${metadata?.name}`).join(' and '),
    remedy: 'Remove all but one; the one of a GracefulDeployment goes with disruptionBudget: false.',
  });
}

/** Each `kubectl apply` of a fixed number undoes what the autoscaler has made of it. */
function checkReplicas({ workload, autoscaler, isTold }: ToldContext, problems: Problem[]): void {
  const said = workload.spec?.replicas ?? undefined;
  if (!autoscaler || said === undefined) return;
  problems.push({
    id: 'replicas-beside-autoscaler', field: 'spec.replicas', found: shown(said),
    wanted: `absent, as ${isTold ? 'the option autoscaler says' : `${nameOf(autoscaler)} owns`} the number of replicas`,
    remedy: 'Remove it; on a live Deployment that has it, first give the field up, else it drops to 1 once: where a client applies, by kubectl apply '
      + 'edit-last-applied; where the API server does (as with Pulumi), apply the live number alone by kubectl apply --server-side --field-manager=handover.',
  });
}
