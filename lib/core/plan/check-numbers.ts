import { parseIntOrPercent } from '../budget/fenceposts';
import type { RolloutContext } from '../manifest/inventory';
import type { Autoscaler, Container, DisruptionBudget, Probe, Service } from '../manifest/types';
import { Problem, shown } from '../problem';

/** Of Kubernetes' int32 fields. */
const INT32_MAX = 2_147_483_647;
const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;
const BOUNDS = ['minReplicas', 'maxReplicas', 'minReplicaCount', 'maxReplicaCount'] as const;
const TIMES: ReadonlySet<string> = new Set([
  'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold', 'terminationGracePeriodSeconds',
] satisfies (keyof Probe)[]);

/**
 * Everything that a plan reckons with must be a number as every API server takes it; with anything else there is nothing to plan.
 * An absent field and `null` are the same to Kubernetes.
 */
export function checkNumbers({ workload, services, autoscaler, disruptionBudgets }: RolloutContext, problems: Problem[]): void {
  const { spec } = workload;
  const pod = spec?.template?.spec;
  const containers: readonly Container[] = Array.isArray(pod?.containers) ? pod.containers : [];
  if (containers.length === 0) {
    problems.push({ id: 'no-containers', field: 'spec.template.spec.containers', wanted: 'a list with at least one container', found: 'none', remedy: 'Add a container.' });
  }
  const rolling = spec?.strategy?.rollingUpdate;
  if (!isWhole(spec?.replicas)) problems.push(noNumber('spec.replicas', spec?.replicas));
  if (!isWhole(spec?.minReadySeconds)) problems.push(noNumber('spec.minReadySeconds', spec?.minReadySeconds));
  if (!isWhole(spec?.progressDeadlineSeconds)) problems.push(noNumber('spec.progressDeadlineSeconds', spec?.progressDeadlineSeconds));
  if (!isShare(rolling?.maxSurge)) problems.push(noShare('spec.strategy.rollingUpdate.maxSurge', rolling?.maxSurge));
  if (!isShare(rolling?.maxUnavailable)) problems.push(noShare('spec.strategy.rollingUpdate.maxUnavailable', rolling?.maxUnavailable));
  if (!isWhole(pod?.terminationGracePeriodSeconds)) problems.push(noNumber('terminationGracePeriodSeconds', pod?.terminationGracePeriodSeconds));
  for (const container of containers) checkContainer(container, problems);
  for (const container of pod?.initContainers ?? []) checkContainer(container, problems);
  for (const service of services) checkService(service, problems);
  if (autoscaler) checkAutoscaler(autoscaler, problems);
  for (const budget of disruptionBudgets) checkBudget(budget, problems);
}

function checkContainer(container: Container, problems: Problem[]): void {
  const { name, ports, lifecycle } = container;
  for (const { containerPort } of ports ?? []) {
    if ((containerPort ?? undefined) === undefined) {
      const field = `ports of container ${name}`;
      problems.push({ id: 'missing-port', field, wanted: 'given a containerPort each', found: 'one without', remedy: 'Say which port the application listens on.' });
    } else if (!isPort(containerPort)) problems.push(noPort(`ports.containerPort of container ${name}`, containerPort));
  }
  const seconds = lifecycle?.preStop?.sleep?.seconds;
  if (!isWhole(seconds)) problems.push(noNumber(`lifecycle.preStop.sleep.seconds of container ${name}`, seconds));
  for (const kind of PROBES) {
    const probe: Probe | null | undefined = container[kind];
    for (const field in probe) {
      const value = probe[field as keyof Probe];
      if (!TIMES.has(field)) continue;
      // Every API server takes 0 for the default, but refuses it here; what a readiness probe may not have at all is told elsewhere.
      const least = field === 'terminationGracePeriodSeconds' && kind !== 'readinessProbe' ? 1 : 0;
      if (!isWhole(value, least)) problems.push(noNumber(`${kind}.${field} of container ${name}`, value, `a whole number from ${least} to ${INT32_MAX}`));
    }
  }
}

function checkService({ metadata, spec }: Service, problems: Problem[]): void {
  for (const { port, targetPort } of spec?.ports ?? []) {
    if (!isPort(port)) problems.push(noPort(`spec.ports.port of Service/${metadata?.name}`, port));
    // 0 is the same as the port itself: the API server fills it in.
    if (typeof targetPort === 'number' && targetPort !== 0 && !isPort(targetPort)) problems.push(noPort(`spec.ports.targetPort of Service/${metadata?.name}`, targetPort));
  }
}

function checkAutoscaler({ kind, metadata, spec }: Autoscaler, problems: Problem[]): void {
  for (const bound of BOUNDS) if (!isWhole(spec?.[bound])) problems.push(noNumber(`spec.${bound} of ${kind}/${metadata?.name}`, spec?.[bound]));
  // KEDA has a default of its own.
  if (kind === 'HorizontalPodAutoscaler' && (spec?.maxReplicas ?? 0) === 0) problems.push(noMost(metadata?.name, spec?.maxReplicas));
  const [least, most] = kind === 'ScaledObject' ? ['minReplicaCount', 'maxReplicaCount'] as const : ['minReplicas', 'maxReplicas'] as const;
  if (Number(spec?.[least] ?? 0) <= Number(spec?.[most] ?? Infinity)) return;
  problems.push({
    id: 'contradicting-fields', field: `spec.${most} of ${kind}/${metadata?.name}`, wanted: `at least ${least}, which is ${shown(spec?.[least])}`, found: shown(spec?.[most]),
    remedy: 'Correct the manifest.',
  });
}

function checkBudget({ metadata, spec }: DisruptionBudget, problems: Problem[]): void {
  for (const field of ['minAvailable', 'maxUnavailable'] as const) {
    if (!isShareOfAll(spec?.[field])) problems.push(noShare(`spec.${field} of PodDisruptionBudget/${metadata?.name}`, spec?.[field], 'from \'0%\' to \'100%\''));
  }
  const { minAvailable, maxUnavailable } = spec ?? {};
  if ((minAvailable ?? undefined) === undefined || (maxUnavailable ?? undefined) === undefined) return;
  problems.push({
    id: 'contradicting-fields', field: `spec of PodDisruptionBudget/${metadata?.name}`, wanted: 'given minAvailable or maxUnavailable: every API server refuses both',
    found: shown({ minAvailable, maxUnavailable }), remedy: 'Keep maxUnavailable.',
  });
}

function isWhole(value: unknown, least = 0, most = INT32_MAX): boolean {
  return value === undefined || value === null || typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most;
}

function isPort(value: unknown): boolean {
  return isWhole(value, 1, 65535);
}

function isShare(value: unknown): boolean {
  return isWhole(value) || (parseIntOrPercent(value)?.value ?? NaN) <= INT32_MAX;
}

/** Of pods that are there, no more can be meant than all. */
function isShareOfAll(value: unknown): boolean {
  return isShare(value) && (typeof value !== 'string' || parseIntOrPercent(value)!.value <= 100);
}

function noNumber(field: string, value: unknown, wanted = `a whole number from 0 to ${INT32_MAX}`): Problem {
  return { id: 'wrong-number', field, wanted, found: shown(value), remedy: typeof value === 'string' ? 'Write it without quotes.' : 'Correct the manifest.' };
}

function noPort(field: string, value: unknown): Problem {
  return noNumber(field, value, 'a whole number from 1 to 65535');
}

function noMost(name: string | undefined, value: unknown): Problem {
  return { ...noNumber(`spec.maxReplicas of HorizontalPodAutoscaler/${name}`, value, `a whole number from 1 to ${INT32_MAX}`), found: value === 0 ? '0' : 'none' };
}

function noShare(field: string, value: unknown, percentage = 'such as \'25%\''): Problem {
  const quoted = typeof value === 'string' && value !== '' && !Number.isNaN(Number(value));
  return { ...noNumber(field, value, `a whole number >= 0, or a percentage ${percentage}`), remedy: quoted ? 'Write it without quotes.' : 'Correct the manifest.' };
}
