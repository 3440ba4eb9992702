import type * as pulumi from '@pulumi/pulumi';
import * as typed from 'kube-graceful/pulumi';
import { formOf } from './component';
import { typedDeployment } from './deployment-args';
import type { DeploymentArgs } from './deployment-args';
import type { FreeForm } from './free-form';

/** What a deployment takes. */
export interface GracefulDeploymentArgs extends DeploymentArgs {
  /** Creates a PodDisruptionBudget that lets one pod go at a time. @default true */
  readonly disruptionBudget?: boolean;
  /** URNs under which the Deployment itself was known before. @default - none */
  readonly deploymentAliases?: string[];
  /** URNs under which the PodDisruptionBudget itself was known before. @default - none */
  readonly disruptionBudgetAliases?: string[];
}

/** A Deployment whose rollouts drop nothing, with its PodDisruptionBudget: children of the same name. */
export class GracefulDeployment extends formOf(typed.GracefulDeployment) {
  /** The plan of its rollouts: every number with its sum. */
  declare public readonly plan: pulumi.Output<FreeForm>;
  /** The same as text for people. */
  declare public readonly explanation: pulumi.Output<string>;

  constructor(name: string, args: GracefulDeploymentArgs, opts?: pulumi.ComponentResourceOptions) {
    const { disruptionBudget, deploymentAliases, disruptionBudgetAliases } = args;
    super(name, { ...typedDeployment(args), disruptionBudget, deploymentAliases, disruptionBudgetAliases }, opts);
  }
}
