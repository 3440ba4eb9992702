import type * as pulumi from '@pulumi/pulumi';

/** Any object: the schema of a component has no other word for what Kubernetes' types say with unions. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
type FreeForm = { [field: string]: any };

/** What a workload takes, in words that every language of Pulumi has. */
export interface GracefulWorkloadArgs {
  /** Name of the Deployment. @default - the name of the resource */
  readonly metadataName?: string;
  /** @default - the provider's */
  readonly namespace?: pulumi.Input<string>;
  /** Containers of the pods as Kubernetes has them. @default - `spec` has them */
  readonly containers?: FreeForm[];
  /** The whole spec of the Deployment as Kubernetes has it, instead of `containers` and `replicas`. @default - made from these */
  readonly spec?: FreeForm;
  /** @default - Kubernetes' own 1 */
  readonly replicas?: pulumi.Input<number>;
  /** What you know about the workload and wish for its rollouts: the options of the core. @default - the defaults of each */
  readonly graceful?: FreeForm;
  /** The Services with a load balancer that lead to it; each is told to the deployment. @default - none */
  readonly services?: WorkloadServiceArgs[];
  /** Bounds of what scales the workload: `minReplicas` and `maxReplicas`. @default - nothing scales it */
  readonly autoscaler?: FreeForm;
  /** Creates a PodDisruptionBudget that lets one pod go at a time. @default true */
  readonly disruptionBudget?: boolean;
}

/** A Service with a load balancer. */
export interface WorkloadServiceArgs {
  /** Name of the resource and of the Service. */
  readonly name: string;
  /** What the load balancer sends to: `cluster` (all nodes), `local` (nodes that host a pod) or `eni` (pods). */
  readonly mode: string;
  /** Port that clients use. */
  readonly port: pulumi.Input<number>;
  /** Port of the pods. @default - `port` if a container declares it, else the only port that is declared */
  readonly targetPort?: pulumi.Input<number>;
  /** Id of the provider's profile. @default - none, which only `cluster` allows */
  readonly provider?: string;
  /** @default - only what the plan needs */
  readonly annotations?: { [key: string]: string };
  /** What else is known of this way to the pods: `delaySeconds`, `healthCheck`, as in `traffic`. @default - as the profile says */
  readonly more?: FreeForm;
}
