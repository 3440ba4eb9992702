import { ApiObject } from 'cdk8s';
import type { IConstruct } from 'constructs';
import { compareModes, ComparisonFacts, ModeComparison } from '../../core/index';
import { Session } from './session';

/**
 * The three ways a load balancer can reach the pods of a workload, planned and set beside each other: as the author wrote the
 * workload, with the options that it was given and the autoscaler that it has, whatever way in it has now.
 *
 * @param workload A `GracefulDeployment`, or a Deployment under `GracefulRollouts`.
 * @throws {PlanRefusedError} If no profile has the provider's id, or another fact is wrong.
 *
 * @example
 * console.log(comparisonText(compareModesOf(web, { provider: 'alibaba-clb', keepsSourceAddress: true })));
 */
export function compareModesOf(workload: IConstruct, facts: ComparisonFacts): ModeComparison {
  const object = ApiObject.of(workload);
  const session = Session.of(object);
  const { traffic, ...options } = session.optionsOf(object)?.options ?? {};
  // What is known of the load balancer holds for each mode; which Service it is does not matter here.
  const known = traffic?.find((entry) => entry.provider === facts.provider);
  const { workload: written, autoscaler } = session.contextOf(object);
  return compareModes(known ? { ...options, traffic: [known] } : options, written, facts, autoscaler);
}
