import type { Annotations, OutOfReach } from '../profile';
import { alibabaKey, alibabaValue } from './setting';

const REUSED = alibabaKey('id');
const OVERRIDE = alibabaKey('force-override-listeners');
const PROTOCOLS = alibabaKey('protocol-port');

/** `https:443` among `tcp:80,https:443`. */
const HTTP = /(?:^|,)\s*(https?):\s*(\d+)/i;

/**
 * Why drain and idle timeout of CLB do nothing, though a Service asks for them: the controller leaves the listeners of a reused load
 * balancer alone, and HTTP and HTTPS listeners have neither.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/service/clbv1/listeners.go
 *
 * @example
 * clbListenersOutOfReach({ 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port': 'https:443' })?.why;
 * // => 'its listener of port 443 is an HTTPS one, which has none'
 */
export function clbListenersOutOfReach(existing: Annotations): OutOfReach | undefined {
  if (alibabaValue(existing, REUSED) && alibabaValue(existing, OVERRIDE) !== 'true') {
    return {
      why: 'the load balancer is reused, and its listeners are left as they are',
      remedy: `Set ${OVERRIDE}: "true", or set the drain on the load balancer itself and say so with kube-graceful/keep.annotations beside the annotations of the drain.`,
    };
  }
  const listener = HTTP.exec(alibabaValue(existing, PROTOCOLS) ?? '');
  if (!listener) return undefined;
  const [, protocol, port] = listener;
  return {
    why: `its listener of port ${port} is an ${protocol.toUpperCase()} one, which has none`,
    remedy: `Let port ${port} be tcp in ${PROTOCOLS}, with TLS and HTTP ended in the pods, or go through an ingress.`,
  };
}
