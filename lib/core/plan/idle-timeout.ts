import { Problem, shown } from '../problem';
import type { Annotations, IdleTimeoutProfile, OutOfReach } from '../traffic/profile';
import type { RouteDraft } from './draft-routes';
import type { Findings } from './finish-routes';
import type { GracefulOptions } from './options';

/**
 * Annotations of a load balancer's idle timeout: one that forgets a silent connection cuts it without a word, so it must wait longer
 * than the silence lasts; an ingress does the same. What nobody knows is asked for, and what no annotation sets is only held against
 * the heartbeat.
 */
export function planIdleTimeout(draft: RouteDraft, { longConnection }: GracefulOptions, findings: Findings): Annotations {
  const { entry: { idleTimeoutSeconds: told }, ports, existing, kept } = draft;
  const heartbeatSeconds = longConnection?.heartbeatSeconds;
  if (heartbeatSeconds === undefined && told === undefined) return {};
  const needed = heartbeatSeconds === undefined ? 0 : heartbeatSeconds + 1;
  const standing = standingTimeout(draft);
  const { idle, seconds, outOfReach } = standing;
  const longest = idle?.range?.[1] ?? idle?.defaultSeconds ?? Infinity;
  // Twice the heartbeat lets one of them get lost.
  const enough = seconds === undefined || seconds >= needed ? seconds : Math.min(2 * (needed - 1), longest);
  const wanted = 'annotations' in kept ? seconds ?? told : told ?? enough;
  const problem = outOfReach?.holdsSeconds !== undefined && outOfReach.holdsSeconds < needed
    ? fixedTooShort(draft, needed, outOfReach) : wanted === undefined ? undefined : outOfRange(draft, needed, wanted, idle);
  if (problem) findings.problems.push(problem);
  else adviseTimeout(draft, needed, wanted, standing, findings.warnings);
  return problem || wanted === undefined || wanted === seconds ? {} : idle?.annotations?.(wanted, ports, existing) ?? {};
}

interface StandingTimeout {
  /** How it is set; none where no setting is known, or the load balancer does not take it from this Service. */
  readonly idle?: IdleTimeoutProfile;
  /** What holds before the plan. @default - not known */
  readonly seconds?: number;
  /** Why some listener, at least, does not take it. */
  readonly outOfReach?: OutOfReach;
}

/** What a load balancer of somebody else's has by default, nobody knows; what an annotation keeps is its author's word of it. */
function standingTimeout({ profile, existing, ports, kept }: RouteDraft): StandingTimeout {
  const idle = profile?.idleTimeout;
  const outOfReach = profile?.outOfReach?.('idleTimeout', existing, ports);
  const said = idle?.read?.(existing);
  if (!outOfReach) return { idle, seconds: said ?? idle?.defaultSeconds };
  if (outOfReach.holdsSeconds !== undefined) return { idle, seconds: said ?? idle?.defaultSeconds, outOfReach };
  return 'annotations' in kept ? { idle, seconds: said } : { outOfReach };
}

const OUTLASTS = 'so that it outlasts the silence between two heartbeats';

/** What cannot be told otherwise has to be long enough. */
function fixedTooShort({ entry: { service } }: RouteDraft, needed: number, { holdsSeconds, why, remedy }: OutOfReach): Problem {
  return {
    id: 'idle-timeout', field: `idle timeout of Service/${service}`, remedy,
    wanted: `at least ${needed} s, ${OUTLASTS}`, found: `${holdsSeconds} s, as ${why}`,
  };
}

function outOfRange(draft: RouteDraft, needed: number, wanted: number, idle?: IdleTimeoutProfile): Problem | undefined {
  const { entry: { service }, profile } = draft;
  const [shortest, longest] = idle?.range ?? [0, idle?.defaultSeconds ?? Infinity];
  if (wanted >= needed && wanted >= shortest && wanted <= longest) return undefined;
  const range = longest === Infinity || needed > longest ? `at least ${needed} s` : `from ${Math.max(shortest, needed)} to ${longest} s`;
  const most = needed > longest ? `; ${profile?.name} keeps a silent connection for ${longest} s at most` : '';
  return {
    id: 'idle-timeout', field: `idle timeout of Service/${service}`, found: `${wanted} s`,
    wanted: `${range}, ${OUTLASTS}${most}`,
    remedy: longest === Infinity ? 'Let the application speak more often, or raise the timeout and say so here.'
      : `Let the application speak more often than every ${longest} s, or choose a provider that waits longer.`,
  };
}

function adviseTimeout(
  draft: RouteDraft, needed: number, wanted: number | undefined, { idle, outOfReach }: StandingTimeout, warnings: Problem[],
): void {
  const { idleTimeoutSeconds: told } = draft.entry;
  if (outOfReach) {
    if (!idle || told !== undefined && told !== outOfReach.holdsSeconds) warnings.push(timeoutOutOfReach(draft, needed, outOfReach));
  } else if (wanted === undefined) adviseUnknown(draft, needed, warnings);
  else if (!idle && needed === 0) warnings.push(heldAgainstNothing(draft, wanted));
}

function timeoutOutOfReach({ entry: { service, idleTimeoutSeconds } }: RouteDraft, needed: number, { why, remedy }: OutOfReach): Problem {
  return {
    id: 'idle-timeout-out-of-reach', field: `idle timeout of Service/${service}`, remedy,
    wanted: needed === 0 ? 'set with effect' : `set with effect, and to at least ${needed} s, ${OUTLASTS}`,
    found: `${idleTimeoutSeconds === undefined ? 'not known' : `${idleTimeoutSeconds} s by what traffic says alone`}, as ${why}`,
  };
}

/** Through a NodePort nobody knows whether a load balancer is there at all. */
function adviseUnknown(draft: RouteDraft, needed: number, warnings: Problem[]): void {
  const { entry, mode, profile, isBalanced } = draft;
  if (mode !== 'ingress' && !profile && !isBalanced) return;
  warnings.push({
    id: 'unknown-idle-timeout', field: `traffic.idleTimeoutSeconds of Service/${entry.service}`, found: 'nothing',
    wanted: `told, and at least ${needed}, ${OUTLASTS}: no setting of ${nameOf(draft)} is known that shows it`,
    remedy: 'Give what its maker says or its console shows; a load balancer that forgets a silent connection cuts it without a word.',
  });
}

function nameOf({ mode, profile }: RouteDraft): string {
  return mode === 'ingress' ? 'the ingress' : profile?.name ?? 'this load balancer';
}

function heldAgainstNothing(draft: RouteDraft, told: number): Problem {
  return {
    id: 'ignored-option', field: `traffic.idleTimeoutSeconds of Service/${draft.entry.service}`, found: shown(told),
    wanted: `absent, as no setting of ${nameOf(draft)} is known that takes it, and no heartbeat is told that it could be held against`,
    remedy: 'Leave it out, or give longConnection.heartbeatSeconds.',
  };
}
