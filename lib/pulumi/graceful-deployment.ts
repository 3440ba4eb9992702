import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { disruptionBudgetSpec } from '../core/index';
import type { RolloutPlan } from '../core/index';
import { asMessage } from './as-message';
import { DeploymentElsewhere } from './deployment-elsewhere';
import { deploymentSpec } from './field-by-field';
import type { GracefulDeploymentArgs } from './graceful-deployment-args';
import { selectorOf } from './plan-deployment';
import type { PlannedDeployment, Told } from './plan-deployment';
import { notePods } from './pods';
import { refuseOtherSelector } from './refuse-other-selector';
import { podsOf, refuseDeploymentToWait } from './refuse-waiting';
import { deploymentTimeout, deploymentTimeouts, timeoutsInTime, withSaid, withTimeout } from './timeouts';
import { waitingOf } from './waiting';
import { thenKnown } from './when-known';

/**
 * A Deployment whose rollouts drop nothing, with its PodDisruptionBudget: children of the same name.
 *
 * Probes, preStop wait, grace period, pace and spread come from one sum over what you know (`graceful`). What does not add up is
 * refused with everything at once: by the constructor where the values are plain, so in a preview too; else when the last Output that
 * the plan looks at is known. The provider waits as long as the rollout may take. A change that Kubernetes cannot make in place
 * (another selector) is refused; another name or namespace is created before the old one is deleted.
 *
 * @example
 * const web = new GracefulDeployment('web', {
 *   containers: [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] }],
 *   graceful: { longestRequestSeconds: 20, traffic: [{ service: 'public', mode: 'eni', provider: 'alibaba-clb' }] },
 * });
 */
export class GracefulDeployment extends pulumi.ComponentResource {
  /** The Deployment itself. */
  public readonly deployment: k8s.apps.v1.Deployment;
  /** Its disruption budget; undefined where it was not wanted. */
  public readonly disruptionBudget?: k8s.policy.v1.PodDisruptionBudget;
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

  constructor(name: string, args: GracefulDeploymentArgs, opts: pulumi.ComponentResourceOptions = {}) {
    const planned = args.planned ?? new DeploymentElsewhere(name, args);
    asMessage(() => refuseDeploymentToWait(planned.told.name, args, opts));
    super('kube-graceful:index:GracefulDeployment', name, {}, opts);
    ({ told: this.told, namespace: this.namespace, planned: this.planned, plan: this.plan, explanation: this.explanation } = planned);
    const childOpts = { parent: this, dependsOn: opts.dependsOn, ignoreChanges: ['spec.selector'] };
    const timeouts = timeoutsInTime(this.planned, args.metadata, deploymentTimeouts);
    this.deployment = new k8s.apps.v1.Deployment(name, deploymentArgs({ ...args.metadata, name: this.told.name }, planned), {
      ...childOpts, aliases: args.deploymentAliases, customTimeouts: withSaid(timeouts, opts.customTimeouts),
    });
    notePods('Deployment', this.deployment, podsOf(planned, waitingOf(opts)));
    if (args.disruptionBudget ?? true) {
      const budgetOpts = { ...childOpts, aliases: args.disruptionBudgetAliases };
      this.disruptionBudget = createDisruptionBudget(name, this.told, this.namespace, budgetOpts);
    }
    const { deployment, plan, explanation } = this;
    refuseOtherSelector({ resource: deployment, object: `Deployment/${this.told.name}`, live: deployment.spec.selector, wanted: selectorOf(this.told) });
    this.registerOutputs({ deployment, plan, explanation });
  }
}

function deploymentArgs(metadata: object, { told, planned }: DeploymentElsewhere): k8s.apps.v1.DeploymentArgs {
  const spec = deploymentSpec(told.name, told.workload.spec, thenKnown(planned, ({ manifest }) => manifest.spec!));
  const annotated = withTimeout(metadata, planned, deploymentTimeout);
  return { metadata: annotated, spec } as k8s.apps.v1.DeploymentArgs;
}

function createDisruptionBudget(
  name: string, told: Told, namespace: GracefulDeployment['namespace'], opts: pulumi.CustomResourceOptions,
): k8s.policy.v1.PodDisruptionBudget {
  const spec = thenKnown(selectorOf(told), disruptionBudgetSpec);
  return new k8s.policy.v1.PodDisruptionBudget(name, {
    metadata: { name: told.name, ...namespace !== undefined && { namespace } },
    spec: spec as k8s.types.input.policy.v1.PodDisruptionBudgetSpec,
  }, opts);
}
