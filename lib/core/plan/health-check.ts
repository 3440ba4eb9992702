import { Problem, shown } from '../problem';
import type { Annotations, HealthCheckProfile, HealthCheckTimes, OutOfReach } from '../traffic/profile';
import type { RouteDraft } from './draft-routes';
import type { Findings } from './finish-routes';
import { outOfReachOf } from './out-of-reach';

/** A health check with where it was read. */
export interface HealthCheckInForce extends HealthCheckTimes {
  readonly source: string;
}

/**
 * The health check in force: the author's word first, then the Service's where the load balancer takes it, then the provider's default;
 * none where it is off, or nobody knows it.
 */
export function healthCheckOf(on: Pick<RouteDraft, 'entry' | 'profile' | 'existing' | 'ports' | 'kept'>): HealthCheckInForce | undefined {
  const { entry: { healthCheck }, profile: { healthCheck: known } = {}, existing, ports } = on;
  if (!known && !healthCheck) return undefined;
  const isReached = !outOfReachOf('healthCheck', on);
  if (!healthCheck && isReached && known?.off?.(existing, ports)) return undefined;
  const read = isReached && known ? known.read(existing) : {};
  return {
    intervalSeconds: healthCheck?.intervalSeconds ?? read.intervalSeconds ?? known?.intervalSeconds ?? 1,
    healthyThreshold: healthCheck?.healthyThreshold ?? read.healthyThreshold ?? known?.healthyThreshold ?? 1,
    unhealthyThreshold: healthCheck?.unhealthyThreshold ?? read.unhealthyThreshold ?? known?.unhealthyThreshold ?? 1,
    source: healthCheck ? 'author: traffic.healthCheck' : known!.source,
  };
}

/** Annotations of the health check, as far as the author asks for them. In Cluster mode no figure rests on what stands there. */
export function planHealthCheck(draft: RouteDraft, { problems, warnings }: Findings): Annotations {
  const { entry, profile, mode } = draft;
  const known = profile?.healthCheck;
  const counts = mode === 'local' || mode === 'eni';
  if (!known) {
    if (profile && counts) warnUnknownCheck(entry, profile.name, warnings);
    return {};
  }
  if (!counts && !entry.healthCheck) return {};
  const check = draft.check ?? (entry.healthCheck && healthCheckOf(draft));
  if (check) checkRanges(draft, known, check, problems);
  const outOfReach = outOfReachOf('healthCheck', draft);
  if (outOfReach) {
    warnings.push(checkOutOfReach(entry, outOfReach));
    return {};
  }
  return entry.healthCheck && check ? toldCheck(draft, known, check, problems) : untoldCheck(draft, known, warnings);
}

/** What is told of a check that stays off would do nothing. */
function toldCheck(draft: RouteDraft, known: HealthCheckProfile, check: HealthCheckInForce, problems: Problem[]): Annotations {
  const annotations = known.annotations(check);
  const off = known.off?.({ ...draft.existing, ...annotations }, draft.ports);
  if (off) problems.push(checkOff(draft.entry, off));
  return annotations;
}

/** What an annotation keeps off is its author's own decision. */
function untoldCheck(draft: RouteDraft, known: HealthCheckProfile, warnings: Problem[]): Annotations {
  const off = draft.check || 'annotations' in draft.kept ? undefined : known.off?.(draft.existing, draft.ports);
  if (off) warnings.push(checkOff(draft.entry, off));
  return {};
}

function checkRanges({ entry, profile }: RouteDraft, known: HealthCheckProfile, check: HealthCheckInForce, problems: Problem[]): void {
  const [shortest, longest] = known.intervalRange;
  const [least, most] = known.thresholdRange;
  const within = (value: number, from: number, to: number) => value >= from && value <= to;
  const counts = within(check.healthyThreshold, least, most) && within(check.unhealthyThreshold, least, most);
  if (counts && within(check.intervalSeconds, shortest, longest)) return;
  problems.push({
    id: 'health-check-range', field: `health check of Service/${entry.service}`,
    found: `${check.healthyThreshold} successes and ${check.unhealthyThreshold} failures, ${check.intervalSeconds} s apart`,
    wanted: `${least} to ${most} successes and failures, ${shortest} to ${longest} s apart, which ${profile?.name} takes`, remedy: 'Give numbers in these ranges, or leave them out.',
  });
}

/** What the load balancer needs until it feeds a new pod is not reckoned with, so the step of a rollout may be too short. */
function warnUnknownCheck({ service, healthCheck: told }: RouteDraft['entry'], name: string, warnings: Problem[]): void {
  const missing = (['intervalSeconds', 'healthyThreshold'] as const).filter((time) => told?.[time] === undefined);
  if (missing.length === 0) return;
  warnings.push({
    id: 'unknown-health-check', field: `traffic.healthCheck of Service/${service}`, found: told ? shown(told) : 'nothing',
    wanted: `given ${missing.join(' and ')}, as nothing is known of how ${name} finds a new pod healthy; an old one may go before that`,
    remedy: 'Give what the load balancer\'s maker says or its console shows.',
  });
}

/** The plan reckons with what the author tells, else with the provider's default, and nothing makes the load balancer have it. */
function checkOutOfReach({ service, healthCheck: told }: RouteDraft['entry'], { why, remedy }: OutOfReach): Problem {
  return {
    id: 'health-check-out-of-reach', field: `health check of Service/${service}`, found: `${told ? 'what traffic says' : 'the provider\'s default'}, as ${why}`,
    wanted: 'what the load balancer really has, as a step of the rollout waits for it', remedy,
  };
}

function checkOff({ service }: RouteDraft['entry'], { why, remedy }: OutOfReach): Problem {
  return {
    id: 'health-check-off', field: `health check of Service/${service}`, found: `off, as ${why}`,
    wanted: 'on, so that a target which does not answer gets no clients', remedy,
  };
}
