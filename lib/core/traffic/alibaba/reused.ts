import type { Annotations, BalancerSetting, OutOfReach } from '../profile';
import { alibabaKey, alibabaValue } from './setting';

const ID = alibabaKey('id');
const OVERRIDE = alibabaKey('force-override-listeners');
const SERVER_GROUPS = alibabaKey('vgroup-port');

const NAMES: Readonly<Record<BalancerSetting, string>> = { drain: 'drain', idleTimeout: 'idle timeout', healthCheck: 'health check' };

/**
 * Why a setting of listeners does nothing: the controllers of CLB and NLB leave the listeners of a reused load balancer alone.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/service/nlbv2/model_applier.go (CLB's does the same)
 *
 * @example
 * reusedListeners('drain', { 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-id': 'lb-1' })?.why;
 * // => 'the load balancer is reused, and its listeners are left as they are'
 */
export function reusedListeners(setting: BalancerSetting, existing: Annotations): OutOfReach | undefined {
  if (!alibabaValue(existing, ID) || alibabaValue(existing, OVERRIDE) === 'true') return undefined;
  return {
    why: 'the load balancer is reused, and its listeners are left as they are',
    remedy: `Set ${OVERRIDE}: "true", or ${setElsewhere(setting, 'load balancer')}`,
  };
}

/**
 * The same of NLB's server groups, which have the drain and the health check: the controller makes its own, unless it is told to reuse one.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/service/nlbv2/server_groups.go
 */
export function reusedServerGroups(setting: BalancerSetting, existing: Annotations): OutOfReach | undefined {
  if (!alibabaValue(existing, SERVER_GROUPS) || !alibabaValue(existing, ID)) return undefined;
  return {
    why: 'the server group is reused, and its settings are left as they are',
    remedy: `Leave out ${SERVER_GROUPS}, or ${setElsewhere(setting, 'server group')}`,
  };
}

function setElsewhere(setting: BalancerSetting, place: string): string {
  const name = NAMES[setting];
  return `set the ${name} on the ${place} itself and say so with kube-graceful/keep.annotations beside the annotations of the ${name}.`;
}
