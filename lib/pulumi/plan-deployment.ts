import type * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError, planRollout, writePlan } from '../core/index';
import type { GracefulOptions, LabelSelector, Metadata, Problem, RolloutContext, RolloutPlan, Workload } from '../core/index';
import { computed, copyOf, isPending, whenKnown } from './when-known';
import { WRONG_BY_THEMSELVES } from './without-values';

/** What a deployment was told; any value may be an Output but the workload's name. */
export interface Told {
  /** Of the Deployment. */
  readonly name: string;
  readonly options: GracefulOptions;
  /** With the metadata that a plan looks at, as `plannedMetadata` makes it. */
  readonly workload: Workload;
}

/** A plan, and the manifest with it applied; Outputs are left where the plan does not look. */
export interface PlannedDeployment {
  readonly plan: RolloutPlan;
  readonly manifest: Workload;
}

/**
 * Plans a deployment as soon as all that the plan looks at is known, and applies it.
 *
 * @throws {PlanRefusedError} At once, where plain values do not add up; else what is computed from the plan fails.
 */
export function planDeployment(told: Told): pulumi.Input<PlannedDeployment> {
  return whenKnown(told, planned, (error) => sureRefusal(told, error));
}

function planned(known: Told, inputs: Told): PlannedDeployment {
  const plan = planData(known.options, contextOf(known));
  return { plan, manifest: writePlan(inputs.workload, plan) };
}

/**
 * The part of an object's metadata that a plan looks at: its annotations, and its namespace only where that is plain. Here it is
 * told which objects belong together, so a namespace that is still to be created keeps nobody from a plan.
 */
export function plannedMetadata(name: string, metadata: object | undefined): Metadata {
  const { annotations, namespace } = (metadata ?? {}) as Metadata;
  return { name, ...annotations !== undefined && { annotations }, ...typeof namespace === 'string' && { namespace } };
}

/** What a deployment selects its pods by. */
export function selectorOf({ workload }: Told): pulumi.Input<LabelSelector> {
  return whenKnown<Workload, LabelSelector>(workload, (known) => copyOf(known.spec?.selector ?? {}));
}

/** A plan that shares nothing with what it was made from, so that all of it was read. */
export function planData(options: GracefulOptions, context: RolloutContext): RolloutPlan {
  return copyOf(planRollout(options, context));
}

/** Pulumi registers each resource at once, so Services and ingresses are told of in `traffic`, and what scales it in `autoscaler`. */
export function contextOf({ workload }: Told): RolloutContext {
  return { workload, services: [], ingresses: [], disruptionBudgets: [] };
}

/** The part of a refusal that stands although some values are not known yet. */
function sureRefusal(told: Told, error: unknown): PlanRefusedError | undefined {
  if (!(error instanceof PlanRefusedError)) return undefined;
  const standing = whateverTheReplicas(told, error.problems);
  const problems = error.problems.filter((problem) => isWrongByItself(problem) || standing.includes(problem));
  return problems.length > 0 ? new PlanRefusedError(error.workload, problems) : undefined;
}

/** What is not known yet reads as undefined, which JSON shows as null in a list; that is no fault. */
function isWrongByItself({ id, found }: Problem): boolean {
  return WRONG_BY_THEMSELVES.has(id) && found !== 'undefined' && !/\bnull\b/.test(found);
}

/** ours: few and many; a problem that is the same for all of these, figures and all, has nothing to do with their number. */
const REPLICAS = [100_000, 1000, 100, 30, 10, 5, 3, 2, 1, 0, undefined];

/** Where only the number of replicas is not known: the problems that are there whatever it is. */
function whateverTheReplicas(told: Told, problems: readonly Problem[]): readonly Problem[] {
  const { replicas } = told.workload.spec ?? {};
  if (!isPending(replicas)) return [];
  return REPLICAS.reduce((standing, count) => {
    if (standing.length === 0) return standing;
    const { failure, missing } = computed(told, planned, new Map([[replicas, count]]));
    const found = failure instanceof PlanRefusedError && missing.size === 0 ? failure.problems.map(textOf) : [];
    return standing.filter((problem) => found.includes(textOf(problem)));
  }, problems);
}

function textOf({ field, wanted, found, remedy }: Problem): string {
  return [field, wanted, found, remedy].join('\n');
}
