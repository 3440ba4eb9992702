type Fields = Readonly<Record<string, unknown>>;

/**
 * Are two values the same JSON? The order of keys does not count.
 *
 * @example
 * isSame({ a: 1, b: 2 }, { b: 2, a: 1 }); // => true
 */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b || Number.isNaN(a) && Number.isNaN(b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every((key) => Object.hasOwn(b, key) && isSame((a as Fields)[key], (b as Fields)[key]));
}
