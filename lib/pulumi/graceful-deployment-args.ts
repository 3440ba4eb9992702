import type * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import type { GracefulOptions } from '../core/index';
import type { DeploymentElsewhere } from './deployment-elsewhere';
import type { Inputs } from './inputs';
import type { NamedMetadata } from './plain-name';

/** What a plain `k8s.apps.v1.Deployment` takes, or its containers alone; and what you know about its rollouts. */
export interface GracefulDeploymentArgs {
  /** @default - the name of the resource */
  readonly metadata?: NamedMetadata;
  /**
   * The whole spec, as a plain Deployment takes it. The plan changes what it says of rollouts where that is not enough; what has to be held
   * as you give it stands in `graceful`.
   * @default - made from `containers` and `replicas`
   */
  readonly spec?: pulumi.Input<k8s.types.input.apps.v1.DeploymentSpec>;
  /**
   * Containers of the pods, where nothing else of the spec is needed: label and selector are `app: <metadata.name>`.
   * @default - `spec` has them
   */
  readonly containers?: pulumi.Input<pulumi.Input<k8s.types.input.core.v1.Container>[]>;
  /** Only beside `containers`. @default - `spec` says it, else Kubernetes' own 1 */
  readonly replicas?: pulumi.Input<number>;
  /**
   * What you know about the workload and wish for its rollouts. Every Service with a load balancer, and every ingress, has its entry
   * in `traffic`, and what scales it stands in `autoscaler`: Pulumi registers the Deployment before it knows of them.
   * @default - the defaults of each option
   */
  readonly graceful?: pulumi.Input<Inputs<GracefulOptions>>;
  /** Creates a PodDisruptionBudget that lets one pod go at a time. @default true */
  readonly disruptionBudget?: boolean;
  /**
   * Where the Deployment itself was before, such as `{ parent: pulumi.rootStackResource }` for a plain one at the root of the stack.
   * `opts.aliases` are those of the component.
   * @default - nowhere else
   */
  readonly deploymentAliases?: pulumi.Input<pulumi.URN | pulumi.Alias>[];
  /** The same for a plain PodDisruptionBudget of the Deployment's name, which would else be made a second time. @default - nowhere else */
  readonly disruptionBudgetAliases?: pulumi.Input<pulumi.URN | pulumi.Alias>[];
  /** The same, planned already by a component around it that judges before it registers itself. @internal @default - not yet */
  readonly planned?: DeploymentElsewhere;
}
