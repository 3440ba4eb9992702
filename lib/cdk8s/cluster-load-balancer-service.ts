import * as kplus from 'cdk8s-plus-28';
import type { Construct } from 'constructs';
import { connect } from './connect';
import type { LoadBalancerServiceProps } from './load-balancer-service-props';
import { servicePropsOf } from './service-props';

/**
 * A Service whose load balancer sends to every node (`externalTrafficPolicy: Cluster`): its list of targets does not change with
 * the pods. The source address is lost, and each node counts against the quota.
 *
 * It is a `kplus.Service`, so a plain Service that it takes the place of keeps its name and with it its load balancer.
 *
 * @example
 * new ClusterLoadBalancerService(chart, 'public', { deployment: web, port: 80, provider: 'alibaba-clb' });
 */
export class ClusterLoadBalancerService extends kplus.Service {
  constructor(scope: Construct, id: string, props: LoadBalancerServiceProps) {
    super(scope, id, servicePropsOf(props));
    connect(this, props, { mode: 'cluster' });
  }
}
