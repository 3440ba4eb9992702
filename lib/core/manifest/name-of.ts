import type { Manifest } from './types';

/**
 * A workload as people write it, with a stand-in for a name that its toolkit makes up later.
 *
 * @example
 * nameOf({ kind: 'Deployment', metadata: { name: 'web' } }); // => 'Deployment/web'
 */
export function nameOf(workload: Manifest): string {
  return `${workload.kind ?? 'Deployment'}/${workload.metadata?.name ?? '(unnamed)'}`;
}
