import type { Annotations, BalancerSetting, OutOfReach } from '../profile';
import { httpListeners, PROTOCOLS } from './http-listeners';
import { reusedListeners } from './reused';

/** What the listeners that speak HTTP make of a setting. */
const WITHOUT: Readonly<Partial<Record<BalancerSetting, string>>> = { drain: 'has none', idleTimeout: 'forgets a silent connection after 60 s at most' };

/**
 * Why a setting of CLB does nothing, though a Service asks for it: the listeners have them all and are left alone where the load balancer
 * is reused, and HTTP and HTTPS listeners have no drain, and an idle timeout of their own.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/service/clbv1/listeners.go
 *
 * @example
 * clbOutOfReach('drain', { 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port': 'https:443' }, [443])?.why;
 * // => 'its listener of port 443 is an HTTPS one, which has none'
 */
export function clbOutOfReach(setting: BalancerSetting, existing: Annotations, ports: readonly number[]): OutOfReach | undefined {
  const reused = reusedListeners(setting, existing);
  const without = WITHOUT[setting];
  if (reused || without === undefined) return reused;
  const [listener] = httpListeners(existing, ports);
  if (!listener) return undefined;
  const { protocol, port } = listener;
  return {
    why: `its listener of port ${port} is an ${protocol} one, which ${without}`,
    remedy: `Let port ${port} be tcp in ${PROTOCOLS}, with TLS and HTTP ended in the pods, or go through an ingress.`,
  };
}
