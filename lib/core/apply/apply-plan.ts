import { nameOf } from '../manifest/name-of';
import { namespaceOf } from '../manifest/namespace-of';
import type { Manifest, Service, Workload } from '../manifest/types';
import type { RolloutPlan } from '../plan/rollout-plan';
import { fulfil, Patch, Wish, write } from './patch';
import { serviceWishes } from './service-wishes';
import { workloadWishes } from './workload-wishes';

/** A manifest with a plan applied, and what was changed for which reason. */
export interface Applied<T extends Manifest> {
  readonly manifest: T;
  /** Empty where nothing had to change; then the manifest is the very one that was given. */
  readonly patches: readonly Patch[];
}

/**
 * Writes a plan into its workload, or into one of its Services; any other object comes back as it is. The manifest given is never
 * changed, and applying a plan of the result changes nothing more.
 *
 * @example
 * const workload = {
 *   kind: 'Deployment', metadata: { name: 'web' },
 *   spec: { template: { spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } },
 * };
 * const plan = planRollout({ longestRequestSeconds: 20 }, { workload, services: [], ingresses: [], disruptionBudgets: [] });
 * applyPlan(workload, plan).patches.length; // => 4
 */
export function applyPlan<T extends Manifest>(manifest: T, plan: RolloutPlan): Applied<T> {
  return fulfil(manifest, wishesOf(manifest, plan));
}

/**
 * The manifest of `applyPlan` alone, for whoever has no use for the list of patches, which takes longer to make.
 *
 * @example
 * const workload = {
 *   kind: 'Deployment', metadata: { name: 'web' },
 *   spec: { template: { spec: { containers: [{ ports: [{ containerPort: 80 }] }] } } },
 * };
 * const plan = planRollout({ longestRequestSeconds: 20 }, { workload, services: [], ingresses: [], disruptionBudgets: [] });
 * writePlan(workload, plan).spec.template.spec.terminationGracePeriodSeconds; // => 42
 */
export function writePlan<T extends Manifest>(manifest: T, plan: RolloutPlan): T {
  return write(manifest, wishesOf(manifest, plan));
}

const NOTHING: readonly never[] = [];

function wishesOf(manifest: Manifest, plan: RolloutPlan): readonly Wish[] {
  if (namespaceOf(manifest) !== (plan.namespace ?? 'default')) return NOTHING;
  if (manifest.kind === 'Service') return serviceWishes(manifest as Service, plan);
  return nameOf(manifest) === plan.workload ? workloadWishes(manifest as Workload, plan) : NOTHING;
}
