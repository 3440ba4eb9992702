import type { Annotations } from '../traffic/profile';
import type { RouteDraft } from './draft-routes';
import type { Findings } from './finish-routes';
import type { GracefulOptions } from './options';

/**
 * Annotations of a load balancer's idle timeout: one that forgets a silent connection cuts it without a word, so it must wait longer
 * than the silence lasts. What nobody knows is asked for.
 */
export function planIdleTimeout(draft: RouteDraft, { longConnection }: GracefulOptions, { problems, warnings }: Findings): Annotations {
  const { entry, profile, ports, existing, kept } = draft;
  const heartbeatSeconds = longConnection?.heartbeatSeconds;
  if (heartbeatSeconds === undefined && entry.idleTimeoutSeconds === undefined) return {};
  const idle = profile?.listenersOutOfReach?.(existing) ? undefined : profile?.idleTimeout;
  const needed = heartbeatSeconds === undefined ? 0 : heartbeatSeconds + 1;
  const standing = idle?.read?.(existing) ?? idle?.defaultSeconds;
  const [shortest, longest] = idle?.range ?? [0, idle?.defaultSeconds ?? Infinity];
  // Twice the heartbeat lets one of them get lost.
  const enough = standing === undefined || standing >= needed ? standing : Math.min(2 * (needed - 1), longest);
  const wanted = 'annotations' in kept ? standing : entry.idleTimeoutSeconds ?? enough;
  if (wanted === undefined) {
    if (profile) warnings.push(unknownIdleTimeout(draft, needed));
    return {};
  }
  if (wanted < needed || wanted < shortest || wanted > longest) {
    problems.push({
      id: 'idle-timeout', field: `idle timeout of Service/${entry.service}`, found: `${wanted} s`,
      wanted: `${longest === Infinity ? `at least ${needed} s` : `from ${Math.max(shortest, needed)} to ${longest} s`}, so that it outlasts the silence between two heartbeats`,
      remedy: longest === Infinity ? 'Let the application speak more often.' : `Let the application speak more often than every ${longest} s, or choose a provider that waits longer.`,
    });
    return {};
  }
  return wanted === standing ? {} : idle?.annotations?.(wanted, ports, existing) ?? {};
}

function unknownIdleTimeout({ entry, profile }: RouteDraft, needed: number) {
  return {
    id: 'unknown-idle-timeout', field: `traffic.idleTimeoutSeconds of Service/${entry.service}`, found: 'nothing',
    wanted: `told, and at least ${needed}, so that it outlasts the silence between two heartbeats: no setting of ${profile?.name} is known that shows it`,
    remedy: 'Give what its maker says or its console shows; a load balancer that forgets a silent connection cuts it without a word.',
  };
}
