import type { IConstruct } from 'constructs';
import { explain as explainPlan } from '../../core/index';
import { plansOf } from './plans-of';

/**
 * The sums behind every planned workload below a construct, as text for people.
 *
 * @param scope An app, a chart or a single workload.
 * @throws {PlanRefusedError} If one of them cannot be planned.
 *
 * @example
 * console.log(explain(app));
 */
export function explain(scope: IConstruct): string {
  return plansOf(scope).map((plan) => explainPlan(plan)).join('\n');
}
