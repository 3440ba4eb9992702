import type { Manifest } from '../manifest/types';

/** One change to a manifest (RFC 6902), with the reason for it. */
export interface Patch {
  readonly op: 'add' | 'replace' | 'remove';
  /** JSON pointer into the object. */
  readonly path: string;
  /** The new value. @default - none: only 'remove' has none */
  readonly value?: unknown;
  /** Why, in a few words: fit for `explain` and for the message of a commit. */
  readonly reason: string;
}

/** A change before it is known what stands there: `undefined` as value takes the field away. */
export interface Wish {
  /** Keys from the object's root. */
  readonly path: readonly (string | number)[];
  readonly value: unknown;
  readonly reason: string;
}

/**
 * Fulfils wishes on a copy that shares everything untouched with the original. What stands there already is no patch, and
 * objects on the way are made where they are missing.
 *
 * @example
 * fulfil({ kind: 'Service' }, [{ path: ['metadata', 'name'], value: 'web', reason: 'a name' }]).patches[0].path; // => '/metadata/name'
 */
export function fulfil<T extends Manifest>(manifest: T, wishes: readonly Wish[]): { manifest: T; patches: readonly Patch[] } {
  let current: unknown = manifest;
  const patches: Patch[] = [];
  const copied = new Set<unknown>();
  for (const { path, value, reason } of wishes) {
    const before = read(current, path);
    if (same(before, value)) continue;
    current = write(current, path, 0, value, copied);
    const pointer = path.map((key) => `/${String(key).replace(/~/g, '~0').replace(/\//g, '~1')}`).join('');
    if (value === undefined) patches.push({ op: 'remove', path: pointer, reason });
    else patches.push({ op: before === undefined ? 'add' : 'replace', path: pointer, value, reason });
  }
  return { manifest: current as T, patches };
}

function read(root: unknown, path: Wish['path']): unknown {
  let at = root;
  for (const key of path) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

/** Each object on the way is copied once, however many wishes go through it. */
function write(at: unknown, path: Wish['path'], depth: number, value: unknown, copied: Set<unknown>): unknown {
  if (depth === path.length) return value;
  const key = path[depth];
  const open = copied.has(at) ? at : Array.isArray(at) ? [...at] : { ...at as object };
  copied.add(open);
  const target = open as Record<string | number, unknown>;
  const next = write(target[key], path, depth + 1, value, copied);
  if (next === undefined) delete target[key];
  else target[key] = next;
  return open;
}

/** Deep equality of JSON, in which the order of keys does not count. */
function same(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length
    && keys.every((key) => key in b && same((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]));
}
