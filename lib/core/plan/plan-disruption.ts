import type { LabelSelector, PodSpec, Workload } from '../manifest/types';
import { Problem, shown } from '../problem';
import type { Findings } from './finish-routes';
import { minorOf } from './minor-of';
import type { GracefulOptions } from './options';
import type { DisruptionPlan, PacePlan } from './rollout-plan';

const HOSTNAME = 'kubernetes.io/hostname';

/**
 * Where the pods go. Spread over nodes as a wish, each version apart (`matchLabelKeys`): counting the old pods would push the
 * new ones to the wrong nodes. Nothing is required of the scheduler unless the author asks, as a surge pod that fits nowhere
 * stops the rollout.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function planDisruption(options: GracefulOptions, workload: Workload, pace: Pick<PacePlan, 'at'>, findings: Findings): DisruptionPlan {
  const spec = workload.spec?.template?.spec ?? {};
  const { at } = pace;
  if (at.some(({ unavailable }) => unavailable === 0)) warnScarceNodes(spec, findings.warnings);
  const several = at[at.length - 1].replicas > 1;
  const spread = options.spread !== false && several && !spec.topologySpreadConstraints?.length && workload.spec?.selector;
  return {
    topologySpreadConstraint: spread ? spreadConstraint(options, spread) : undefined,
    ...options.inPlace ? planInPlace(options.inPlace, at[0].replicas, findings) : {},
  };
}

/** Fields that an older API server drops are left out. */
function spreadConstraint({ kubernetes, inPlace }: GracefulOptions, labelSelector: LabelSelector): Readonly<Record<string, unknown>> {
  const minor = minorOf(kubernetes);
  return {
    maxSkew: 1, topologyKey: HOSTNAME, whenUnsatisfiable: inPlace?.required ? 'DoNotSchedule' : 'ScheduleAnyway', labelSelector,
    ...minor >= 27 ? { matchLabelKeys: ['pod-template-hash'] } : {},
    // A tainted node counts as an empty one otherwise, which nothing can fill.
    ...inPlace?.required && minor >= 26 ? { nodeTaintsPolicy: 'Honor' } : {},
  };
}

/**
 * The second article's recipe for Local mode: labelled nodes, more replicas than nodes, pods drawn to them. Drawn, not held: a
 * preference never guarantees a pod on every node. With `required`, no pod lands elsewhere, and the spread holds over these nodes.
 */
function planInPlace({ nodeLabel, nodes, required }: NonNullable<GracefulOptions['inPlace']>, replicas: number, { problems, warnings }: Findings): Partial<DisruptionPlan> {
  const field = 'inPlace.nodes';
  if (replicas < nodes) {
    problems.push({
      id: 'too-few-replicas', field, wanted: `at most ${replicas}, the least number of replicas, so that each node can have a pod`, found: shown(nodes),
      remedy: 'Label fewer nodes, or run more replicas.',
    });
  } else if (!required) {
    warnings.push({
      id: 'only-preferred', field, wanted: 'held by the scheduler, for a pod on every labelled node', found: 'a preference, which a full or better-scored node overrides',
      remedy: 'Use inPlace.required where the load balancer relies on these nodes.',
    });
  }
  const term = { matchExpressions: [{ key: nodeLabel.key, operator: 'In', values: [nodeLabel.value] }] };
  return required ? { requiredNodeAffinity: term } : { preferredNodeAffinity: { weight: 1, preference: term } };
}

interface PodAntiAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly { readonly matchLabelKeys?: unknown }[];
}

/** What lets one pod of a kind on a node only leaves no room for a surge pod where there are as many nodes as replicas. */
function warnScarceNodes(spec: PodSpec, warnings: Problem[]): void {
  const anti = spec.affinity?.podAntiAffinity as PodAntiAffinity | undefined;
  const remedy = 'A new pod needs a node without an old one: with as many nodes as replicas the rollout never takes its first step.';
  if (anti?.requiredDuringSchedulingIgnoredDuringExecution?.some((term) => term.matchLabelKeys === undefined)) {
    warnings.push({
      id: 'surge-may-not-fit', field: 'spec.template.spec.affinity.podAntiAffinity', found: 'required, for every version',
      wanted: 'preferred, or required with matchLabelKeys: [pod-template-hash]', remedy,
    });
  }
  const isTaken = (port: object) => spec.hostNetwork === true || (port as { readonly hostPort?: number }).hostPort !== undefined;
  if (spec.containers?.some(({ ports }) => ports?.some(isTaken))) {
    warnings.push({ id: 'surge-may-not-fit', field: 'spec.template.spec', found: 'a port of the node', wanted: 'without hostPort and hostNetwork, as one pod takes the port of a node', remedy });
  }
}
