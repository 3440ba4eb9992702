import type { IConstruct } from 'constructs';
import type { RolloutPlan } from '../../core/index';
import { Session } from './session';

/**
 * The plans of every planned workload below a construct, from the app as it is now, in the order of the tree.
 *
 * @param scope An app, a chart or a single workload.
 * @throws {PlanRefusedError} If one of them cannot be planned.
 */
export function plansOf(scope: IConstruct): readonly RolloutPlan[] {
  const session = Session.of(scope);
  return session.within(() => session.workloadsBelow(scope).map((workload) => session.planOf(workload)));
}
