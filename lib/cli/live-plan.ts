import { Inventory, Manifest, planRollout, RolloutPlan } from '../core';
import { kubectl, KubectlOptions } from '../drill';
import { optionsOf } from './options-of';

const AROUND = 'deployments,services,ingresses,horizontalpodautoscalers,poddisruptionbudgets';

/** The plan of a live Deployment, and the Services that bring clients to it, as they stand. */
export interface LivePlan {
  readonly plan: RolloutPlan;
  readonly services: readonly Manifest[];
}

/**
 * The plan of a live Deployment: read from the cluster with all that stands around it.
 *
 * @throws {KubectlError} If it cannot be read.
 * @throws {PlanRefusedError} If it does not add up.
 */
export async function livePlan(cluster: KubectlOptions, deployment: string, optionsJson?: string): Promise<LivePlan | undefined> {
  const { items } = JSON.parse(await kubectl(cluster, ['get', AROUND, '-o', 'json'])) as { items: Manifest[] };
  const inventory = new Inventory(items);
  const workload = inventory.workloads.find(({ metadata }) => metadata?.name === deployment);
  if (!workload) return undefined;
  const context = inventory.contextOf(workload);
  return { plan: planRollout(optionsOf(workload, optionsJson), context), services: context.services };
}
