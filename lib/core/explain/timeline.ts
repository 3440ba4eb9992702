import type { ContainerShutdown, RolloutPlan, RoutePlan, ShutdownPlan } from '../plan/rollout-plan';
import { isSidecar, shutdownPath } from './shutdown-path';

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
 * What happens to a pod from its deletion until SIGKILL would come, in the order of time; told from the plan alone.
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
  const { waitSeconds } = shutdownPath(plan.shutdown);
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
  const alone = shutdown.containers.length === 1;
  return shutdown.containers.filter((container) => !isSidecar(container)).map((container): TimelineEvent => ({
    atSeconds: container.wait.value,
    event: 'sigterm',
    text: sigtermText(container, alone),
    container: container.name,
    phase: container === slowest && container.drain.value > 0 ? { name: 'drain', seconds: container.drain.value } : undefined,
  }));
}

/** The kubelet ends sidecars last, one after the other, in reverse order of definition; all at once when the grace is over (KEP-753). */
function sidecarSigterms({ shutdown }: RolloutPlan): readonly TimelineEvent[] {
  const leaves = shutdown.containers.every((container) => isSidecar(container) || container.onSigterm !== 'ignores');
  let atSeconds = leaves ? shutdownPath(shutdown).mainSeconds : shutdown.terminationGracePeriodSeconds.value;
  return shutdown.containers.filter(isSidecar).reverse().map((sidecar): TimelineEvent => {
    const event: TimelineEvent = { atSeconds, event: 'sigterm', text: sigtermText(sidecar, false), container: sidecar.name };
    if (leaves) atSeconds += sidecar.drain.value;
    return event;
  });
}

function sigtermText(container: ContainerShutdown, alone: boolean): string {
  const kind = container.role === 'serves' ? '' : ` (${container.role})`;
  const whom = alone ? '' : ` to ${container.name}${kind}`;
  const work = container.drain.parts.filter((part) => part.value > 0).map((part) => `${part.value} s ${part.label}`).join(' + ');
  const sooner = container.preStop?.httpGet ? ', or sooner if its hook ends sooner' : '';
  if (container.onSigterm === 'ignores') return `SIGTERM${whom}${sooner}, which it ignores: ${work || 'nothing in flight'}`;
  if (container.onSigterm === 'exits') return `SIGTERM${whom}${sooner}; it exits at once`;
  return `SIGTERM${whom}${sooner}${work && `: ${work}`}`;
}

function drained({ shutdown }: RolloutPlan): TimelineEvent {
  const { drainedSeconds: atSeconds, endSeconds } = shutdownPath(shutdown);
  const isLast = atSeconds === endSeconds;
  return {
    atSeconds,
    event: 'drained',
    text: isLast && stubborn(shutdown).length === 0 ? 'nothing is left' : 'nothing is in flight any more',
    phase: isLast ? margin(shutdown, endSeconds) : { name: 'others', seconds: endSeconds - atSeconds },
  };
}

function gone({ shutdown }: RolloutPlan): readonly TimelineEvent[] {
  const { drainedSeconds, endSeconds } = shutdownPath(shutdown);
  if (drainedSeconds === endSeconds) return [];
  const text = stubborn(shutdown).length === 0 ? 'every container has left' : 'the other containers have left';
  return [{ atSeconds: endSeconds, event: 'containers-gone', text, phase: margin(shutdown, endSeconds) }];
}

function margin(shutdown: ShutdownPlan, endSeconds: number): TimelinePhase {
  return { name: 'margin', seconds: shutdown.terminationGracePeriodSeconds.value - endSeconds };
}

function sigkill({ shutdown }: RolloutPlan): TimelineEvent {
  const left = stubborn(shutdown);
  const text = left.length > 0 ? `SIGKILL ends ${left.join(', ')}` : 'SIGKILL would come now';
  return { atSeconds: shutdown.terminationGracePeriodSeconds.value, event: 'sigkill', text };
}

/** Names of those that never leave by themselves. */
function stubborn(shutdown: ShutdownPlan): readonly string[] {
  return shutdown.containers.filter((container) => container.onSigterm === 'ignores').map(({ name }) => name);
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
