import { namespaceOf } from './namespace-of';
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

/**
 * `nameOf` with the workload's namespace, where that is not the default one: two may have one name.
 *
 * @example
 * fullNameOf({ kind: 'Deployment', metadata: { name: 'web', namespace: 'shop' } }); // => 'Deployment/web in shop'
 */
export function fullNameOf(workload: Manifest): string {
  return inNamespace(nameOf(workload), namespaceOf(workload));
}

/**
 * A name with the namespace that it stands in, where that is not the default one.
 *
 * @example
 * inNamespace('Deployment/web', 'default'); // => 'Deployment/web'
 */
export function inNamespace(name: string, namespace = 'default'): string {
  return namespace === 'default' ? name : `${name} in ${namespace}`;
}
