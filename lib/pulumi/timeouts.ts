import type * as pulumi from '@pulumi/pulumi';
import type { PaceAt } from '../core/index';
import { ifThere } from './field-by-field';
import type { PlannedDeployment } from './plan-deployment';
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
 * longest; where the slowest start is not known, the rollout at least + 60 s a wave, and never less than a progress deadline that the plan
 * or the spec says, for each wave. delete = grace + 60 s.
 */
export function deploymentSeconds(planned: PlannedDeployment): { readonly rollout: number; readonly deletion: number } {
  return {
    rollout: Math.max(...planned.plan.pace.at.map((at) => longestSeconds(planned, at))),
    deletion: planned.plan.shutdown.terminationGracePeriodSeconds.value + DELETION_SLACK_SECONDS,
  };
}

/** Timeouts of a Deployment, only where the provider's own 10 minutes are not enough. */
export function deploymentTimeouts(planned: PlannedDeployment): pulumi.CustomTimeouts | undefined {
  const { rollout, deletion } = deploymentSeconds(planned);
  const waits = rollout > PROVIDER_TIMEOUT_SECONDS ? { create: `${rollout}s`, update: `${rollout}s` } : undefined;
  const deletes = deletion > PROVIDER_TIMEOUT_SECONDS ? { delete: `${deletion}s` } : undefined;
  return waits || deletes ? { ...waits, ...deletes } : undefined;
}

/** The same as one number, where there is room for no more. */
export function deploymentTimeout(planned: PlannedDeployment): number {
  const { rollout, deletion } = deploymentSeconds(planned);
  return Math.max(rollout, deletion);
}

/** How long the provider has to wait for a Service, in seconds: one wave, as its first pod may come no sooner. */
export function serviceTimeout(planned: PlannedDeployment): number {
  return Math.max(...planned.plan.pace.at.map((at) => Math.ceil(longestSeconds(planned, at) / Math.max(1, at.waves))));
}

/** Timeouts of a Service, only where the provider's own 10 minutes are not enough. */
export function serviceTimeouts(planned: PlannedDeployment): pulumi.CustomTimeouts | undefined {
  const seconds = serviceTimeout(planned);
  return seconds > PROVIDER_TIMEOUT_SECONDS ? { create: `${seconds}s`, update: `${seconds}s` } : undefined;
}

/**
 * What a plan needs as options of the resource; none where it is known too late, or where the author says it on the object: the provider
 * looks there only where there is no option, so one of ours would win.
 */
export function timeoutsInTime(
  planned: pulumi.Input<PlannedDeployment>, metadata: unknown,
  timeoutsOf: (planned: PlannedDeployment) => pulumi.CustomTimeouts | undefined,
): pulumi.CustomTimeouts | undefined {
  return isPending(planned) || saysTimeout(metadata) ? undefined : timeoutsOf(planned as PlannedDeployment);
}

function saysTimeout(metadata: unknown): boolean {
  const { annotations } = (isPending(metadata) ? {} : metadata ?? {}) as { readonly annotations?: Readonly<Record<string, unknown>> };
  return !isPending(annotations) && annotations?.[TIMEOUT] !== undefined;
}

/** What an author said of timeouts wins over what a plan needs; transforms and plugins get empty texts for what nobody said. */
export function withSaid(needed: pulumi.CustomTimeouts | undefined, said: pulumi.CustomTimeouts | undefined): pulumi.CustomTimeouts {
  return { ...needed, ...Object.fromEntries(Object.entries(said ?? {}).filter(([, time]) => Boolean(time))) };
}

interface Timed {
  readonly annotations?: object;
  readonly seconds?: number;
}

/** A timeout that is known too late to be an option of the resource goes to the provider as its annotation. What an author said wins. */
export function withTimeout(
  metadata: pulumi.Input<object | undefined>, planned: pulumi.Input<PlannedDeployment>,
  secondsOf: (planned: PlannedDeployment) => number,
): pulumi.Input<object | undefined> {
  if (!isPending(planned)) return metadata;
  if (isPending(metadata)) {
    return thenKnown(metadata as pulumi.Input<object | undefined>, (known) => withTimeout(known, planned, secondsOf));
  }
  const { annotations } = (metadata ?? {}) as { annotations?: object };
  const seconds = thenKnown(planned, secondsOf);
  const written = whenKnown<Timed, object | undefined>({ annotations, seconds }, (known, inputs) => {
    if (known.seconds === undefined || known.seconds <= PROVIDER_TIMEOUT_SECONDS) return inputs.annotations;
    return { [TIMEOUT]: String(known.seconds), ...known.annotations && inputs.annotations };
  });
  return { ...metadata as object, annotations: ifThere(written) };
}

/** Each pod has as long as a progress deadline that is said says: who stops waiting before calls a rollout failed that is in time. */
function longestSeconds({ plan, manifest }: PlannedDeployment, { rolledOut, waves }: PaceAt): number {
  const deadlineSeconds = plan.pace.progressDeadlineSeconds?.value ?? manifest.spec?.progressDeadlineSeconds ?? 0;
  return rolledOut.atMostSeconds ?? Math.max(rolledOut.atLeastSeconds + waves * UNKNOWN_START_SECONDS, waves * deadlineSeconds);
}
