import type * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { createService, endpointOf, prepareService } from './create-service';
import type { LoadBalancerServiceArgs } from './load-balancer-service-args';

/**
 * A Service whose load balancer sends to the pods themselves, without nodes and kube-proxy between: every pod that comes or goes
 * changes the targets, so the plan waits for that on both sides.
 *
 * Its name is plain and the deployment was told of it, so both are created side by side.
 *
 * @throws {PlanRefusedError} If the deployment was not told of it in `graceful.traffic`, or was told something else.
 *
 * @example
 * new EniLoadBalancerService('public', { deployment: web, port: 80 });
 */
export class EniLoadBalancerService extends pulumi.ComponentResource {
  /** The Service itself. */
  public readonly service: k8s.core.v1.Service;
  /** Address of the load balancer: an IP address, else a host name. */
  public readonly endpoint: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerServiceArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const prepared = prepareService(name, args, opts, 'eni');
    super('kube-graceful:index:EniLoadBalancerService', name, {}, opts);
    this.service = createService(this, name, prepared, args, opts);
    this.endpoint = endpointOf(this.service);
    this.registerOutputs({ service: this.service, endpoint: this.endpoint });
  }
}
