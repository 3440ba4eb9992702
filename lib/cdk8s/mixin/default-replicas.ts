import type { ApiObject } from 'cdk8s';
import type { Workload } from '../../core/index';
import { ownerOf } from './owner-of';

/**
 * A workload without the number of replicas that only cdk8s-plus put there: it renders 2 unless one of its own autoscalers
 * is told, so with a ScaledObject, or an autoscaler from YAML, each `apply` would scale the workload to 2.
 */
export function withoutDefaultReplicas(object: ApiObject, manifest: Workload): Workload {
  const { spec } = manifest;
  if (spec?.replicas === undefined || !hasDefaultReplicas(object)) return manifest;
  const { replicas, ...rest } = spec;
  return { ...manifest, spec: rest };
}

/** Asked by the names of members that `Deployment` has in cdk8s-plus-28 to 34. */
function hasDefaultReplicas(object: ApiObject): boolean {
  const owner = ownerOf(object) as Partial<{ readonly replicas: number; markHasAutoscaler(): void }>;
  return typeof owner.markHasAutoscaler === 'function' && owner.replicas === undefined;
}
