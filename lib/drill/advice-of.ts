import { Figure, Manifest, RolloutPlan, writePlan } from '../core';
import type { DrillAdvice } from '../report';
import type { Measured } from './measure';

const WATCH_SECONDS = 0.5; // ours: how far a client's clock, a watch and the kubelet's whole seconds may be apart
const EXIT_SECONDS = 5; // ours: an application that exits at once has gone by then, and its exit is known, on a busy node, too

/** What advice is drawn from, beside what was measured. */
export interface AdviceSources {
  readonly plan?: RolloutPlan;
  /** Nobody told what the plan is made of: it is none that anybody could apply, or have told wrongly. */
  readonly assumed: boolean;
  /** The plan's Services as they stand. */
  readonly services: readonly Manifest[];
}

/** Which setting should be another, as a drill has shown; the plan's inputs where somebody told them, else the pods' own settings. */
export function adviceOf(measured: Measured, { plan, assumed, services }: AdviceSources): DrillAdvice[] {
  if (!plan || assumed) return tooShort(measured);
  return [...unapplied(measured, plan), ...services.flatMap((service) => unappliedTo(service, plan)), ...refuted(measured, plan)];
}

/** The pods have less than the plan writes. */
function unapplied({ waitSeconds, graceSeconds }: Measured, plan: RolloutPlan): DrillAdvice[] {
  const { wait, terminationGracePeriodSeconds: grace } = plan.shutdown;
  const advice = (field: string, from: number, to: number) =>
    ({ field, from, to, reason: 'the pods have less than the plan says: apply it' });
  return [
    ...(waitSeconds !== undefined && waitSeconds < wait.value ? [advice('preStop', waitSeconds, wait.value)] : []),
    ...(graceSeconds !== undefined && graceSeconds < grace.value ? [advice('terminationGracePeriodSeconds', graceSeconds, grace.value)] : []),
  ];
}

/** A Service carries other annotations, or another policy, than the plan writes. */
function unappliedTo(service: Manifest, plan: RolloutPlan): DrillAdvice[] {
  const before = settingsOf(service);
  const reason = 'the Service has not what the plan says: apply it';
  return Object.entries(settingsOf(writePlan(service, plan))).filter(([key, to]) => before[key] !== to)
    .map(([key, to]) => ({ field: `Service/${service.metadata?.name} ${key}`, from: before[key] ?? 'unset', to, reason }));
}

function settingsOf({ metadata, spec }: Manifest): Record<string, string> {
  const { externalTrafficPolicy, loadBalancerClass } = spec as { externalTrafficPolicy?: string; loadBalancerClass?: string };
  return {
    ...metadata?.annotations, ...(externalTrafficPolicy && { externalTrafficPolicy }), ...(loadBalancerClass && { loadBalancerClass }),
  };
}

/** The plan was told, or assumes, something that is not so. */
function refuted(measured: Measured, plan: RolloutPlan): DrillAdvice[] {
  return [...refutedDelay(measured, plan), ...refutedDrain(measured, plan), ...refutedStart(measured, plan)];
}

/** Of several routes nobody knows here which one the address leads to: what is longer than each is certain. */
function refutedDelay({ delaySeconds = 0 }: Measured, { routes }: RolloutPlan): DrillAdvice[] {
  if (routes.length === 0) return [];
  const most = Math.max(...routes.map(({ delay }) => delay.value));
  if (delaySeconds <= most) return [];
  const one = routes.length === 1;
  return [{
    field: `traffic[${one ? routes[0].service : 'the Service that the address leads to'}].delaySeconds`,
    from: one ? most : `at most ${most}`,
    to: Math.ceil(delaySeconds) + 1,
    reason: `a new connection reached a stopping pod ${delaySeconds} s after its deletion`,
  }];
}

/** An application that exits at once is planned without a drain: what it takes is the time in which an exit gets known. */
function refutedDrain({ drainSeconds = 0 }: Measured, { shutdown: { drain, containers } }: RolloutPlan): DrillAdvice[] {
  if (drainSeconds <= (drain.value === 0 ? EXIT_SECONDS : drain.value + WATCH_SECONDS)) return [];
  const reason = `the application left ${drainSeconds} s after SIGTERM, and the plan gave it ${drain.value} s`;
  if (drain.parts.length === 0) return containers.some(({ onSigterm }) => onSigterm === 'exits') ? [{ field: 'onSigterm', from: 'exits', to: 'drains', reason }] : [];
  const { field, value } = largestInput(drain);
  return [{ field, from: value, to: value + Math.ceil(drainSeconds - drain.value), reason }];
}

/** The option that the drain owes most of its length to, with its path. */
function largestInput({ parts }: Figure): { readonly field: string; readonly value: number } {
  const [largest] = [...parts].sort((a, b) => b.value - a.value);
  const option = /[\w.]+Seconds\b/.exec(largest?.source ?? '')?.[0];
  return { field: option ?? 'longestRequestSeconds', value: largest?.value ?? 0 };
}

function refutedStart({ startSeconds = 0 }: Measured, { startup: { slowestStart: start } }: RolloutPlan): DrillAdvice[] {
  if (!start || startSeconds <= start.value + WATCH_SECONDS) return [];
  const reason = `a pod was ready ${startSeconds} s after its creation, scheduling and image included`;
  return [{ field: 'slowestStartSeconds', from: start.value, to: Math.ceil(startSeconds), reason }];
}

/** Without a plan that somebody told, the pods' own settings are all that can be judged. */
function tooShort({ delaySeconds, waitSeconds, endSeconds, graceSeconds }: Measured): DrillAdvice[] {
  const advice: DrillAdvice[] = [];
  if (delaySeconds !== undefined && waitSeconds !== undefined && delaySeconds > waitSeconds) {
    const reason = `a new connection reached a stopping pod ${delaySeconds} s after its deletion`;
    advice.push({ field: 'preStop', from: waitSeconds, to: Math.ceil(delaySeconds) + 2, reason });
  }
  if (endSeconds !== undefined && graceSeconds !== undefined && endSeconds >= graceSeconds - WATCH_SECONDS) {
    const cut = waitSeconds !== undefined && waitSeconds > graceSeconds;
    const reason = cut ? `it ended the preStop of ${waitSeconds} s, and left the application 2 s` : 'a pod used up its grace period, and was killed';
    advice.push({ field: 'terminationGracePeriodSeconds', from: graceSeconds, to: graceSeconds + (cut ? waitSeconds : graceSeconds), reason });
  }
  return advice;
}
