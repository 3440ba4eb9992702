import { REACTION_SECONDS } from '../budget/rollout-bounds';
import type { Probe } from '../manifest/types';
import type { Problem } from '../problem';
import { DEFAULTS } from './defaults';
import type { RouteDraft } from './draft-routes';
import type { KnownContainer } from './known-containers';
import type { StartupPlan } from './rollout-plan';

/**
 * In mode local a node whose pods are all ending shares what still comes among them, until the load balancer has let go of the node. The
 * first that closes its port must be out of this before: kube-proxy spares who is not ready as long as another one is.
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-network/1669-proxy-terminating-endpoints
 */
export function checkUnready(
  routes: readonly Pick<RouteDraft, 'mode'>[], known: readonly KnownContainer[], startup: StartupPlan, warnings: Problem[],
): void {
  if (!routes.some(({ mode }) => mode === 'local')) return;
  for (const { name, role, at, container, options } of known) {
    if (role !== 'serves' || (options.onSigterm ?? 'drains') !== 'drains') continue;
    const planned = startup.containers.find((one) => one.at.list === at.list && one.at.index === at.index)?.readinessProbe;
    const probe = planned?.probe ?? container.readinessProbe;
    const notice = options.closeNoticeSeconds ?? DEFAULTS.closeNoticeSeconds;
    if (probe && notice > 0) checkProbe(name, probe, notice, warnings);
  }
}

function checkProbe(name: string, probe: Probe, noticeSeconds: number, warnings: Problem[]): void {
  const { failureThreshold, periodSeconds, tcpSocket } = probe;
  const failures = failureThreshold || 3;
  const period = periodSeconds || 10;
  if (!tcpSocket && failures * period + REACTION_SECONDS <= noticeSeconds) return;
  warnings.push({
    id: 'ready-to-the-end', field: `readinessProbe of container ${name}`,
    found: tcpSocket ? 'tcpSocket, which succeeds for as long as the port is open' : `${failures} failures, ${period} s apart`,
    wanted: `one that fails in time after SIGTERM: ${REACTION_SECONDS} s before the close notice of ${noticeSeconds} s is over, as in mode local a node may send to a pod `
      + 'that is ending until its port closes',
    remedy: 'Ask a path that the application fails from SIGTERM on, with readinessProbe.periodSeconds 1 or 2: see docs/application.md.',
  });
}
