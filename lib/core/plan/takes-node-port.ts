import type { PodSpec } from '../manifest/types';

/**
 * Does a pod take a port of its node, so that the node has no room for a second one?
 *
 * @example
 * takesNodePort({ hostNetwork: true, containers: [{ ports: [{ containerPort: 80 }] }] }); // => true
 */
export function takesNodePort({ containers, hostNetwork }: PodSpec): boolean {
  const isTaken = (port: object) => hostNetwork === true || ((port as { readonly hostPort?: number }).hostPort ?? undefined) !== undefined;
  return containers?.some(({ ports }) => ports?.some(isTaken)) ?? false;
}
