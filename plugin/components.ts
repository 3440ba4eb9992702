import { ClusterLoadBalancerService } from './cluster-load-balancer-service';
import { EniLoadBalancerService } from './eni-load-balancer-service';
import { GracefulDeployment } from './graceful-deployment';
import { GracefulWorkload } from './graceful-workload';
import { LocalLoadBalancerService } from './local-load-balancer-service';
import { LongConnectionService } from './long-connection-service';

/** The schema-safe form of each component, and one that has them all. */
export const components = [
  GracefulDeployment, ClusterLoadBalancerService, LocalLoadBalancerService, EniLoadBalancerService, LongConnectionService, GracefulWorkload,
];
