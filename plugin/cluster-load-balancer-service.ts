import type * as pulumi from '@pulumi/pulumi';
import * as typed from 'kube-graceful/pulumi';
import { formOf } from './component';
import { typedService } from './service-args';
import type { LoadBalancerServiceArgs } from './service-args';

/** A Service whose load balancer sends to every node (`externalTrafficPolicy: Cluster`). */
export class ClusterLoadBalancerService extends formOf(typed.ClusterLoadBalancerService) {
  /** Address of the load balancer: an IP address, else a host name. */
  declare public readonly endpoint: pulumi.Output<string>;

  constructor(name: string, args: LoadBalancerServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(name, typedService(name, args), opts);
  }
}
