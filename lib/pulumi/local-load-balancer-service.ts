import type * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { createService, endpointOf, prepareService } from './create-service';
import type { LoadBalancerServiceArgs } from './load-balancer-service-args';

/**
 * A Service whose load balancer sends only to nodes that host a pod (`externalTrafficPolicy: Local`): the source address is
 * kept, and a node that loses its last pod leaves the targets, so the plan waits for that.
 *
 * Its name is plain and the deployment was told of it, so both are created side by side.
 *
 * @throws {PlanRefusedError} If the deployment was not told of it in `graceful.traffic`, or was told something else.
 *
 * @example
 * new LocalLoadBalancerService('public', { deployment: web, port: 80 });
 */
export class LocalLoadBalancerService extends pulumi.ComponentResource {
  /** The Service itself. */
  public readonly service: k8s.core.v1.Service;
  /** Address of the load balancer: an IP address, else a host name. */
  public readonly endpoint: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerServiceArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const prepared = prepareService(name, args, opts, 'local');
    super('kube-graceful:index:LocalLoadBalancerService', name, {}, opts);
    this.service = createService(this, name, prepared, args, opts);
    this.endpoint = endpointOf(this.service);
    this.registerOutputs({ service: this.service, endpoint: this.endpoint });
  }
}
