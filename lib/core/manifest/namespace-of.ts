import type { Manifest } from './types';

/**
 * The namespace that an object lands in.
 *
 * @example
 * namespaceOf({ kind: 'Service' }); // => 'default'
 */
export function namespaceOf(manifest: Manifest): string {
  return manifest.metadata?.namespace ?? 'default';
}
