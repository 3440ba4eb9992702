import { shown, writePlan } from '../../core/index';
import type { Problem, RolloutPlan, Service } from '../../core/index';

/** A Service that brings clients to a planned workload, and that nobody let us write. */
export interface ForeignService {
  readonly service: Service;
  /** Construct path. */
  readonly path: string;
}

/** What Services of others lack that the plan of the pods behind them needs. */
export function foreignServiceProblems(services: readonly ForeignService[], plan: RolloutPlan): readonly Problem[] {
  return services.flatMap(({ service, path }) => {
    const lacking = differences(service, writePlan(service, plan));
    return lacking.length === 0 ? [] : [{
      id: 'foreign-service',
      field: `Service ${path}`,
      wanted: `what the plan of the pods behind it needs: ${lacking.map(({ name, after }) => `${name} ${shown(after)}`).join(', ')}`,
      found: lacking.map(({ name, before }) => `${name} ${before === undefined ? 'not set' : shown(before)}`).join(', '),
      remedy: 'Make it an EniLoadBalancerService, LocalLoadBalancerService or ClusterLoadBalancerService, apply GracefulRollouts to it, or write this there.',
    }];
  });
}

interface Difference {
  readonly name: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** Annotations and fields of the spec, which is all that a plan writes on a Service. */
function differences(before: Service, after: Service): readonly Difference[] {
  if (before === after) return [];
  const annotations = changed('', before.metadata?.annotations ?? {}, after.metadata?.annotations ?? {});
  return [...annotations, ...changed('spec.', before.spec ?? {}, after.spec ?? {})];
}

type Fields = Readonly<Record<string, unknown>>;

function changed(prefix: string, before: Fields, after: Fields): readonly Difference[] {
  return Object.keys(after).filter((key) => before[key] !== after[key])
    .map((key) => ({ name: `${prefix}${key}`, before: before[key], after: after[key] }));
}
