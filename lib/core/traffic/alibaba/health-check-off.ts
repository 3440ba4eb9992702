import type { Annotations, OutOfReach } from '../profile';
import { httpListeners } from './http-listeners';
import { alibabaKey, alibabaValue } from './setting';

/** `on` switches the check of CLB's HTTP listeners on; of NLB it is the switch of all settings of the check. */
export const HEALTH_CHECK_FLAG = alibabaKey('health-check-flag');

const SWITCH = alibabaKey('health-check-switch');
const PATH = alibabaKey('health-check-uri');

/**
 * Why CLB checks nothing: its TCP and UDP listeners do unless `health-check-switch` is off, its HTTP and HTTPS listeners only where
 * `health-check-flag` is on. It checks something as soon as one listener does.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/service/clbv1/listeners.go setDefaultValueForListener
 *
 * @example
 * clbCheckOff({ 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-protocol-port': 'http:80' }, [80])?.why;
 * // => 'its listener of port 80 is an HTTP one, which checks nothing by itself'
 */
export function clbCheckOff(existing: Annotations, ports: readonly number[]): OutOfReach | undefined {
  const http = httpListeners(existing, ports);
  const isOff = alibabaValue(existing, SWITCH)?.toLowerCase() === 'off';
  const [listener] = http;
  if (listener === undefined) return isOff ? switchedOff(SWITCH) : undefined;
  if (http.length < ports.length && !isOff || alibabaValue(existing, HEALTH_CHECK_FLAG)?.toLowerCase() === 'on') return undefined;
  return {
    why: `its listener of port ${listener.port} is an ${listener.protocol} one, which checks nothing by itself`,
    remedy: `Set ${HEALTH_CHECK_FLAG}: "on" and in ${PATH} a path that answers 2xx or 3xx; none is guessed here.`,
  };
}

/**
 * Why NLB checks nothing: `health-check-flag` is there and not on.
 *
 * @see kubernetes/cloud-provider-alibaba-cloud:pkg/controller/service/nlbv2/server_groups.go
 *
 * @example
 * nlbCheckOff({}); // => undefined
 */
export function nlbCheckOff(existing: Annotations): OutOfReach | undefined {
  const flag = alibabaValue(existing, HEALTH_CHECK_FLAG);
  return flag === undefined || flag === '' || flag.toLowerCase() === 'on' ? undefined : switchedOff(HEALTH_CHECK_FLAG);
}

function switchedOff(key: string): OutOfReach {
  return { why: `${key} says so`, remedy: 'Set it to "on", or leave it out.' };
}
