import { Inventory, Manifest, planRollout, RolloutPlan } from '../core';
import { KubectlOptions, kubectlWithin } from '../drill';
import { optionsOf } from './options-of';

const AROUND = 'deployments,services,ingresses,horizontalpodautoscalers,poddisruptionbudgets';

/** The plan of a live Deployment, and the Services that bring clients to it, as they stand. */
export interface LivePlan {
  readonly plan: RolloutPlan;
  readonly services: readonly Manifest[];
}

/** Which Deployment is planned, and how long that may take. */
export interface LivePlanOptions extends KubectlOptions {
  readonly deployment: string;
  /** How long the cluster may take to answer. @default 600 */
  readonly timeoutSeconds?: number;
  /** Ends it earlier. @default - nobody does */
  readonly signal?: AbortSignal;
}

/**
 * The plan of a live Deployment: read from the cluster with all that stands around it.
 *
 * @param optionsJson What its author knows of it. @default - what its annotation says
 * @throws {KubectlError} If it cannot be read.
 * @throws {PlanRefusedError} If it does not add up.
 */
export async function livePlan(options: LivePlanOptions, optionsJson?: string): Promise<LivePlan | undefined> {
  const { deployment, timeoutSeconds = 600, signal } = options;
  const { items } = JSON.parse(await kubectlWithin(timeoutSeconds, options, ['get', AROUND, '-o', 'json'], signal)) as { items: Manifest[] };
  const inventory = new Inventory(items);
  const workload = inventory.workloads.find(({ metadata }) => metadata?.name === deployment);
  if (!workload) return undefined;
  const context = inventory.contextOf(workload);
  return { plan: planRollout(optionsOf(workload, optionsJson), context), services: context.services };
}
