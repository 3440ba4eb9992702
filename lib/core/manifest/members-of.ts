import type { Manifest } from './types';

/** Is it a list of objects, as kubectl prints them (`List`, `DeploymentList`), rather than one object? */
export function isList(value: unknown): value is Manifest & { readonly items: readonly unknown[] } {
  const { kind, items } = (value ?? {}) as { readonly kind?: unknown; readonly items?: unknown };
  return typeof kind === 'string' && kind.endsWith('List') && Array.isArray(items);
}

/**
 * The objects in what was read: itself, or the members of a List, and of the Lists in it. What has no kind is none.
 *
 * @example
 * membersOf({ kind: 'List', items: [{ kind: 'Service' }, null] }); // => [{ kind: 'Service' }]
 */
export function membersOf(value: unknown): readonly Manifest[] {
  if (isList(value)) return value.items.flatMap(membersOf);
  return typeof (value as Manifest | null | undefined)?.kind === 'string' ? [value as Manifest] : [];
}
