import { isSame } from '../is-same';
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
  /** Put into words only where somebody asks for patches. */
  readonly reason: string | (() => string);
}

/**
 * Fulfils wishes on a copy that shares everything untouched with the original. What stands there already is no patch, and
 * objects on the way are made where they are missing.
 *
 * @example
 * fulfil({ kind: 'Service' }, [{ path: ['metadata', 'name'], value: 'web', reason: 'a name' }]).patches[0].value; // => { name: 'web' }
 */
export function fulfil<T extends Manifest>(manifest: T, wishes: readonly Wish[]): { manifest: T; patches: readonly Patch[] } {
  const patches: Patch[] = [];
  return { manifest: write(manifest, wishes, (wish, before) => patches.push(patchOf(wish, before))), patches };
}

/**
 * The same without the list of patches, which takes longer to make than the manifest.
 *
 * @param onChange Called for each wish that changes something, with what stands there before. @default - nobody is told
 */
export function write<T extends Manifest>(manifest: T, wishes: readonly Wish[], onChange?: (wish: Wish, before: unknown) => void): T {
  let current: unknown = manifest;
  const copied: unknown[] = [];
  for (const wish of wishes) {
    if (isSame(read(current, wish.path), wish.value)) continue;
    onChange?.(wish, current);
    current = writeAt(current, wish.path, 0, wish.value, copied);
  }
  return current as T;
}

/** A patch that anybody can apply in turn: where objects on the way are missing, it adds the outermost of them. */
function patchOf({ path, value, reason: why }: Wish, before: unknown): Patch {
  const reason = typeof why === 'string' ? why : why();
  if (value === undefined) return { op: 'remove', path: pointerOf(path), reason };
  if (read(before, path) !== undefined) return { op: 'replace', path: pointerOf(path), value, reason };
  const depth = depthOf(before, path);
  const nested = path.slice(depth).reduceRight<unknown>((inner, key) => ({ [key]: inner }), value);
  return { op: 'add', path: pointerOf(path.slice(0, depth)), value: nested, reason };
}

/** How many keys lead to the outermost thing that is missing; `null` is missing, too. */
function depthOf(root: unknown, path: Wish['path']): number {
  let at = root;
  for (let depth = 1; depth < path.length; depth++) {
    at = (at as Record<string | number, unknown>)[path[depth - 1]];
    if ((at ?? undefined) === undefined) return depth;
  }
  return path.length;
}

const ESCAPED = /[~/]/;

function pointerOf(path: Wish['path']): string {
  let pointer = '';
  for (const key of path) {
    const text = String(key);
    pointer += `/${ESCAPED.test(text) ? text.replace(/~/g, '~0').replace(/\//g, '~1') : text}`;
  }
  return pointer;
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
function writeAt(at: unknown, path: Wish['path'], depth: number, value: unknown, copied: unknown[]): unknown {
  if (depth === path.length) return copyOf(value);
  const key = path[depth];
  const open = copied.includes(at) ? at : copyOnce(at, copied);
  const target = open as Record<string | number, unknown>;
  const next = writeAt(target[key], path, depth + 1, value, copied);
  if (next === undefined) delete target[key];
  else target[key] = next;
  return open;
}

function copyOnce(at: unknown, copied: unknown[]): unknown {
  const copy = Array.isArray(at) ? [...at] : { ...at as object };
  copied.push(copy);
  return copy;
}

/** What is wished may be a part of the manifest itself, and what is there twice becomes an anchor and an alias in YAML. */
function copyOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map(copyOf);
  const copy: Record<string, unknown> = {};
  for (const key in value) copy[key] = copyOf((value as Record<string, unknown>)[key]);
  return copy;
}
