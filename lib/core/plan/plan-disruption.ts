import { Problem, shown } from '../problem';
import type { Workload } from '../manifest/types';
import type { Findings } from './finish-routes';
import type { GracefulOptions } from './options';
import type { DisruptionPlan } from './rollout-plan';

const HOSTNAME = 'kubernetes.io/hostname';

/**
 * Where the pods go. Spread over nodes as a wish, each version apart (`matchLabelKeys`): counting the old pods would push the
 * new ones to the wrong nodes. Nothing is required of the scheduler unless the author asks, as a surge pod that fits nowhere
 * stops the rollout.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function planDisruption(options: GracefulOptions, workload: Workload, replicas: number, findings: Findings): DisruptionPlan {
  const spec = workload.spec?.template?.spec ?? {};
  warnHardAntiAffinity(spec.affinity, options, findings.warnings);
  const several = replicas > 1;
  const spread = options.spread !== false && several && !spec.topologySpreadConstraints?.length && workload.spec?.selector;
  return {
    topologySpreadConstraint: spread ? {
      maxSkew: 1, topologyKey: HOSTNAME, whenUnsatisfiable: options.inPlace?.required ? 'DoNotSchedule' : 'ScheduleAnyway',
      // A copy: YAML writers turn an object that stands in two places into an anchor and an alias.
      labelSelector: JSON.parse(JSON.stringify(workload.spec!.selector)), matchLabelKeys: ['pod-template-hash'],
    } : undefined,
    ...options.inPlace ? planInPlace(options.inPlace, replicas, findings) : {},
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

function warnHardAntiAffinity(affinity: Readonly<Record<string, unknown>> | undefined, options: GracefulOptions, warnings: Problem[]): void {
  const terms = (affinity?.podAntiAffinity as { requiredDuringSchedulingIgnoredDuringExecution?: readonly { topologyKey?: string; matchLabelKeys?: unknown }[] } | undefined)
    ?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
  if (options.maxUnavailable || !terms.some((term) => term.matchLabelKeys === undefined)) return;
  warnings.push({
    id: 'surge-may-not-fit', field: 'spec.template.spec.affinity.podAntiAffinity', found: 'required, for every version',
    wanted: 'preferred, or required with matchLabelKeys: [pod-template-hash]',
    remedy: 'A new pod needs a node without an old one: with as many nodes as replicas the rollout never takes its first step.',
  });
}
