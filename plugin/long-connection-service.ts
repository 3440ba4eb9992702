import type * as pulumi from '@pulumi/pulumi';
import * as typed from 'kube-graceful/pulumi';
import { formOf } from './component';
import { typedService } from './service-args';
import type { LoadBalancerServiceArgs } from './service-args';

/** What a Service for connections that outlive a request takes. */
export interface LongConnectionServiceArgs extends LoadBalancerServiceArgs {
  /** What the load balancer sends to: `cluster` (all nodes), `local` (nodes that host a pod) or `eni` (pods). */
  readonly mode: string;
  /** The longest a session may last, in seconds; as the deployment was told. @default - as the deployment was told */
  readonly longestSessionSeconds?: pulumi.Input<number>;
  /** How long clients have to move to another pod, in seconds; as the deployment was told. @default - as the deployment was told */
  readonly handOverSeconds?: pulumi.Input<number>;
  /** How often either side speaks on a silent connection, in seconds; as the deployment was told. @default - as the deployment was told */
  readonly heartbeatSeconds?: pulumi.Input<number>;
}

/** A Service for connections that outlive a request: the pods behind it stay until their sessions are over, or their clients have moved. */
export class LongConnectionService extends formOf(typed.LongConnectionService) {
  /** Address of the load balancer: an IP address, else a host name. */
  declare public readonly endpoint: pulumi.Output<string>;

  constructor(name: string, args: LongConnectionServiceArgs, opts?: pulumi.ComponentResourceOptions) {
    super(name, typedService(name, args), opts);
  }
}
