import { selects } from '../manifest/selector';
import type { LabelSelector, PodSpec, Workload } from '../manifest/types';
import { Problem, shown } from '../problem';
import type { Findings } from './finish-routes';
import type { InPlaceOptions } from './options';
import type { PaceAt } from './rollout-plan';

/** Label of each node that only it has. */
export const HOSTNAME = 'kubernetes.io/hostname';

/** The parts of a topology spread constraint that decide whether a pod finds a node. */
interface SpreadConstraint {
  readonly maxSkew?: number;
  readonly topologyKey?: string;
  readonly whenUnsatisfiable?: string;
  readonly labelSelector?: LabelSelector;
  readonly minDomains?: number;
  readonly nodeAffinityPolicy?: string;
}

/** An author's own constraints, beside pods that are held to labelled nodes. */
export interface OwnSpread {
  readonly inPlace: InPlaceOptions;
  readonly workload: Workload;
  readonly at: readonly PaceAt[];
  /** An annotation keeps the constraints as they stand. */
  readonly isKept: boolean;
}

const FIELD = 'spec.template.spec.topologySpreadConstraints';

/**
 * Do the author's own constraints put a pod on each labelled node, and can they be met at all? With r replicas on n nodes, a skew of s
 * leaves no node empty as long as s * (n - 1) < r.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function checkOwnSpread(own: OwnSpread, findings: Findings): void {
  const { inPlace: { nodes }, workload, at, isKept } = own;
  const { metadata, spec } = workload.spec?.template ?? {};
  const hard = hardConstraints(spec).filter(({ labelSelector }) => selects(labelSelector, metadata?.labels ?? {}));
  for (const one of hard) checkConstraint(one, own, findings);
  const fills = ({ topologyKey, maxSkew = 1 }: SpreadConstraint) => topologyKey === HOSTNAME && maxSkew * (nodes - 1) < at[0].replicas;
  // One node needs nothing of the kind.
  if (nodes === 1 || hard.some(fills)) return;
  findings[isKept ? 'warnings' : 'problems'].push(notHeld(own));
}

function hardConstraints(spec: PodSpec | undefined): readonly SpreadConstraint[] {
  return ((spec?.topologySpreadConstraints ?? []) as readonly SpreadConstraint[]).filter(({ whenUnsatisfiable }) => whenUnsatisfiable === 'DoNotSchedule');
}

function checkConstraint(one: SpreadConstraint, { inPlace: { nodes }, at }: OwnSpread, { problems, warnings }: Findings): void {
  const { topologyKey, maxSkew = 1, minDomains = 1, nodeAffinityPolicy } = one;
  if (nodeAffinityPolicy === 'Ignore') {
    problems.push({
      id: 'pods-do-not-fit', field: FIELD, found: shown(one), remedy: 'Leave out nodeAffinityPolicy.',
      wanted: 'without nodeAffinityPolicy: Ignore beside inPlace.required, as nodes without the label count as empty ones then, which no pod may fill',
    });
  }
  const most = at[at.length - 1].replicas;
  if (minDomains > nodes && most > nodes * maxSkew) {
    problems.push({
      id: 'pods-do-not-fit', field: FIELD, found: shown(one), remedy: 'Lower it, or leave it out.',
      wanted: `given minDomains of at most ${nodes}, the labelled nodes: below it, each takes maxSkew pods at most, and ${most} replicas do not fit`,
    });
  }
  if (topologyKey !== HOSTNAME) {
    warnings.push({
      id: 'pods-may-not-fit', field: FIELD, found: shown(one),
      wanted: `'ScheduleAnyway' beside inPlace.required, or met by as many labelled nodes in each ${topologyKey}: a pod that fits no node stays Pending, and the rollout stops`,
      remedy: `Over the labelled nodes, one of ${HOSTNAME} holds the pods apart.`,
    });
  }
}

function notHeld({ inPlace: { nodes }, workload, at, isKept }: OwnSpread): Problem {
  const standing = workload.spec?.template?.spec?.topologySpreadConstraints;
  const most = Math.max(1, Math.ceil(at[0].replicas / (nodes - 1)) - 1);
  return {
    id: 'spread-not-held', field: FIELD, found: standing?.length ? shown(standing) : 'none',
    wanted: `given one of ${HOSTNAME} with DoNotSchedule and maxSkew of at most ${most} that selects the pods beside inPlace.required, or a labelled node may have no pod`,
    remedy: isKept ? 'Add it, or remove the annotation that keeps them.' : 'Add it, or leave out all of them: the plan adds one then.',
  };
}
