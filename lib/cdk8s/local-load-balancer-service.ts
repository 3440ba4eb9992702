import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { connect } from './connect';
import type { LoadBalancerServiceProps } from './load-balancer-service-props';
import { servicePropsOf } from './service-props';

/**
 * A Service whose load balancer sends only to nodes that host a pod (`externalTrafficPolicy: Local`): the source address is
 * kept, and a node that loses its last pod leaves the targets, so the plan waits for that.
 *
 * It is a `kplus.Service`, so a plain Service that it takes the place of keeps its name and with it its load balancer.
 *
 * @example
 * new LocalLoadBalancerService(chart, 'public', { deployment: web, port: 80, provider: 'alibaba-clb' });
 */
export class LocalLoadBalancerService extends kplus.Service {
  constructor(scope: Construct, id: string, props: LoadBalancerServiceProps) {
    super(scope, id, servicePropsOf(props));
    connect(this, props, { mode: 'local' });
  }
}
