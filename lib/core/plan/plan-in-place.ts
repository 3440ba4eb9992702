import { selects } from '../manifest/selector';
import type { LabelSelector, PodSpec, Workload } from '../manifest/types';
import { Problem, shown } from '../problem';
import type { Findings } from './finish-routes';
import type { InPlaceOptions } from './options';
import { takesNodePort } from './takes-node-port';
import type { DisruptionPlan, PaceAt } from './rollout-plan';

/** What an in-place rollout is planned from. */
export interface InPlaceRequest {
  readonly inPlace: InPlaceOptions;
  readonly workload: Workload;
  readonly at: readonly PaceAt[];
  /** Fields that the manifest keeps as they are. */
  readonly kept: Readonly<Record<string, string>>;
}

/**
 * The second article's recipe for Local mode: labelled nodes, more replicas than nodes, pods drawn to them. Drawn, not held: a
 * preference never guarantees a pod on every node. With `required`, no pod lands elsewhere, and the spread holds over these nodes.
 */
export function planInPlace(request: InPlaceRequest, { problems, warnings }: Findings): Partial<DisruptionPlan> {
  const { inPlace: { nodeLabel, nodes, required }, at: [{ replicas }] } = request;
  const field = 'inPlace.nodes';
  checkNodeLabel(request, problems);
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
  if (!keepsNodesOut(request, warnings) && required) checkRoom(request, problems);
  const term = { matchExpressions: [{ key: nodeLabel.key, operator: 'In', values: [nodeLabel.value] }] };
  return required ? { requiredNodeAffinity: term } : { preferredNodeAffinity: { weight: 1, preference: term } };
}

/** A label that the manifest's own selector excludes would do nothing, or leave no node. */
function checkNodeLabel({ inPlace: { nodeLabel: { key, value } }, workload }: InPlaceRequest, problems: Problem[]): void {
  const selected = (workload.spec?.template?.spec?.nodeSelector as Readonly<Record<string, unknown>> | undefined)?.[key];
  if ((selected ?? undefined) === undefined || selected === value) return;
  problems.push({
    id: 'contradicting-fields', field: `spec.template.spec.nodeSelector.${key}`, wanted: `'${value}', as inPlace.nodeLabel says`, found: shown(selected),
    remedy: 'Correct one of the two.',
  });
}

/** Does an annotation keep an affinity that says nothing of the labelled nodes? Then nothing leads the pods there. */
function keepsNodesOut({ inPlace: { nodeLabel: { key, value } }, workload, kept }: InPlaceRequest, warnings: Problem[]): boolean {
  const nodeAffinity = workload.spec?.template?.spec?.affinity?.nodeAffinity;
  if (!('affinity' in kept) || JSON.stringify(nodeAffinity ?? null).includes(JSON.stringify(key))) return false;
  warnings.push({
    id: 'kept-too-short', field: 'spec.template.spec.affinity', wanted: `one that leads the pods to the nodes with ${key}=${value}`, found: nodeAffinity ? shown(nodeAffinity) : 'none',
    remedy: 'An annotation keeps it as it is: the pods may land on any node.',
  });
  return true;
}

interface AntiAffinityTerm {
  readonly labelSelector?: LabelSelector;
  readonly matchLabelKeys?: unknown;
  readonly namespaces?: unknown;
  readonly namespaceSelector?: unknown;
}

interface PodAntiAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly AntiAffinityTerm[];
}

/** Where a node takes one pod only, the labelled nodes have to be as many as the pods of a rollout's first step. */
function checkRoom({ inPlace: { nodes }, workload, at }: InPlaceRequest, problems: Problem[]): void {
  const most = at[at.length - 1];
  const { metadata, spec = {} } = workload.spec?.template ?? {};
  const terms = antiAffinityOf(spec).filter((term) => isAgainstItself(term, metadata?.labels ?? {}));
  const beside = most.replicas + (most.unavailable === 0 ? 1 : 0);
  const apart = terms.some(({ matchLabelKeys }) => matchLabelKeys === undefined) ? beside : terms.length > 0 ? most.replicas : 0;
  if (apart > nodes) problems.push(noRoom('spec.template.spec.affinity.podAntiAffinity', 'preferred', apart, nodes));
  if (takesNodePort(spec) && beside > nodes) problems.push(noRoom('spec.template.spec', 'without hostPort and hostNetwork', beside, nodes));
}

function antiAffinityOf({ affinity }: PodSpec): readonly AntiAffinityTerm[] {
  const anti = affinity?.podAntiAffinity as PodAntiAffinity | undefined;
  return anti?.requiredDuringSchedulingIgnoredDuringExecution ?? [];
}

/** A term about other namespaces may be about other pods. */
function isAgainstItself(term: AntiAffinityTerm, labels: Readonly<Record<string, string>>): boolean {
  return term.namespaces === undefined && term.namespaceSelector === undefined && selects(term.labelSelector, labels);
}

function noRoom(field: string, wanted: string, pods: number, nodes: number): Problem {
  return {
    id: 'pods-do-not-fit', field, found: `one pod a node, and ${pods} pods at a time`,
    wanted: `${wanted} beside inPlace.required, as there are ${nodes} labelled nodes: a pod that fits no node stays Pending, and the rollout never ends`,
    remedy: 'Label more nodes, run fewer replicas, or let a node take several pods.',
  };
}
