import { parseIntOrPercent } from '../budget/fenceposts';
import type { RolloutContext } from '../manifest/inventory';
import type { Container, Probe } from '../manifest/types';
import { Problem, shown } from '../problem';

/** Of Kubernetes' int32 fields. */
const INT32_MAX = 2_147_483_647;
const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;
const TIMES = ['initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold', 'terminationGracePeriodSeconds'] as const;

/**
 * Everything that a plan reckons with must be a number as every API server takes it; with anything else there is nothing to plan.
 * An absent field and `null` are the same to Kubernetes.
 */
export function checkNumbers({ workload, services, autoscaler, disruptionBudgets }: RolloutContext, problems: Problem[]): void {
  const { spec } = workload;
  const pod = spec?.template?.spec;
  if (!Array.isArray(pod?.containers) || pod.containers.length === 0) {
    problems.push({ id: 'no-containers', field: 'spec.template.spec.containers', wanted: 'a list with at least one container', found: 'none', remedy: 'Add a container.' });
    return;
  }
  checkWhole(spec?.replicas, 'spec.replicas', problems);
  checkWhole(spec?.minReadySeconds, 'spec.minReadySeconds', problems);
  checkWhole(spec?.progressDeadlineSeconds, 'spec.progressDeadlineSeconds', problems);
  checkShare(spec?.strategy?.rollingUpdate?.maxSurge, 'spec.strategy.rollingUpdate.maxSurge', problems);
  checkShare(spec?.strategy?.rollingUpdate?.maxUnavailable, 'spec.strategy.rollingUpdate.maxUnavailable', problems);
  checkWhole(pod.terminationGracePeriodSeconds, 'terminationGracePeriodSeconds', problems);
  for (const container of pod.containers) checkContainer(container, problems);
  for (const container of pod.initContainers ?? []) checkContainer(container, problems);
  for (const { metadata, spec: service } of services) {
    for (const { port } of service?.ports ?? []) checkWhole(port, `spec.ports.port of Service/${metadata?.name}`, problems, 1, 65535);
  }
  for (const bound of ['minReplicas', 'maxReplicas', 'minReplicaCount', 'maxReplicaCount'] as const) {
    checkWhole(autoscaler?.spec?.[bound], `spec.${bound} of ${autoscaler?.kind}/${autoscaler?.metadata?.name}`, problems);
  }
  for (const { metadata, spec: budget } of disruptionBudgets) {
    checkShare(budget?.minAvailable, `spec.minAvailable of PodDisruptionBudget/${metadata?.name}`, problems);
    checkShare(budget?.maxUnavailable, `spec.maxUnavailable of PodDisruptionBudget/${metadata?.name}`, problems);
  }
}

function checkContainer(container: Container, problems: Problem[]): void {
  for (const { containerPort } of container.ports ?? []) checkWhole(containerPort, `ports.containerPort of container ${container.name}`, problems, 1, 65535);
  checkWhole(container.lifecycle?.preStop?.sleep?.seconds, `lifecycle.preStop.sleep.seconds of container ${container.name}`, problems);
  for (const kind of PROBES) {
    const probe: Probe | null | undefined = container[kind];
    if (!probe) continue;
    for (const time of TIMES) checkWhole(probe[time], `${kind}.${time} of container ${container.name}`, problems);
  }
}

function checkWhole(value: unknown, field: string, problems: Problem[], least = 0, most = INT32_MAX): void {
  if (value === undefined || value === null || typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return;
  problems.push({
    id: 'wrong-number', field, wanted: `a whole number from ${least} to ${most}`, found: shown(value),
    remedy: typeof value === 'string' ? 'Write it without quotes.' : 'Correct the manifest.',
  });
}

function checkShare(value: unknown, field: string, problems: Problem[]): void {
  if (value === undefined || value === null || (parseIntOrPercent(value)?.value ?? NaN) <= INT32_MAX) return;
  problems.push({
    id: 'wrong-number', field, wanted: 'a whole number >= 0, or a percentage such as \'25%\'', found: shown(value),
    remedy: typeof value === 'string' && value !== '' && !Number.isNaN(Number(value)) ? 'Write it without quotes.' : 'Correct the manifest.',
  });
}
