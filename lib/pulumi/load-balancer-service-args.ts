import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import type { DeploymentElsewhere } from './deployment-elsewhere';
import type { GracefulDeployment } from './graceful-deployment';
import type { NamedMetadata } from './plain-name';

/** What every Service with a load balancer takes: what a plain `k8s.core.v1.Service` takes, and the deployment behind it. */
export interface LoadBalancerServiceArgs {
  /** The deployment behind it, which was told of this Service in `graceful.traffic`. */
  readonly deployment: GracefulDeployment | DeploymentElsewhere;
  /** Port that clients use. @default - `spec.ports` has it */
  readonly port?: pulumi.Input<number>;
  /** Port of the pods, beside `port`. @default - `port` if a container declares it, else the only port that is declared */
  readonly targetPort?: pulumi.Input<number | string>;
  /** Name of the port, beside `port`. @default - none */
  readonly portName?: pulumi.Input<string>;
  /** Beside `port`. @default 'TCP' */
  readonly protocol?: pulumi.Input<string>;
  /** Id of the provider's profile, for those who like to see it here: as the deployment was told. @default - as the deployment was told */
  readonly provider?: pulumi.Input<string>;
  /** @default - the name of the resource, in the deployment's namespace */
  readonly metadata?: NamedMetadata;
  /**
   * The rest of the spec, or all ports where there are several. `type` is ours, and `selector` is the deployment's unless it is given here:
   * labels that its pods have, such as those of a plain Service that moves here.
   * @default - only what the plan needs
   */
  readonly spec?: pulumi.Input<k8s.types.input.core.v1.ServiceSpec>;
  /**
   * Where the Service itself was before, such as `{ parent: pulumi.rootStackResource }` for a plain one at the root of the stack.
   * `opts.aliases` are those of the component.
   * @default - nowhere else
   */
  readonly serviceAliases?: pulumi.Input<pulumi.URN | pulumi.Alias>[];
}
