import { Inventory, Manifest, planRollout, RolloutPlan } from '../core';
import { kubectl, KubectlOptions } from '../drill';
import { optionsOf } from './options-of';

const AROUND = 'deployments,services,ingresses,horizontalpodautoscalers,poddisruptionbudgets';

/**
 * The plan of a live Deployment: read from the cluster with all that stands around it.
 *
 * @throws {KubectlError} If it cannot be read.
 * @throws {PlanRefusedError} If it does not add up.
 */
export async function livePlan(cluster: KubectlOptions, deployment: string, optionsJson?: string): Promise<RolloutPlan | undefined> {
  const { items } = JSON.parse(await kubectl(cluster, ['get', AROUND, '-o', 'json'])) as { items: Manifest[] };
  const inventory = new Inventory(items);
  const workload = inventory.workloads.find(({ metadata }) => metadata?.name === deployment);
  return workload && planRollout(optionsOf(workload, optionsJson), inventory.contextOf(workload));
}
