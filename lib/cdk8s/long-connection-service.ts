import type { Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { connect } from './connect';
import type { LoadBalancerServiceProps } from './load-balancer-service-props';
import { servicePropsOf } from './service-props';

/** A Service with a load balancer, and how long its connections live. Exactly one of `longestSession` and `handOver`. */
export interface LongConnectionServiceProps extends LoadBalancerServiceProps {
  /** What the load balancer sends to: all nodes, nodes that host a pod, or pods. */
  readonly mode: 'cluster' | 'local' | 'eni';
  /** The longest a session may last: a pod that goes stays for it. @default - `handOver` is given */
  readonly longestSession?: Duration;
  /** Clients are told to move on SIGTERM, and have so long for it; an empty pod may leave. @default - `longestSession` is given */
  readonly handOver?: Duration;
  /** How often either side speaks on a silent connection; held against the load balancer's idle timeout. @default - not known */
  readonly heartbeat?: Duration;
}

/**
 * A Service for connections that outlive a request (games, meetings, live streams): the plan of the deployment behind it keeps a
 * pod that goes until its sessions are over, or until its clients had the time to move. Refused where the load balancer
 * would cut them earlier, with the ways out.
 *
 * @example
 * new LongConnectionService(chart, 'arena', {
 *   deployment: game, port: 7777, mode: 'eni', provider: 'tencent-clb', longestSession: Duration.minutes(30),
 * });
 */
export class LongConnectionService extends kplus.Service {
  constructor(scope: Construct, id: string, props: LongConnectionServiceProps) {
    super(scope, id, servicePropsOf(props));
    const { mode, longestSession, handOver, heartbeat } = props;
    connect(this, props, { mode, longConnection: { longestSession, handOver, heartbeat } });
  }
}
