/**
 * The `key=value` pairs of a comma-joined annotation; the last of equal keys counts, text without `=` is left out.
 *
 * @example
 * readAttributes('a=1, b=x=y').get('b'); // => 'x=y'
 */
export function readAttributes(text: string | undefined): ReadonlyMap<string, string> {
  const attributes = new Map<string, string>();
  for (const pair of pairsOf(text)) {
    const at = pair.indexOf('=');
    if (at > 0) attributes.set(pair.slice(0, at).trim(), pair.slice(at + 1).trim());
  }
  return attributes;
}

/**
 * The same annotation with some attributes set: those of others stay, in their order; ours are replaced or come last.
 *
 * @example
 * mergeAttributes('stickiness.enabled=true,drain=5', { drain: '30' }); // => 'stickiness.enabled=true,drain=30'
 */
export function mergeAttributes(text: string | undefined, changes: Readonly<Record<string, string>>): string {
  const before = readAttributes(text);
  const wanted = Object.entries(changes);
  if (wanted.every(([key, value]) => before.get(key) === value)) return text ?? '';
  const others = pairsOf(text).filter((pair) => !Object.hasOwn(changes, pair.split('=', 1)[0].trim()));
  return [...others, ...wanted.map(([key, value]) => `${key}=${value}`)].join(',');
}

function pairsOf(text: string | undefined): string[] {
  // A manifest by hand may hold a number or a boolean here, which the API server would refuse.
  if (typeof text !== 'string') return [];
  return text.split(',').map((pair) => pair.trim()).filter((pair) => pair !== '');
}
