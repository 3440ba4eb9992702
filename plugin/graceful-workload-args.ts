import type * as pulumi from '@pulumi/pulumi';
import type { FreeForm } from './free-form';
import type { GracefulDeploymentArgs } from './graceful-deployment';

/** What a deployment and its Services take together. */
export interface GracefulWorkloadArgs extends GracefulDeploymentArgs {
  /** The Services with a load balancer that lead to it; each is told to the deployment. @default - none */
  readonly services?: WorkloadService[];
}

/** A Service with a load balancer. */
export interface WorkloadService {
  /** Name of the resource and of the Service, plain. */
  readonly name: string;
  /** What the load balancer sends to: `cluster` (all nodes), `local` (nodes that host a pod) or `eni` (pods). */
  readonly mode: string;
  /** Port that clients use. */
  readonly port: pulumi.Input<number>;
  /** Port of the pods. @default - `port` if a container declares it, else the only port that is declared */
  readonly targetPort?: pulumi.Input<number>;
  /** Id of the provider's profile. @default - none, which only `cluster` allows */
  readonly provider?: pulumi.Input<string>;
  /** @default - only what the plan needs */
  readonly annotations?: pulumi.Input<{ [key: string]: string }>;
  /** What else is known of this way to the pods: `delaySeconds`, `healthCheck`, as in `traffic`. @default - as the profile says */
  readonly more?: FreeForm;
}
