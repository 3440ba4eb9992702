import type { RolloutContext } from './inventory';
import type { Autoscaler } from './types';

/** KEDA's own default of `maxReplicaCount`; https://keda.sh/docs/latest/reference/scaledobject-spec/ */
const KEDA_MAX_REPLICAS = 100;

/**
 * The least and the most replicas that a rollout may meet: what the autoscaler allows, with its own defaults where it says
 * nothing (HPA: min 1; KEDA: 0 and 100, of which none is no rollout), else what the workload says, else 1.
 *
 * @example
 * const workload = { kind: 'Deployment', spec: { replicas: 3 } };
 * replicaRange({ workload }); // => [3, 3]
 */
export function replicaRange({ workload, autoscaler }: Pick<RolloutContext, 'workload' | 'autoscaler'>): readonly [number, number] {
  if (!autoscaler) return [workload.spec?.replicas ?? 1, workload.spec?.replicas ?? 1];
  const [least, most] = scaleOf(autoscaler);
  return [least, Math.max(least, most)];
}

function scaleOf({ spec, kind }: Autoscaler): readonly [number, number] {
  if (kind === 'ScaledObject') return [Math.max(1, spec?.minReplicaCount ?? 0), spec?.maxReplicaCount ?? KEDA_MAX_REPLICAS];
  const least = Math.max(1, spec?.minReplicas ?? 1);
  return [least, spec?.maxReplicas ?? least];
}
