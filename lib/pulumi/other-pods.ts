import type * as pulumi from '@pulumi/pulumi';
import { Inventory, PlanRefusedError } from '../core/index';
import type { Service, Workload } from '../core/index';
import type { Told } from './plan-deployment';
import { computed, whenKnown } from './when-known';

interface Both {
  readonly workload: Workload;
  readonly service: Service;
}

/**
 * Refuses a Service that selects other pods than those of the Deployment in its namespace, in the core's words: nobody would open the
 * readiness gates of these. Without a selector somebody else writes its endpoints.
 *
 * @returns What is computed from either waits for it; it comes to nothing.
 * @throws {PlanRefusedError} At once where selector and labels are plain, else later.
 */
export function refuseOtherPods({ name, workload }: Told, service: Service): pulumi.Input<unknown> {
  return whenKnown<Both, true>({ workload, service }, (known) => {
    if (!isOfOthers(known)) return true;
    throw new PlanRefusedError(`Deployment/${name}`, [{
      id: 'unknown-service', field: 'traffic.service', wanted: 'a Service that selects the pods: there is none', found: `'${known.service.metadata?.name}'`,
      remedy: 'Correct the name, or the Service\'s selector.',
    }]);
  });
}

/** Would a Service select other pods than those of a Deployment if it were in its namespace, as far as that is known? */
export function surelyOfOthers({ workload }: Told, service: Service): boolean {
  const { result, missing } = computed<Both, boolean>({ workload, service }, isOfOthers);
  return missing.size === 0 && result === true;
}

function isOfOthers({ workload, service }: Both): boolean {
  const placed = { kind: 'Service', metadata: { name: service.metadata?.name, namespace: workload.metadata?.namespace }, spec: service.spec };
  const { services, serviceNames } = new Inventory([placed]).contextOf(workload);
  return services.length === 0 && serviceNames !== undefined;
}
