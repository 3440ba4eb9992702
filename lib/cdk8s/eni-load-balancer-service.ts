import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { connect } from './connect';
import type { LoadBalancerServiceProps } from './load-balancer-service-props';
import { servicePropsOf } from './service-props';

/**
 * A Service whose load balancer sends to the pods themselves, without nodes and kube-proxy between: every pod that comes or goes
 * changes the targets, so the plan waits for that on both sides.
 *
 * It is a `kplus.Service`, so a plain Service that it takes the place of keeps its name and with it its load balancer.
 *
 * @example
 * new EniLoadBalancerService(chart, 'public', { deployment: web, port: 80, provider: 'alibaba-clb' });
 */
export class EniLoadBalancerService extends kplus.Service {
  constructor(scope: Construct, id: string, props: LoadBalancerServiceProps) {
    super(scope, id, servicePropsOf(props));
    connect(this, props, { mode: 'eni' });
  }
}
