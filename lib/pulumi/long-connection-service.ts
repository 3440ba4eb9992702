import type * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError, shown } from '../core/index';
import type { BalancerMode } from '../core/index';
import { asMessage } from './as-message';
import { createService, endpointOf, prepareService } from './create-service';
import type { LoadBalancerServiceArgs } from './load-balancer-service-args';
import { isPending } from './when-known';

/** A Service with a load balancer, whose deployment was told in `graceful.longConnection` how long its connections live. */
export interface LongConnectionServiceArgs extends LoadBalancerServiceArgs {
  /** What the load balancer sends to: all nodes, nodes that host a pod, or pods. Plain. */
  readonly mode: BalancerMode;
  /** The longest a session may last, in seconds; as the deployment was told. @default - as the deployment was told */
  readonly longestSessionSeconds?: pulumi.Input<number>;
  /** How long clients have to move to another pod, in seconds; as the deployment was told. @default - as the deployment was told */
  readonly handOverSeconds?: pulumi.Input<number>;
  /** How often either side speaks on a silent connection, in seconds; as the deployment was told. @default - as the deployment was told */
  readonly heartbeatSeconds?: pulumi.Input<number>;
}

/**
 * A Service for connections that outlive a request (games, meetings, live streams): the pods behind it stay until their sessions are
 * over, or until their clients had the time to move. Refused where the load balancer would cut them earlier, with the ways out.
 *
 * @throws {PlanRefusedError} If the deployment was not told of it in `graceful.traffic` and `graceful.longConnection`, or was told
 * something else.
 *
 * @example
 * new LongConnectionService('arena', { deployment: game, port: 7777, mode: 'eni', longestSessionSeconds: 1800 });
 */
export class LongConnectionService extends pulumi.ComponentResource {
  /** The Service itself. */
  public readonly service: k8s.core.v1.Service;
  /** Address of the load balancer: an IP address, else a host name. */
  public readonly endpoint: pulumi.Output<string>;

  constructor(name: string, args: LongConnectionServiceArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const { longestSessionSeconds, handOverSeconds, heartbeatSeconds } = args;
    const mode = asMessage(() => balancerMode(name, args.mode));
    const prepared = prepareService(name, args, opts, mode, { longestSessionSeconds, handOverSeconds, heartbeatSeconds });
    super('kube-graceful:index:LongConnectionService', name, {}, opts);
    this.service = createService(this, name, prepared, args, opts);
    this.endpoint = endpointOf(this.service);
    this.registerOutputs({ service: this.service, endpoint: this.endpoint });
  }
}

/** In other languages a mode is any text. */
function balancerMode(name: string, mode: BalancerMode): BalancerMode {
  if (['cluster', 'local', 'eni'].includes(mode)) return mode;
  throw new PlanRefusedError(`Service/${name}`, [{
    id: 'wrong-option', field: 'mode', wanted: 'one of \'cluster\', \'local\', \'eni\'', found: isPending(mode) ? 'an Output' : shown(mode),
    remedy: 'Give one of these as a plain string; any other way to the pods needs no Service of this kind.',
  }]);
}
