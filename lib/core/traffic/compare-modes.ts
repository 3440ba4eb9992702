import type { RolloutContext } from '../manifest/inventory';
import { fullNameOf } from '../manifest/name-of';
import type { Autoscaler, Workload } from '../manifest/types';
import { FACTS } from '../plan/option-shapes';
import type { GracefulOptions } from '../plan/options';
import { planRollout } from '../plan/plan-rollout';
import type { RolloutPlan, RoutePlan } from '../plan/rollout-plan';
import { soundObject } from '../plan/sound-options';
import { PlanRefusedError, Problem, shown } from '../problem';
import { PROFILE_IDS, tryFindProfile } from './find-profile';
import type { BalancerMode, ModeProfile, ProviderProfile } from './profile';
import { recommendMode, Recommendation } from './recommend-mode';

/** What the choice of a mode depends on beside the rollout's own options. */
export interface ComparisonFacts {
  /** Id of a provider's profile. */
  readonly provider: string;
  /** The application has to see its clients' addresses. @default false */
  readonly keepsSourceAddress?: boolean;
  /** Nodes that may become targets, 1 to 100,000. @default - not known: limits on nodes are not checked */
  readonly nodes?: number;
  /** Services with a load balancer in the cluster, 1 to 100,000. @default - not known: the limit of load balancers a node is not checked */
  readonly loadBalancers?: number;
}

/** One mode, as its plan makes it. */
export interface ModeColumn {
  readonly mode: BalancerMode;
  readonly targets: ModeProfile['targets'];
  /** Targets at most at any time, those of ending pods included. @default - not known */
  readonly targetsAtMost?: number;
  /** The provider's limit that this mode goes beyond, in words. @default - none that is known */
  readonly quotaExceeded?: string;
  readonly sourceAddress: ModeProfile['sourceAddress'];
  /** The way through kube-proxy: a second node at worst. */
  readonly extraHop: 'none' | 'same-node' | 'second-node';
  /** What a roll does to open connections in the load balancer, with the plan applied. */
  readonly rollCuts: RollCuts;
  /** Seconds. @default - the mode is refused */
  readonly times?: ModeTimes;
  /** Why there is no plan; empty where there is one. */
  readonly refused: readonly Problem[];
}

/**
 * `nothing`: no target is removed, or its connections live on. `after-drain`: only what outlasts the drain, and as that is at least
 * the grace period, the pod is gone by then. `at-once`: all that is open when a target is removed. `not-known`: the mode is refused.
 */
export type RollCuts = 'nothing' | 'after-drain' | 'at-once' | 'not-known';

/** The times of a plan that differ from mode to mode, in seconds. */
export interface ModeTimes {
  readonly preStopWaitSeconds: number;
  readonly terminationGracePeriodSeconds: number;
  readonly minReadySeconds: number;
  /** Drain of the load balancer. @default - none is needed, or there is no such setting */
  readonly drainSeconds?: number;
}

/** The modes of one load balancer beside each other, and the one to take. */
export interface ModeComparison {
  readonly provider: string;
  /** What the provider's quota says. @default - nothing known */
  readonly quota?: string;
  readonly columns: readonly ModeColumn[];
  readonly recommendation: Recommendation;
}

const MODES: readonly BalancerMode[] = ['cluster', 'local', 'eni'];
const HOPS = { cluster: 'second-node', local: 'same-node', eni: 'none' } as const;

/**
 * Plans the same workload in each mode of a load balancer, and sets the plans beside each other.
 *
 * @param options As for `planRollout`; the first entry of `traffic` gives the delay and the health check where the author knows them.
 * @param autoscaler What sets the workload's number of replicas, and with it the targets. Default: nothing that stands in a manifest.
 * @throws {PlanRefusedError} If no profile has the id, or another fact is wrong. A mode whose plan is refused is a column that says why.
 *
 * @example
 * const workload = { kind: 'Deployment', spec: { template: { spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } } };
 * compareModes({ longestRequestSeconds: 20 }, workload, { provider: 'alibaba-clb' }).recommendation.mode; // => 'eni'
 */
export function compareModes(
  options: GracefulOptions, workload: Workload, facts: ComparisonFacts, autoscaler?: Autoscaler,
): ModeComparison {
  const profile = profileOf(facts, fullNameOf(workload));
  const columns = MODES.flatMap((mode) => {
    const modeProfile = profile.modes[mode];
    const outcome = modeProfile && outcomeOf(mode, options, { workload, autoscaler }, facts);
    return outcome ? [columnOf(mode, modeProfile, { profile, facts, outcome })] : [];
  });
  return { provider: facts.provider, quota: profile.quota, columns, recommendation: recommendMode(columns, facts) };
}

/** The provider's profile, once all facts are sound. */
function profileOf(facts: ComparisonFacts, workload: string): ProviderProfile {
  const problems: Problem[] = [];
  const sound = soundObject(FACTS, facts, 'facts', problems);
  const profile = tryFindProfile(sound?.provider as string);
  if (sound && !profile) problems.push(unknownProvider(facts));
  if (!profile || problems.length > 0) throw new PlanRefusedError(workload, problems);
  return profile;
}

type Outcome = { readonly plan: RolloutPlan } | { readonly problems: readonly Problem[] };

type Compared = Pick<RolloutContext, 'workload' | 'autoscaler'>;

function outcomeOf(mode: BalancerMode, options: GracefulOptions, compared: Compared, { provider }: ComparisonFacts): Outcome {
  const service = compared.workload.metadata?.name ?? 'web';
  const entry = options.traffic?.[0];
  // In Cluster mode a roll changes no target: how late the load balancer follows, where told of another mode, holds nothing up.
  const late = mode === 'cluster' && entry?.mode !== 'cluster' ? { delaySeconds: undefined, registrationSeconds: undefined } : {};
  const traffic = [{ service, ...entry, ...late, mode, provider }];
  try {
    return { plan: planRollout({ ...options, traffic }, { ...compared, services: [], ingresses: [], disruptionBudgets: [] }) };
  } catch (error) {
    if (error instanceof PlanRefusedError) return { problems: error.problems };
    throw error;
  }
}

interface Given {
  readonly profile: ProviderProfile;
  readonly facts: ComparisonFacts;
  readonly outcome: Outcome;
}

function columnOf(mode: BalancerMode, { targets, sourceAddress }: ModeProfile, { profile, facts, outcome }: Given): ModeColumn {
  const plan = 'plan' in outcome ? outcome.plan : undefined;
  const targetsAtMost = countTargets(targets, facts.nodes, plan);
  return {
    mode, targets, targetsAtMost, sourceAddress, extraHop: HOPS[mode],
    quotaExceeded: quotaExceeded(targets, targetsAtMost, { profile, facts }),
    rollCuts: plan ? rollCuts(mode, plan.routes[0]) : 'not-known',
    times: plan && timesOf(plan),
    refused: 'problems' in outcome ? outcome.problems : [],
  };
}

function timesOf({ shutdown, pace, routes: [route] }: RolloutPlan): ModeTimes {
  return {
    preStopWaitSeconds: shutdown.wait.value,
    terminationGracePeriodSeconds: shutdown.terminationGracePeriodSeconds.value,
    minReadySeconds: pace.minReadySeconds.value,
    drainSeconds: route.drain?.value,
  };
}

/** A roll changes pods, never nodes: in Cluster mode it removes no target, whatever a removal would do. */
function rollCuts(mode: BalancerMode, { removed }: RoutePlan): RollCuts {
  if (mode === 'cluster' || removed === 'nothing' || removed === 'lives-with-pod') return 'nothing';
  return removed === 'cut-after-drain' ? 'after-drain' : 'at-once';
}

/** Pods that end still count: a load balancer may hold them until they are gone. */
function countTargets(targets: ModeProfile['targets'], nodes: number | undefined, plan: RolloutPlan | undefined): number | undefined {
  const pods = plan && Math.max(...plan.pace.at.map(({ existingPods }) => existingPods));
  if (targets === 'pods') return pods;
  return targets === 'nodes' || nodes === undefined || pods === undefined ? nodes : Math.min(nodes, pods);
}

function quotaExceeded(
  targets: ModeProfile['targets'], targetsAtMost: number | undefined, { profile, facts }: Pick<Given, 'profile' | 'facts'>,
): string | undefined {
  const { loadBalancersPerNode, targetsPerLoadBalancer } = profile.limits ?? {};
  if (targets === 'nodes' && loadBalancersPerNode !== undefined && (facts.loadBalancers ?? 0) > loadBalancersPerNode) {
    return `${facts.loadBalancers} load balancers on each node, of at most ${loadBalancersPerNode}`;
  }
  if (targetsPerLoadBalancer !== undefined && (targetsAtMost ?? 0) > targetsPerLoadBalancer) {
    return `${targetsAtMost} targets, of at most ${targetsPerLoadBalancer}`;
  }
  return undefined;
}

function unknownProvider({ provider }: ComparisonFacts): Problem {
  return {
    id: 'unknown-provider', field: 'facts.provider', wanted: `one of ${PROFILE_IDS.join(', ')}`, found: shown(provider),
    remedy: 'For any other load balancer, give \'generic\' with delaySeconds and what you know of its health check.',
  };
}
