import type * as pulumi from '@pulumi/pulumi';
import type * as typed from 'kube-graceful/pulumi';
import type { FreeForm } from './free-form';

/** What is told of a deployment, in words that every language of Pulumi has. */
export interface DeploymentArgs {
  /** Name of the Deployment, plain. @default - the name of the resource */
  readonly metadataName?: string;
  /** @default - the provider's */
  readonly namespace?: pulumi.Input<string>;
  /** Labels of the Deployment. @default - none */
  readonly labels?: pulumi.Input<{ [key: string]: string }>;
  /** Annotations of the Deployment. @default - none */
  readonly annotations?: pulumi.Input<{ [key: string]: string }>;
  /** Containers of the pods as Kubernetes has them. @default - `spec` has them */
  readonly containers?: pulumi.Input<FreeForm[]>;
  /** The whole spec of the Deployment as Kubernetes has it, instead of `containers` and `replicas`. @default - made from these */
  readonly spec?: pulumi.Input<FreeForm>;
  /** @default - Kubernetes' own 1 */
  readonly replicas?: pulumi.Input<number>;
  /** What you know about the workload and wish for its rollouts: the options of the core. @default - the defaults of each */
  readonly graceful?: pulumi.Input<FreeForm>;
}

/** A deployment that another component creates: what that one was told, word for word. */
export interface DeploymentElsewhere extends DeploymentArgs {
  /** Name of the Deployment, plain. */
  readonly metadataName: string;
}

/** The same for the typed components. What stands in free forms is judged by the plan. */
export function typedDeployment(args: DeploymentArgs): typed.GracefulDeploymentArgs {
  const { metadataName: name, namespace, labels, annotations, containers, spec, replicas, graceful } = args;
  const metadata = Object.fromEntries(Object.entries({ name, namespace, labels, annotations }).filter(([, value]) => value !== undefined));
  return { metadata, containers, spec, replicas, graceful } as typed.GracefulDeploymentArgs;
}
