export * from './mixin/index';
export { ClusterLoadBalancerService } from './cluster-load-balancer-service';
export { EniLoadBalancerService } from './eni-load-balancer-service';
export { GracefulDeployment } from './graceful-deployment';
export type { GracefulDeploymentProps } from './graceful-deployment';
export type { LoadBalancerServiceProps } from './load-balancer-service-props';
export { LocalLoadBalancerService } from './local-load-balancer-service';
export { LongConnectionService } from './long-connection-service';
export type { LongConnectionServiceProps } from './long-connection-service';
