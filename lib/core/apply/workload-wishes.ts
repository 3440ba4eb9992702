import { parseIntOrPercent } from '../budget/fenceposts';
import type { Figure } from '../figure';
import type { Container, Workload } from '../manifest/types';
import type { RolloutPlan } from '../plan/rollout-plan';
import type { Wish } from './patch';

const POD = ['spec', 'template', 'spec'] as const;
const PROBES = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;

/** What a plan wishes of its workload. Only fields with a wish are ever written. */
export function workloadWishes(workload: Workload, plan: RolloutPlan): readonly Wish[] {
  const pod = [...podWishes(workload, plan), ...shutdownWishes(workload, plan)];
  const wishes = [...deploymentWishes(workload, plan), ...pod, ...probeWishes(plan)];
  return Object.keys(plan.kept).length === 0 ? wishes : wishes.filter((wish) => !(lastField(wish) in plan.kept));
}

/** Whether a field is kept is asked by its own name, wherever it stands. */
function lastField({ path }: Wish): string {
  const last = path[path.length - 1];
  if (typeof last === 'number') return String(path[path.length - 2]);
  return path.includes('affinity') ? 'affinity' : last;
}

function deploymentWishes(workload: Workload, { pace }: RolloutPlan): Wish[] {
  const strategy = ['spec', 'strategy', 'rollingUpdate'];
  const wishes: Wish[] = [{ path: [...strategy, 'maxSurge'], value: pace.maxSurge, reason: () => `${pace.at[0].surge} more pods at a time` }];
  // Two spellings of none are no reason to touch a manifest.
  if (!bothZero(workload.spec?.strategy?.rollingUpdate?.maxUnavailable, pace.maxUnavailable)) {
    wishes.push({ path: [...strategy, 'maxUnavailable'], value: pace.maxUnavailable, reason: () => reasonOfMissing(pace) });
  }
  if (pace.minReadySeconds.value > 0) {
    wishes.push({ path: ['spec', 'minReadySeconds'], value: pace.minReadySeconds.value, reason: because(pace.minReadySeconds) });
  }
  if (pace.progressDeadlineSeconds) {
    wishes.push({ path: ['spec', 'progressDeadlineSeconds'], value: pace.progressDeadlineSeconds.value, reason: because(pace.progressDeadlineSeconds) });
  }
  return wishes;
}

function reasonOfMissing({ at }: RolloutPlan['pace']): string {
  const most = Math.max(...at.map(({ unavailable }) => unavailable));
  return most === 0 ? 'no pod goes before another has come' : `${most} pods may be missing at a time`;
}

function bothZero(a: unknown, b: unknown): boolean {
  return parseIntOrPercent(a)?.value === 0 && parseIntOrPercent(b)?.value === 0;
}

function because(figure: Figure): () => string {
  return () => figure.parts.map((part) => `${part.value} s ${part.label}`).join(' + ') || figure.formula;
}

function podWishes(workload: Workload, { disruption, routes }: RolloutPlan): Wish[] {
  const spec = workload.spec?.template?.spec ?? {};
  const wishes: Wish[] = [];
  const gates = spec.readinessGates ?? [];
  const missing = routes.flatMap((route) => route.readinessGate ?? []).filter((gate) => !gates.some((one) => one.conditionType === gate));
  if (missing.length > 0) {
    const value = [...gates, ...missing.map((conditionType) => ({ conditionType }))];
    wishes.push({ path: [...POD, 'readinessGates'], value, reason: 'a pod counts once the load balancer knows it' });
  }
  if (disruption.topologySpreadConstraint) {
    wishes.push({ path: [...POD, 'topologySpreadConstraints'], value: [disruption.topologySpreadConstraint], reason: 'no node holds more of a version than it has to' });
  }
  return [...wishes, ...affinityWishes(spec.affinity?.nodeAffinity as NodeAffinity | undefined, disruption)];
}

interface NodeAffinity {
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly unknown[];
  readonly requiredDuringSchedulingIgnoredDuringExecution?: {
    readonly nodeSelectorTerms?: readonly { readonly matchExpressions?: readonly unknown[] }[];
  };
}

function affinityWishes(standing: NodeAffinity | undefined, { preferredNodeAffinity, requiredNodeAffinity }: RolloutPlan['disruption']): Wish[] {
  const path = [...POD, 'affinity', 'nodeAffinity'];
  const reason = 'the pods belong on the labelled nodes';
  const has = (list: readonly unknown[] | undefined, term: unknown) => list?.some((one) => JSON.stringify(one) === JSON.stringify(term));
  if (preferredNodeAffinity) {
    const preferred = standing?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
    if (has(preferred, preferredNodeAffinity)) return [];
    return [{ path: [...path, 'preferredDuringSchedulingIgnoredDuringExecution'], value: [...preferred, preferredNodeAffinity], reason }];
  }
  if (!requiredNodeAffinity) return [];
  // Terms are alternatives, so the label has to be asked for in each.
  const wanted = requiredNodeAffinity.matchExpressions as readonly unknown[];
  const terms = standing?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [{}];
  const value = terms.map((term) => {
    const missing = wanted.filter((one) => !has(term.matchExpressions, one));
    return missing.length === 0 ? term : { ...term, matchExpressions: [...term.matchExpressions ?? [], ...missing] };
  });
  return [{ path: [...path, 'requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms'], value, reason }];
}

function shutdownWishes(workload: Workload, { shutdown }: RolloutPlan): Wish[] {
  const grace = shutdown.terminationGracePeriodSeconds;
  const wishes: Wish[] = [{ path: [...POD, 'terminationGracePeriodSeconds'], value: grace.value, reason: because(grace) }];
  for (const { at, preStop, wait } of shutdown.containers) {
    const standing: Container | undefined = at && workload.spec?.template?.spec?.[at.list]?.[at.index];
    if (at && preStop && preStop !== standing?.lifecycle?.preStop) {
      wishes.push({ path: [...POD, at.list, at.index, 'lifecycle', 'preStop'], value: preStop, reason: because(wait) });
    }
  }
  return wishes;
}

function probeWishes({ startup }: RolloutPlan): Wish[] {
  const wishes: Wish[] = [];
  for (const { at, ...probes } of startup.containers) {
    for (const kind of PROBES) {
      const planned = probes[kind];
      if (planned) wishes.push({ path: [...POD, at.list, at.index, kind], value: planned.probe, reason: planned.reason });
    }
  }
  return wishes;
}
