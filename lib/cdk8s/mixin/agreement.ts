import { isSame } from '../../core/index';

/**
 * What two say together who each need not say all of it; undefined where they say one field differently.
 *
 * @example
 * together({ heartbeatSeconds: 5 }, {}); // => { heartbeatSeconds: 5 }
 */
export function together<T extends object>(before: T, more: T): T | undefined {
  for (const key in more) if (Object.hasOwn(before, key) && !isSame(before[key], more[key])) return undefined;
  return { ...before, ...more };
}
