import type * as pulumi from '@pulumi/pulumi';
import { Inventory, PlanRefusedError } from '../core/index';
import type { Service, Workload } from '../core/index';
import type { Told } from './plan-deployment';
import { whenKnown } from './when-known';

/**
 * Refuses a Service that selects other pods than those of the Deployment in its namespace, in the core's words: nobody would open the
 * readiness gates of these. Without a selector somebody else writes its endpoints.
 *
 * @returns What is computed from either waits for it; it comes to nothing.
 * @throws {PlanRefusedError} At once where selector and labels are plain, else later.
 */
export function refuseOtherPods({ name, workload }: Told, service: Service): pulumi.Input<unknown> {
  return whenKnown<{ workload: Workload; service: Service }, true>({ workload, service }, (known) => {
    const placed = { kind: 'Service', metadata: { name: known.service.metadata?.name, namespace: known.workload.metadata?.namespace }, spec: known.service.spec };
    const { services, serviceNames } = new Inventory([placed]).contextOf(known.workload);
    if (services.length > 0 || !serviceNames) return true;
    throw new PlanRefusedError(`Deployment/${name}`, [{
      id: 'unknown-service', field: 'traffic.service', wanted: 'a Service that selects the pods: there is none', found: `'${placed.metadata.name}'`,
      remedy: 'Correct the name, or the Service\'s selector.',
    }]);
  });
}
