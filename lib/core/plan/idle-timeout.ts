import { Problem, shown } from '../problem';
import type { Annotations, OutOfReach } from '../traffic/profile';
import type { RouteDraft } from './draft-routes';
import type { Findings } from './finish-routes';
import type { GracefulOptions } from './options';

/**
 * Annotations of a load balancer's idle timeout: one that forgets a silent connection cuts it without a word, so it must wait longer
 * than the silence lasts; an ingress does the same. What nobody knows is asked for, and what no annotation sets is only held against
 * the heartbeat.
 */
export function planIdleTimeout(draft: RouteDraft, { longConnection }: GracefulOptions, findings: Findings): Annotations {
  const { entry, ports, existing, kept } = draft;
  const heartbeatSeconds = longConnection?.heartbeatSeconds;
  const told = entry.idleTimeoutSeconds;
  if (heartbeatSeconds === undefined && told === undefined) return {};
  const needed = heartbeatSeconds === undefined ? 0 : heartbeatSeconds + 1;
  const { idle, standing, outOfReach } = standingTimeout(draft);
  const [shortest, longest] = idle?.range ?? [0, idle?.defaultSeconds ?? Infinity];
  // Twice the heartbeat lets one of them get lost.
  const enough = standing === undefined || standing >= needed ? standing : Math.min(2 * (needed - 1), longest);
  const wanted = 'annotations' in kept ? standing ?? told : told ?? enough;
  if (outOfReach) findings.warnings.push(timeoutOutOfReach(draft, needed, outOfReach));
  else if (wanted === undefined) adviseUnknown(draft, needed, findings.warnings);
  else if (!idle && heartbeatSeconds === undefined) findings.warnings.push(heldAgainstNothing(draft, wanted));
  if (wanted === undefined) return {};
  if (wanted < needed || wanted < shortest || wanted > longest) {
    findings.problems.push({
      id: 'idle-timeout', field: `idle timeout of Service/${entry.service}`, found: `${wanted} s`,
      wanted: `${longest === Infinity ? `at least ${needed} s` : `from ${Math.max(shortest, needed)} to ${longest} s`}, so that it outlasts the silence between two heartbeats`,
      remedy: longest === Infinity ? 'Let the application speak more often, or raise the timeout and say so here.'
        : `Let the application speak more often than every ${longest} s, or choose a provider that waits longer.`,
    });
    return {};
  }
  return wanted === standing ? {} : idle?.annotations?.(wanted, ports, existing) ?? {};
}

interface StandingTimeout {
  /** How it is set; none where no setting is known, or the load balancer does not take it from this Service. */
  readonly idle?: NonNullable<RouteDraft['profile']>['idleTimeout'];
  /** Seconds that hold before the plan. @default - not known */
  readonly standing?: number;
  readonly outOfReach?: OutOfReach;
}

/** What a load balancer of somebody else's has by default, nobody knows; what an annotation keeps is its author's word of it. */
function standingTimeout({ profile, existing, ports, kept }: RouteDraft): StandingTimeout {
  const idle = profile?.idleTimeout;
  const elsewhere = profile?.outOfReach?.('idleTimeout', existing, ports);
  if (elsewhere && !('annotations' in kept)) return { outOfReach: elsewhere };
  return { idle, standing: idle?.read?.(existing) ?? (elsewhere ? undefined : idle?.defaultSeconds) };
}

const OUTLASTS = 'so that it outlasts the silence between two heartbeats';

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
