import { disruptionsAllowed } from '../budget/disruption';
import type { RolloutContext } from '../manifest/inventory';
import { nameOf } from '../manifest/name-of';
import { replicaRange } from '../manifest/replica-range';
import type { PodSpec, Service } from '../manifest/types';
import type { Problem } from '../problem';
import type { Findings } from './finish-routes';

/** What stands around a workload and cannot be: found before anything is planned. */
export function checkContext(context: RolloutContext, { problems, warnings }: Findings): void {
  const spec = context.workload.spec?.template?.spec ?? {};
  for (const service of context.services) checkPorts(service, spec, problems);
  checkBudgets(context, problems, warnings);
}

/** A port by name leads nowhere unless a container has that name; nothing refuses such a Service. */
function checkPorts(service: Service, spec: PodSpec, problems: Problem[]): void {
  const field = `spec.ports of Service/${service.metadata?.name}`;
  if (!service.spec?.ports?.length && service.spec?.clusterIP !== 'None') {
    problems.push({ id: 'missing-port', field, wanted: 'a list with at least one port', found: 'none', remedy: 'Say which port clients use.' });
  }
  for (const { port, targetPort } of service.spec?.ports ?? []) {
    if ((port ?? undefined) === undefined) problems.push({ id: 'missing-port', field, wanted: 'given a port each', found: 'one without', remedy: 'Say which port clients use.' });
    if (typeof targetPort !== 'string') continue;
    const names = namesOfPorts(spec);
    if (names.includes(targetPort)) continue;
    problems.push({
      id: 'missing-port', field, wanted: `a targetPort that a container has: ${names.length > 0 ? names.join(', ') : 'none has a name'}`, found: `'${targetPort}'`,
      remedy: 'Name the container\'s port so, or use its number.',
    });
  }
}

function namesOfPorts({ containers = [], initContainers = [] }: PodSpec): readonly string[] {
  const running = [...containers ?? [], ...(initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always')];
  return running.flatMap((container) => container.ports ?? []).flatMap(({ name }) => name ?? []);
}

/** A rollout makes a second pod first; an eviction does not, whatever a disruption budget says. */
export function adviseSingleReplica(context: RolloutContext, { warnings }: Findings): void {
  const [replicas] = replicaRange(context);
  if (replicas !== 1 || warnings.some(({ id }) => id === 'budget-allows-none')) return;
  const { autoscaler } = context;
  warnings.push({
    id: 'single-replica', field: autoscaler ? `least replicas of ${nameOf(autoscaler)}` : 'spec.replicas', found: '1',
    wanted: 'at least 2, so that a drained node or an eviction leaves a pod that serves',
    remedy: 'A rollout is served by its surge; an eviction ends the only pod before another has come, and a disruption budget could only forbid it.',
  });
}

/** Two budgets for one pod make its eviction an error of the API server; one that allows nothing blocks every drain. */
function checkBudgets(context: RolloutContext, problems: Problem[], warnings: Problem[]): void {
  const { disruptionBudgets } = context;
  const names = disruptionBudgets.map((budget) => `PodDisruptionBudget/${budget.metadata?.name}`);
  if (names.length > 1) {
    problems.push({
      id: 'two-disruption-budgets', field: 'PodDisruptionBudget', wanted: 'one for these pods: with several, no pod can be evicted at all', found: names.join(' and '),
      remedy: 'Remove all but one; the one of a GracefulDeployment goes with disruptionBudget: false.',
    });
  }
  const [replicas] = replicaRange(context);
  for (const [index, budget] of disruptionBudgets.entries()) {
    if (replicas > 0 && budget.spec && disruptionsAllowed(replicas, budget.spec) === 0) {
      warnings.push({
        id: 'budget-allows-none', field: names[index], wanted: `one that allows an eviction while all ${replicas} replicas are healthy`, found: 'one that allows none',
        remedy: 'Use maxUnavailable: 1, or drains of nodes wait for ever.',
      });
    }
  }
}
