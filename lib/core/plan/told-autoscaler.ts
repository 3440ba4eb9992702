import type { RolloutContext } from '../manifest/inventory';
import { nameOf } from '../manifest/name-of';
import type { Problem } from '../problem';
import type { GracefulOptions } from './options';

/** What stands around a workload, as manifests and the author tell it. */
export interface ToldContext extends RolloutContext {
  /** No manifest shows its autoscaler: only the option `autoscaler` tells of it. @default false */
  readonly isTold?: boolean;
}

/** A context in which what scales the workload stands beside it, although only the author told of it. */
export function withToldAutoscaler({ autoscaler: told }: GracefulOptions, context: RolloutContext, problems: Problem[]): ToldContext {
  if (!told) return context;
  const { autoscaler } = context;
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
  return { ...context, autoscaler: { kind: 'HorizontalPodAutoscaler', spec: { ...told } }, isTold: true };
}
