import type { Manifest } from './types';

/**
 * The namespace that an object lands in; an empty one is none to the API server.
 *
 * @example
 * namespaceOf({ kind: 'Service' }); // => 'default'
 */
export function namespaceOf(manifest: Manifest): string {
  return manifest.metadata?.namespace || 'default';
}
