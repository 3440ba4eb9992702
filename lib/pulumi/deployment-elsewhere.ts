import * as pulumi from '@pulumi/pulumi';
import { explain } from '../core/index';
import type { RolloutPlan } from '../core/index';
import { asMessage } from './as-message';
import type { GracefulDeploymentArgs } from './graceful-deployment-args';
import { planDeployment } from './plan-deployment';
import type { PlannedDeployment, Told } from './plan-deployment';
import { toldOf } from './told-of';
import { thenKnown } from './when-known';

/**
 * A deployment that something else creates (another stack, another component), for the Services that lead to it: planned as
 * `GracefulDeployment` plans it, but not registered. So a Service needs the same arguments, and never the resource.
 *
 * @throws {PlanRefusedError} As `GracefulDeployment`.
 *
 * @example
 * new EniLoadBalancerService('public', { deployment: new DeploymentElsewhere('web', args), port: 80 });
 */
export class DeploymentElsewhere {
  /** The plan of its rollouts: every number with its sum. */
  public readonly plan: pulumi.Output<RolloutPlan>;
  /** The same as text for people. */
  public readonly explanation: pulumi.Output<string>;
  /** @internal */
  public readonly told: Told;
  /** @internal */
  public readonly namespace?: pulumi.Input<string | undefined>;
  /** @internal */
  public readonly planned: pulumi.Input<PlannedDeployment>;

  /** @param name Name of its resource; `args.metadata.name` wins. */
  constructor(name: string, args: GracefulDeploymentArgs) {
    this.told = asMessage(() => toldOf(name, args));
    this.planned = planDeployment(this.told);
    this.namespace = args.metadata?.namespace;
    this.plan = pulumi.output(thenKnown(this.planned, ({ plan }) => plan)) as pulumi.Output<RolloutPlan>;
    this.explanation = pulumi.output(thenKnown(this.planned, ({ plan }) => explain(plan)));
  }
}
