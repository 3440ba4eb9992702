import type { Annotations, HealthCheckProfile, HealthCheckTimes } from './profile';
import { wholeNumber } from './whole-number';

const TIMES = ['intervalSeconds', 'healthyThreshold', 'unhealthyThreshold'] as const;

/**
 * Writes and reads a health check whose three times have an annotation each.
 *
 * @param keys The annotations.
 * @param valueOf How a Service's value is found, for providers with several spellings of a key.
 *
 * @example
 * const keys = { intervalSeconds: 'i', healthyThreshold: 'h', unhealthyThreshold: 'u' };
 * healthCheckSettings(keys).read({ i: '5' }); // => { intervalSeconds: 5 }
 */
export function healthCheckSettings(
  keys: Readonly<Record<keyof HealthCheckTimes, string>>,
  valueOf: (existing: Annotations, key: string) => string | undefined = (existing, key) => existing[key],
): Pick<HealthCheckProfile, 'annotations' | 'read'> {
  return {
    annotations: (check) => Object.fromEntries(TIMES.map((time) => [keys[time], String(check[time])])),
    read: (existing) => {
      const said: Partial<Record<keyof HealthCheckTimes, number>> = {};
      for (const time of TIMES) {
        const value = wholeNumber(valueOf(existing, keys[time]));
        if (value !== undefined) said[time] = value;
      }
      return said;
    },
  };
}
