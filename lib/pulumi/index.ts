/** For the forms of the plugin. @internal */
export { inOtherWords } from './as-message';
export { ClusterLoadBalancerService } from './cluster-load-balancer-service';
export { DeploymentElsewhere } from './deployment-elsewhere';
export { EniLoadBalancerService } from './eni-load-balancer-service';
export { GracefulDeployment } from './graceful-deployment';
export type { GracefulDeploymentArgs } from './graceful-deployment-args';
export { gracefulTransform } from './graceful-transform';
export type { GracefulTransform, GracefulTransformOptions, TransformPlan } from './graceful-transform';
export type { Inputs } from './inputs';
export type { LoadBalancerServiceArgs } from './load-balancer-service-args';
export { LocalLoadBalancerService } from './local-load-balancer-service';
export { LongConnectionService } from './long-connection-service';
export type { LongConnectionServiceArgs } from './long-connection-service';
export type { NamedMetadata } from './plain-name';
