import type { Annotations } from '../profile';
import { alibabaKey, alibabaValue } from './setting';

/** Annotation that makes listeners other than the ports' own protocol: `tcp:80,https:443`. */
export const PROTOCOLS = alibabaKey('protocol-port');

const HTTP = /^\s*(https?):\s*(\d+)\s*$/i;

/** A listener of CLB that speaks HTTP with its clients. */
export interface HttpListener {
  readonly protocol: 'HTTP' | 'HTTPS';
  readonly port: number;
}

/**
 * Listeners that `protocol-port` makes HTTP or HTTPS ones; what it says of ports that the Service does not have, nobody reads.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/service/clbv1/listeners.go
 *
 * @example
 * httpListeners({ 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port': 'tcp:80,https:443' }, [80, 443]);
 * // => [{ protocol: 'HTTPS', port: 443 }]
 */
export function httpListeners(existing: Annotations, ports: readonly number[]): readonly HttpListener[] {
  const text = alibabaValue(existing, PROTOCOLS);
  if (text === undefined) return NONE;
  return text.split(',').flatMap((one) => {
    const [, protocol, port] = HTTP.exec(one) ?? [];
    return protocol !== undefined && ports.includes(Number(port)) ? [{ protocol: protocol.toUpperCase() as HttpListener['protocol'], port: Number(port) }] : [];
  });
}

const NONE: readonly never[] = [];
