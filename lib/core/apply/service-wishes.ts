import type { Service } from '../manifest/types';
import { KEEP_ANNOTATION } from '../plan/kept-fields';
import type { RolloutPlan, RoutePlan } from '../plan/rollout-plan';
import { tryFindProfile } from '../traffic/find-profile';
import type { BalancerMode } from '../traffic/profile';
import type { Wish } from './patch';

/** What a plan wishes of one of its Services; nothing of any other. */
export function serviceWishes(service: Service, plan: RolloutPlan): readonly Wish[] {
  const route = plan.routes.find((one) => one.service === service.metadata?.name);
  if (!route) return [];
  const existing = service.metadata?.annotations ?? {};
  const wishes = wishesOf(route, existing);
  return hasKept(existing) ? wishes.filter(({ path }) => !(`${KEEP_ANNOTATION}${path[1]}` in existing)) : wishes;
}

const POLICY_REASONS = { Local: 'nodes send clients to their own pods only', Cluster: 'each node sends clients to any pod' } as const;

function wishesOf(route: RoutePlan, existing: Annotations): Wish[] {
  const annotations: Annotations = { ...route.annotations, ...longerDrain(route, existing) };
  const reason = () => `${route.provider}, mode ${route.mode}${route.drain ? `; drain ${route.drain.value} s` : ''}`;
  const wishes: Wish[] = [];
  for (const key in annotations) wishes.push({ path: ['metadata', 'annotations', key], value: annotations[key], reason });
  if (route.loadBalancerClass !== undefined) {
    wishes.push({ path: ['spec', 'loadBalancerClass'], value: route.loadBalancerClass, reason: `the class of ${route.provider}` });
  }
  if (route.externalTrafficPolicy !== undefined) {
    wishes.push({ path: ['spec', 'externalTrafficPolicy'], value: route.externalTrafficPolicy, reason: POLICY_REASONS[route.externalTrafficPolicy] });
  }
  return wishes;
}

function hasKept(existing: Annotations): boolean {
  for (const key in existing) if (key.startsWith(KEEP_ANNOTATION)) return true;
  return false;
}

type Annotations = Readonly<Record<string, string>>;

/** Another workload behind the same Service may need a longer drain: what its plan has written is never lowered. */
function longerDrain({ provider, mode, drain }: RoutePlan, existing: Annotations): Annotations | undefined {
  const profile = provider === undefined ? undefined : tryFindProfile(provider)?.modes[mode as BalancerMode]?.drain;
  const standing = drain && profile?.read(existing);
  return standing !== undefined && standing > drain!.value ? profile!.annotations(standing, existing) : undefined;
}
