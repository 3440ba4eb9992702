import { Manifest, RolloutPlan, writePlan } from '../core';
import type { DrillAdvice } from '../report';
import type { Measured } from './measure';

const WATCH_SECONDS = 0.5; // ours: how far a client's clock, a watch and the kubelet's whole seconds may be apart

/** Which setting should be another, as a drill has shown; the plan's inputs where there is a plan, else the pods' own settings. */
export function adviceOf(measured: Measured, plan: RolloutPlan | undefined, services: readonly Manifest[]): DrillAdvice[] {
  if (!plan) return tooShort(measured);
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

/** The plan was told, or assumed, something that is not so. */
function refuted({ delaySeconds = 0, drainSeconds = 0, startSeconds = 0 }: Measured, plan: RolloutPlan): DrillAdvice[] {
  const advice: DrillAdvice[] = [];
  const [slowest] = [...plan.routes].sort((a, b) => b.delay.value - a.delay.value);
  if (slowest && delaySeconds > slowest.delay.value) {
    const reason = `a new connection reached a stopping pod ${delaySeconds} s after its deletion`;
    advice.push({ field: `traffic[${slowest.service}].delaySeconds`, from: slowest.delay.value, to: Math.ceil(delaySeconds) + 1, reason });
  }
  const { drain } = plan.shutdown;
  if (drainSeconds > drain.value + WATCH_SECONDS) {
    const { field, value } = largestInput(plan);
    const to = value + Math.ceil(drainSeconds - drain.value);
    advice.push({ field, from: value, to, reason: `the application left ${drainSeconds} s after SIGTERM, and the plan gave it ${drain.value} s` });
  }
  const start = plan.startup.slowestStart;
  if (start && startSeconds > start.value + WATCH_SECONDS) {
    const reason = `a pod was ready ${startSeconds} s after its creation, scheduling and image included`;
    advice.push({ field: 'slowestStartSeconds', from: start.value, to: Math.ceil(startSeconds), reason });
  }
  return advice;
}

/** The input that the drain owes most of its length to. */
function largestInput(plan: RolloutPlan): { readonly field: string; readonly value: number } {
  const [largest] = [...plan.shutdown.drain.parts].sort((a, b) => b.value - a.value);
  const option = /\b\w+Seconds\b/.exec(largest?.source ?? '')?.[0];
  return { field: option ?? 'longestRequestSeconds', value: largest?.value ?? 0 };
}

/** Without a plan, the pods' own settings are all that can be judged. */
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
