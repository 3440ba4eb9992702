type Fields = Readonly<Record<string, unknown>>;

/**
 * Are two values the same JSON? The order of keys does not count.
 *
 * @example
 * isSame({ a: 1, b: 2 }, { b: 2, a: 1 }); // => true
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every((key) => Object.hasOwn(b, key) && isSame((a as Fields)[key], (b as Fields)[key]));
}

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
