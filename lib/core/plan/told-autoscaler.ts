import type { RolloutContext } from '../manifest/inventory';
import { nameOf } from '../manifest/name-of';
import type { Problem } from '../problem';
import type { GracefulOptions } from './options';

/** A context in which what scales the workload stands beside it, although only the author told of it. */
export function withToldAutoscaler({ autoscaler: told }: GracefulOptions, context: RolloutContext, problems: Problem[]): RolloutContext {
  if (!told) return context;
  const { workload, autoscaler } = context;
  if (autoscaler) {
    problems.push({
      id: 'contradicting-options', field: 'autoscaler', wanted: `absent, as ${nameOf(autoscaler)} says it`, found: 'given', remedy: 'Leave it out.',
    });
    return context;
  }
  if ((told.minReplicas ?? 0) > told.maxReplicas) {
    problems.push({
      id: 'contradicting-options', field: 'autoscaler.maxReplicas', wanted: `at least minReplicas, which is ${told.minReplicas}`, found: String(told.maxReplicas),
      remedy: 'Correct one of the two.',
    });
    return context;
  }
  return { ...context, autoscaler: { kind: 'HorizontalPodAutoscaler', metadata: { name: workload.metadata?.name }, spec: { ...told } } };
}
