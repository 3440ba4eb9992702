import { largestOf, sumOf } from '../../../lib/core/figure';
import type { Figure, Part } from '../../../lib/core/figure';
import type { ContainerShutdown, PaceAt, RolloutPlan, RoutePlan } from '../../../lib/core/plan/rollout-plan';

const part = (label: string, value: number, source = 'ours'): Part => ({ label, value, source });

export const CLB_DELAY = sumOf('controller + load balancer', [
  part('controller sees the change', 2, 'ours: watch and queue; three Services are reconciled at a time'),
  part('update in flight', 4, 'vgroups.go: one reconcile adds, deletes and updates'),
  part('update that removes the target', 4, 'vgroups.go: synchronous API calls'),
]);

/** A load balancer with pods as targets, as alibaba-clb is. */
export function aRoute(changes: Partial<RoutePlan> = {}): RoutePlan {
  return {
    service: 'public', mode: 'eni', provider: 'alibaba-clb', delay: CLB_DELAY,
    arrival: sumOf('health check', [part('3 health checks, 2 s apart', 6)]),
    drain: sumOf('at least the grace period', [part('grace period', 47, 'a removed pod may use its whole grace')]),
    removed: 'cut-after-drain',
    annotations: { 'drain-seconds': '47' }, readinessGate: 'gate/public', sourceAddress: 'kept', targets: 'pods', ...changes,
  };
}

/** Reached through kube-proxy alone. */
export function anInClusterRoute(service = 'web'): RoutePlan {
  return {
    service, mode: 'in-cluster', delay: sumOf('kube-proxy', [part('kube-proxy on every node follows', 5)]), arrival: sumOf('nothing', []),
    removed: 'nothing', annotations: {}, sourceAddress: 'kept', targets: 'none',
  };
}

/** Waits 12 s, then drains for 30 s. */
export function aContainer(changes: Partial<ContainerShutdown> = {}): ContainerShutdown {
  return {
    name: 'web', role: 'serves', onSigterm: 'drains', at: { list: 'containers', index: 0 }, preStop: { sleep: { seconds: 12 } },
    wait: sumOf('delay + wait margin', [...CLB_DELAY.parts, part('wait margin', 2)]),
    drain: sumOf('close notice + what is in flight', [
      part('close notice', 10, 'ours: the default of closeNoticeSeconds'), part('longest request', 20, 'author: longestRequestSeconds'),
    ]),
    ...changes,
  };
}

const unsaid = (formula: string, value: number) => sumOf(formula, [part(formula, value)]);

export function aPace(changes: Partial<PaceAt> = {}): PaceAt {
  return {
    replicas: 3, surge: 1, unavailable: 0, waves: 3, rolledOut: { atLeastSeconds: 18 }, lastPodGone: { atLeastSeconds: 30 },
    servingPods: 4, existingPods: 6,
    figures: {
      surge: unsaid('surge', 1), unavailable: unsaid('unavailable', 0), waves: unsaid('replicas / surge', 3),
      rolledOut: { atLeastSeconds: unsaid('waves x minReadySeconds', 18), atMostSeconds: unsaid('waves x slowest', 99) },
      lastPodGone: { atLeastSeconds: unsaid('waves x minReadySeconds + wait', 30) },
      servingPods: unsaid('replicas + surge', 4), existingPods: unsaid('2 x replicas', 6),
    },
    ...changes,
  };
}

type Changes = Partial<Omit<RolloutPlan, 'shutdown'>> & { containers?: readonly ContainerShutdown[]; keptGraceSeconds?: number };

/** A plan by hand, its grace period the sum of its containers: one CLB route and one container unless told otherwise. */
export function aPlan(changes: Changes = {}): RolloutPlan {
  const { containers = [aContainer()], keptGraceSeconds, ...rest } = changes;
  const routes = rest.routes ?? [aRoute()];
  return {
    workload: 'Deployment/web', routes, shutdown: shutdownOf(containers, keptGraceSeconds), startup: { containers: [] },
    pace: {
      maxSurge: 1, maxUnavailable: 0, scaled: false, at: [aPace()],
      minReadySeconds: sumOf('arrival', [...routes[0]?.arrival.parts ?? []]),
    },
    disruption: {}, ceilings: [], kept: {}, warnings: [], ...rest,
  };
}

function shutdownOf(containers: readonly ContainerShutdown[], keptGraceSeconds?: number): RolloutPlan['shutdown'] {
  const main = containers.filter(({ role }) => role !== 'sidecar').sort((a, b) => lifeOf(b) - lifeOf(a));
  const servers = main.filter(({ role }) => role === 'serves');
  const sidecars = containers.filter(({ role }) => role === 'sidecar').flatMap(({ drain }) => drain.parts);
  const nothing: Figure = sumOf('nothing serves', []);
  const longest = largestOf([
    sumOf('', [...main[0]?.wait.parts ?? [], ...main[0]?.drain.parts ?? []]), ...containers.filter(({ role }) => role === 'sidecar').map(({ wait }) => wait),
  ]);
  const sum = sumOf('preStop wait + drain + margin', [...longest.parts, ...sidecars, part('margin', 5, 'ours: the kubelet counts whole seconds')]);
  return {
    containers, wait: servers[0]?.wait ?? nothing, drain: servers[0]?.drain ?? nothing,
    terminationGracePeriodSeconds: keptGraceSeconds === undefined ? sum
      : sumOf(sum.formula, [...sum.parts, part('shorter grace', keptGraceSeconds - sum.value, 'manifest: kube-graceful/keep.terminationGracePeriodSeconds')]),
  };
}

function lifeOf({ wait, drain }: ContainerShutdown): number {
  return wait.value + drain.value;
}
