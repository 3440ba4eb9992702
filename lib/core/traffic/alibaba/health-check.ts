import { healthCheckSettings } from '../health-check-settings';
import type { HealthCheckProfile } from '../profile';
import { HEALTH_CHECK_FLAG, clbCheckOff, nlbCheckOff } from './health-check-off';
import { alibabaKey, alibabaValue } from './setting';

const TIMES = healthCheckSettings({
  intervalSeconds: alibabaKey('health-check-interval'),
  healthyThreshold: alibabaKey('healthy-threshold'),
  unhealthyThreshold: alibabaKey('unhealthy-threshold'),
}, alibabaValue);

/** What differs between the two products. */
export interface AlibabaHealthCheck {
  /** In seconds. */
  readonly intervalSeconds: number;
  /** Of successes and of failures. */
  readonly threshold: number;
  /** NLB ignores each setting of the check unless `health-check-flag` is `on`; to CLB the flag is one of HTTP listeners. */
  readonly needsFlag: boolean;
  readonly source: string;
}

/**
 * Health check of Alibaba Cloud's CLB and NLB: interval 1 to 50 s, 2 to 10 successes or failures.
 *
 * @example
 * alibabaHealthCheck({ intervalSeconds: 2, threshold: 3, needsFlag: false, source: '...' }).healthyThreshold; // => 3
 */
export function alibabaHealthCheck(product: AlibabaHealthCheck): HealthCheckProfile {
  const { intervalSeconds, threshold, needsFlag, source } = product;
  return {
    intervalSeconds,
    healthyThreshold: threshold,
    unhealthyThreshold: threshold,
    intervalRange: [1, 50],
    thresholdRange: [2, 10],
    annotations: needsFlag ? (check) => ({ [HEALTH_CHECK_FLAG]: 'on', ...TIMES.annotations(check) }) : TIMES.annotations,
    read: (existing) => needsFlag && alibabaValue(existing, HEALTH_CHECK_FLAG)?.toLowerCase() !== 'on' ? {} : TIMES.read(existing),
    off: needsFlag ? nlbCheckOff : clbCheckOff,
    source,
  };
}
