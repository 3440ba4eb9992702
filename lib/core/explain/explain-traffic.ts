import { inNamespace } from '../manifest/name-of';
import type { RolloutPlan, RoutePlan } from '../plan/rollout-plan';
import { hanging } from './text';

const TARGETS = {
  'pods': 'pods as targets', 'nodes': 'nodes as targets', 'nodes-with-a-pod': 'nodes that host a pod as targets', 'none': '',
};
const MODES = { 'in-cluster': 'inside the cluster', 'ingress': 'through an ingress', 'cluster': '', 'local': '', 'eni': '' };
const ADDRESS = {
  kept: 'the application sees the clients\' addresses',
  lost: 'the application does not see the clients\' addresses',
  depends: 'whether the application sees the clients\' addresses depends on the way there',
};

/** The workload and how clients reach it, as lines: one where there is one Service. */
export function explainHeader({ workload, namespace, routes }: RolloutPlan): readonly string[] {
  const [only, ...others] = routes;
  const name = inNamespace(workload, namespace);
  if (!only) return [`${name}, which no known Service leads to`];
  if (others.length === 0) return hanging('', `${name} behind ${wayIn(only)}`);
  return [`${name} behind`, ...routes.flatMap((route) => hanging('  ', wayIn(route)))];
}

function wayIn(route: RoutePlan): string {
  const words = [route.provider, TARGETS[route.targets], MODES[route.mode]].filter(Boolean).join(', ');
  return `Service/${route.service}${words && ` (${words})`}`;
}

/** What each load balancer is told, and what it means, as lines; none where no load balancer is involved. */
export function explainTraffic({ routes }: RolloutPlan): readonly string[] {
  return routes.filter((route) => route.targets !== 'none').flatMap((route) => [
    `Service/${route.service}:`,
    ...hanging('  ', `${removalText(route)}; ${ADDRESS[route.sourceAddress]}`),
    ...settings(route).flatMap(([field, value]) => hanging('  ', `${field}: ${value}`)),
    ...route.quota === undefined ? [] : hanging('  ', `quota: ${route.quota}`),
  ]);
}

function removalText({ removed, drain, targets }: RoutePlan): string {
  const target = targets === 'pods' ? 'a removed pod' : 'a removed node';
  if (removed === 'cut-after-drain') return `${target} keeps its open connections for ${drain?.value ?? 0} s`;
  if (removed === 'cut-at-once') return `${target} loses its open connections at once`;
  return removed === 'lives-with-pod' ? `${target} keeps its open connections for as long as the pod lives` : 'nothing is cut';
}

function settings(route: RoutePlan): readonly (readonly [string, string | undefined])[] {
  return [
    ['loadBalancerClass', route.loadBalancerClass] as const,
    ['externalTrafficPolicy', route.externalTrafficPolicy] as const,
    ['readiness gate of the pods', route.readinessGate] as const,
    ...Object.entries(route.annotations),
  ].filter(([, value]) => value !== undefined);
}
