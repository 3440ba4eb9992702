import * as kplus from 'cdk8s-plus-28';
import type { RouteProps } from './mixin/index';

/** What every Service with a load balancer takes. */
export interface LoadBalancerServiceProps extends RouteProps, kplus.ResourceProps {
  /** The deployment behind it: a `GracefulDeployment`, or one under `GracefulRollouts`. */
  readonly deployment: kplus.Deployment;
  /** Port that clients use; `bind()` adds more. */
  readonly port: number;
  /** Port of the pods. @default - `port` if a container declares it, else the only port that is declared */
  readonly targetPort?: number;
  /** Name of the port. @default - none */
  readonly portName?: string;
  /** @default kplus.Protocol.TCP */
  readonly protocol?: kplus.Protocol;
  /** Id of the provider's profile, such as `alibaba-clb`; `generic` for any other, which then needs `delay`. */
  readonly provider: string;
  /** CIDR ranges of the clients that may come in. @default - all */
  readonly loadBalancerSourceRanges?: string[];
}
