import type { Patch } from '../../../lib/core/apply/patch';

/** Freezes everything that can be reached from a value. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

/** RFC 6902 as it is written: the target's parent must be there; replace and remove need the target, too. */
export function patched(document: unknown, patches: readonly Patch[]): unknown {
  const root = structuredClone({ document }) as Record<string, unknown>;
  for (const { op, path, value } of patches) {
    const keys = ['document', ...path.split('/').slice(1).map((key) => key.replace(/~1/g, '/').replace(/~0/g, '~'))];
    const last = keys.pop()!;
    const parent = keys.reduce<unknown>((at, key) => {
      if (typeof at !== 'object' || at === null || !(key in at)) throw new Error(`${op} ${path}: ${key} is not there`);
      return (at as Record<string, unknown>)[key];
    }, root);
    if (typeof parent !== 'object' || parent === null) throw new Error(`${op} ${path}: nothing to write into`);
    if (op !== 'add' && !(last in parent)) throw new Error(`${op} ${path}: ${last} is not there`);
    if (Array.isArray(parent)) throw new Error(`${op} ${path}: no patch of ours writes into a list`);
    if (op === 'remove') delete (parent as Record<string, unknown>)[last];
    else (parent as Record<string, unknown>)[last] = structuredClone(value);
  }
  return root.document;
}

/** Paths at which two values differ, as JSON pointers; a list whose length differs counts as a whole. */
export function differences(a: unknown, b: unknown, path = ''): string[] {
  if (a === b) return [];
  const objects = [a, b].every((one) => typeof one === 'object' && one !== null);
  if (!objects || Array.isArray(a) !== Array.isArray(b) || Array.isArray(a) && a.length !== (b as unknown[]).length) return [path];
  const keys = new Set([...Object.keys(a as object), ...Object.keys(b as object)]);
  return [...keys].flatMap((key) => differences((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}/${key.replace(/~/g, '~0').replace(/\//g, '~1')}`));
}

/** Paths of what is equal in two values, but not the very same object. */
export function copies(a: unknown, b: unknown, path = ''): string[] {
  if (a === b || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return [];
  const below = Object.keys(a).flatMap((key) => copies((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key], `${path}/${key}`));
  return differences(a, b).length === 0 ? [path] : below;
}
