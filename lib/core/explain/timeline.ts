import type { ContainerShutdown, RolloutPlan, RoutePlan, ShutdownPlan } from '../plan/rollout-plan';
import { isSidecar, secondsAtExit, shutdownPath } from './shutdown-path';

/** What happens to a pod that is deleted: stable ids, a contract. */
export type TimelineEventId =
  | 'deleted' | 'no-new-connections' | 'sigterm' | 'drained' | 'containers-gone' | 'load-balancer-cuts' | 'sigkill';

/** A part of the grace period. */
export interface TimelinePhase {
  /** `others`: proxies, sidecars and helpers that leave after the application. */
  readonly name: 'preStop' | 'drain' | 'others' | 'margin';
  readonly seconds: number;
}

/** A moment in a pod's end. */
export interface TimelineEvent {
  /** Seconds since the deletion: at the latest; but at the earliest for `load-balancer-cuts` of a load balancer that drains. */
  readonly atSeconds: number;
  readonly event: TimelineEventId;
  /** What happens, as people read it. */
  readonly text: string;
  /** Name of the Service, where it happens on the way in. @default - none */
  readonly service?: string;
  /** Name of the container, where it happens to one. @default - none */
  readonly container?: string;
  /** The part of the grace period that begins here; all of them together are the grace period. @default - none */
  readonly phase?: TimelinePhase;
}

/**
 * What happens to a pod from its deletion until SIGKILL would come, in the order of time; told from the plan alone. What a kept
 * grace period leaves no time for happens at its end, and says so.
 *
 * @example
 * timeline(plan).map(({ atSeconds, event }) => `${atSeconds} ${event}`); // '0 deleted', '10 no-new-connections', '12 sigterm', ...
 */
export function timeline(plan: RolloutPlan): readonly TimelineEvent[] {
  const events = [
    deleted(plan), ...plan.routes.map(noNewConnections), ...sigterms(plan), drained(plan), ...sidecarSigterms(plan), ...gone(plan),
    ...plan.routes.flatMap(cuts), sigkill(plan),
  ];
  // What happens in the same second keeps the order in which it is told here.
  return events.sort((a, b) => a.atSeconds - b.atSeconds);
}

function deleted(plan: RolloutPlan): TimelineEvent {
  const hooked = plan.shutdown.containers.some((container) => container.preStop !== undefined);
  const waitSeconds = Math.min(shutdownPath(plan.shutdown).waitSeconds, graceOf(plan.shutdown));
  return {
    atSeconds: 0,
    event: 'deleted',
    text: hooked ? 'deleted; endpoint terminating; preStop starts' : 'deleted; endpoint terminating',
    phase: waitSeconds > 0 ? { name: 'preStop', seconds: waitSeconds } : undefined,
  };
}

function noNewConnections(route: RoutePlan): TimelineEvent {
  return {
    atSeconds: route.delay.value,
    event: 'no-new-connections',
    text: `no new connection through Service/${route.service} any more`,
    service: route.service,
  };
}

function sigterms({ shutdown }: RolloutPlan): readonly TimelineEvent[] {
  const { slowest } = shutdownPath(shutdown);
  const graceSeconds = graceOf(shutdown);
  const alone = shutdown.containers.length === 1;
  return shutdown.containers.filter((container) => !isSidecar(container)).map((container): TimelineEvent => {
    const drainSeconds = Math.min(secondsAtExit(container), graceSeconds) - Math.min(container.wait.value, graceSeconds);
    const phase = container === slowest && drainSeconds > 0 ? { name: 'drain' as const, seconds: drainSeconds } : undefined;
    return { ...sigterm(container, alone, container.wait.value, graceSeconds), phase };
  });
}

/** The kubelet ends sidecars last, one after the other, in reverse order of definition; all at once when the grace is over (KEP-753). */
function sidecarSigterms({ shutdown }: RolloutPlan): readonly TimelineEvent[] {
  return shutdownPath(shutdown).sidecars.map(({ sidecar, atSeconds }) => sigterm(sidecar, false, atSeconds, graceOf(shutdown)));
}

function sigterm(container: ContainerShutdown, alone: boolean, atSeconds: number, graceSeconds: number): TimelineEvent {
  const text = atSeconds > graceSeconds ? `SIGTERM${whom(container, alone)}, as the grace is over` : sigtermText(container, alone);
  return { atSeconds: Math.min(atSeconds, graceSeconds), event: 'sigterm', text, container: container.name };
}

function whom(container: ContainerShutdown, alone: boolean): string {
  return alone ? '' : ` to ${container.name}${container.role === 'serves' ? '' : ` (${container.role})`}`;
}

function sigtermText(container: ContainerShutdown, alone: boolean): string {
  const signal = `SIGTERM${whom(container, alone)}`;
  const work = container.drain.parts.filter((part) => part.value > 0).map((part) => `${part.value} s ${part.label}`).join(' + ');
  const sooner = container.preStop?.httpGet ? ', or sooner if its hook ends sooner' : '';
  if (container.onSigterm === 'ignores') return `${signal}${sooner}, which it ignores: ${work || 'nothing in flight'}`;
  if (container.onSigterm === 'exits') return `${signal}${sooner}; it exits at once`;
  return `${signal}${sooner}${work && `: ${work}`}`;
}

function drained({ shutdown }: RolloutPlan): TimelineEvent {
  const { drainedSeconds, endSeconds } = shutdownPath(shutdown);
  const graceSeconds = graceOf(shutdown);
  const event = 'drained';
  if (drainedSeconds > graceSeconds) {
    return { atSeconds: graceSeconds, event, text: `what is in flight is cut: the grace is ${drainedSeconds - graceSeconds} s too short for it` };
  }
  const isLast = drainedSeconds === endSeconds;
  return {
    atSeconds: drainedSeconds,
    event,
    text: isLast && stubborn(shutdown).length === 0 ? 'nothing is left' : 'nothing is in flight any more',
    phase: isLast ? margin(shutdown, endSeconds) : { name: 'others', seconds: Math.min(endSeconds, graceSeconds) - drainedSeconds },
  };
}

function gone({ shutdown }: RolloutPlan): readonly TimelineEvent[] {
  const { drainedSeconds, endSeconds } = shutdownPath(shutdown);
  if (drainedSeconds === endSeconds) return [];
  const graceSeconds = graceOf(shutdown);
  const event = 'containers-gone';
  if (endSeconds > graceSeconds) {
    return [{ atSeconds: graceSeconds, event, text: `the other containers are cut: the grace is ${endSeconds - graceSeconds} s too short for them` }];
  }
  const text = stubborn(shutdown).length === 0 ? 'every container has left' : 'the other containers have left';
  return [{ atSeconds: endSeconds, event, text, phase: margin(shutdown, endSeconds) }];
}

function margin(shutdown: ShutdownPlan, endSeconds: number): TimelinePhase {
  return { name: 'margin', seconds: graceOf(shutdown) - endSeconds };
}

function sigkill({ shutdown }: RolloutPlan): TimelineEvent {
  const atSeconds = graceOf(shutdown);
  const left = leftAt(atSeconds, shutdown);
  return { atSeconds, event: 'sigkill', text: left.length > 0 ? `SIGKILL ends ${left.join(', ')}` : 'SIGKILL would come now' };
}

function graceOf({ terminationGracePeriodSeconds }: ShutdownPlan): number {
  return terminationGracePeriodSeconds.value;
}

/** Names of those that never leave by themselves. */
function stubborn(shutdown: ShutdownPlan): readonly string[] {
  return shutdown.containers.filter((container) => container.onSigterm === 'ignores').map(({ name }) => name);
}

/** Names of those that are still there when the grace is over: they ignore SIGTERM, or the grace is too short for them. */
function leftAt(graceSeconds: number, shutdown: ShutdownPlan): readonly string[] {
  const { sidecars } = shutdownPath(shutdown);
  const late = new Set(sidecars.filter(({ goneSeconds }) => goneSeconds > graceSeconds).map(({ sidecar }) => sidecar));
  const isLate = (container: ContainerShutdown) => isSidecar(container) ? late.has(container) : secondsAtExit(container) > graceSeconds;
  return shutdown.containers.filter((container) => container.onSigterm === 'ignores' || isLate(container)).map(({ name }) => name);
}

/** Only where a roll removes targets: nodes stay targets however the pods move. */
function cuts(route: RoutePlan): readonly TimelineEvent[] {
  if (route.targets !== 'pods' && route.targets !== 'nodes-with-a-pod') return [];
  const { service, drain } = route;
  const event = 'load-balancer-cuts';
  if (route.removed === 'cut-at-once') {
    return [{ atSeconds: route.delay.value, event, text: `load balancer of Service/${service} has cut what was open`, service }];
  }
  if (route.removed !== 'cut-after-drain' || drain === undefined) return [];
  // Controllers may remove the target as soon as its endpoint is terminating, and the drain runs from then.
  return [{ atSeconds: drain.value, event, text: `load balancer of Service/${service} may cut what is open from now on`, service }];
}
