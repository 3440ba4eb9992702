import type * as pulumi from '@pulumi/pulumi';
import type { PaceAt, RolloutPlan } from '../core/index';
import { isPending, thenKnown, whenKnown } from './when-known';

/** @see https://www.pulumi.com/registry/packages/kubernetes/api-docs/apps/v1/deployment/ (10 minutes for create, update and delete) */
export const PROVIDER_TIMEOUT_SECONDS = 600;

/** One number for create, update and delete. @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ */
const TIMEOUT = 'pulumi.com/timeoutSeconds';

/** ours: to schedule a pod, pull its image and start it, for each wave at least, where nobody said how long a start takes. */
const UNKNOWN_START_SECONDS = 60;

/** ours: from a deletion until the last finalizer has gone, on top of the grace. */
const DELETION_SLACK_SECONDS = 60;

/**
 * How long the provider has to wait for a Deployment, in seconds: update = the rollout at most, at the number of replicas that takes
 * longest; where the slowest start is not known, the rollout at least + 60 s a wave, and never less than the progress deadline that
 * the plan writes, for each wave. delete = grace + 60 s.
 */
export function deploymentSeconds(plan: RolloutPlan): { readonly rollout: number; readonly deletion: number } {
  return {
    rollout: Math.max(...plan.pace.at.map((at) => longestSeconds(plan, at))),
    deletion: plan.shutdown.terminationGracePeriodSeconds.value + DELETION_SLACK_SECONDS,
  };
}

/** Timeouts of a Deployment, only where the provider's own 10 minutes are not enough. */
export function deploymentTimeouts(plan: RolloutPlan): pulumi.CustomTimeouts | undefined {
  const { rollout, deletion } = deploymentSeconds(plan);
  const waits = rollout > PROVIDER_TIMEOUT_SECONDS ? { create: `${rollout}s`, update: `${rollout}s` } : undefined;
  const deletes = deletion > PROVIDER_TIMEOUT_SECONDS ? { delete: `${deletion}s` } : undefined;
  return waits || deletes ? { ...waits, ...deletes } : undefined;
}

/** The same as one number, where there is room for no more. */
export function deploymentTimeout(plan: RolloutPlan): number {
  const { rollout, deletion } = deploymentSeconds(plan);
  return Math.max(rollout, deletion);
}

/** How long the provider has to wait for a Service, in seconds: until its first pod is ready, so for one wave. */
export function serviceTimeout(plan: RolloutPlan): number {
  return Math.max(...plan.pace.at.map((at) => Math.ceil(longestSeconds(plan, at) / Math.max(1, at.waves))));
}

/** Timeouts of a Service, only where the provider's own 10 minutes are not enough. */
export function serviceTimeouts(plan: RolloutPlan): pulumi.CustomTimeouts | undefined {
  const seconds = serviceTimeout(plan);
  return seconds > PROVIDER_TIMEOUT_SECONDS ? { create: `${seconds}s`, update: `${seconds}s` } : undefined;
}

/**
 * What a plan needs as options of the resource; none where it is known too late, or where the author says it on the object: the provider
 * looks there only where there is no option, so one of ours would win.
 */
export function timeoutsInTime(
  plan: pulumi.Input<RolloutPlan>, metadata: unknown, timeoutsOf: (plan: RolloutPlan) => pulumi.CustomTimeouts | undefined,
): pulumi.CustomTimeouts | undefined {
  return isPending(plan) || saysTimeout(metadata) ? undefined : timeoutsOf(plan as RolloutPlan);
}

function saysTimeout(metadata: unknown): boolean {
  const { annotations } = (isPending(metadata) ? {} : metadata ?? {}) as { readonly annotations?: Readonly<Record<string, unknown>> };
  return !isPending(annotations) && annotations?.[TIMEOUT] !== undefined;
}

/** What an author said of timeouts wins over what a plan needs; transforms and plugins get empty texts for what nobody said. */
export function withSaid(needed: pulumi.CustomTimeouts | undefined, said: pulumi.CustomTimeouts | undefined): pulumi.CustomTimeouts {
  return { ...needed, ...Object.fromEntries(Object.entries(said ?? {}).filter(([, time]) => Boolean(time))) };
}

/** A timeout that is known too late to be an option of the resource goes to the provider as its annotation. What an author said wins. */
export function withTimeout(
  metadata: pulumi.Input<object | undefined>, plan: pulumi.Input<RolloutPlan>, secondsOf: (plan: RolloutPlan) => number,
): pulumi.Input<object | undefined> {
  if (!isPending(plan)) return metadata;
  if (isPending(metadata)) return thenKnown(metadata as pulumi.Input<object | undefined>, (known) => withTimeout(known, plan, secondsOf));
  const { annotations } = (metadata ?? {}) as { annotations?: object };
  return {
    ...metadata as object,
    annotations: whenKnown<{ annotations?: object; plan: RolloutPlan }, object | undefined>({ annotations, plan }, (known, inputs) => {
      if (!known.plan) return undefined;
      const seconds = secondsOf(known.plan);
      if (seconds <= PROVIDER_TIMEOUT_SECONDS) return inputs.annotations;
      return { [TIMEOUT]: String(seconds), ...known.annotations && inputs.annotations };
    }),
  };
}

/** Each pod has as long as the progress deadline says: who stops waiting before calls a rollout failed that is in time. */
function longestSeconds({ pace }: RolloutPlan, { rolledOut, waves }: PaceAt): number {
  const deadlineSeconds = pace.progressDeadlineSeconds?.value ?? 0;
  return rolledOut.atMostSeconds ?? Math.max(rolledOut.atLeastSeconds + waves * UNKNOWN_START_SECONDS, waves * deadlineSeconds);
}
