import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { disruptionBudgetSpec } from '../../core/index';
import type { Workload } from '../../core/index';
import { Session } from './session';

/**
 * Adds the PodDisruptionBudget of a workload as a child of its construct, under the workload's name: it lets one pod go at a time, and
 * never none. Its selector is read from what the workload renders, so that later calls of `select()` count.
 */
export function addDisruptionBudget(scope: Construct, workload: ApiObject): ApiObject {
  return new ApiObject(scope, 'DisruptionBudget', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: workload.name, namespace: workload.metadata.namespace },
    spec: Lazy.any({
      produce: () => disruptionBudgetSpec((Session.of(workload).original(workload) as Workload).spec?.selector ?? {}),
    }),
  });
}
