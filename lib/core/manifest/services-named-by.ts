import { namespaceOf } from './namespace-of';
import type { Manifest } from './types';

/** Kinds that bring clients to Services by name; a route of the Gateway API is as an ingress: its controller follows the pods. */
export const INGRESS_KINDS = ['Ingress', 'HTTPRoute', 'GRPCRoute', 'TLSRoute', 'TCPRoute', 'UDPRoute'] as const;

/** A backend as an Ingress names it, in its own namespace, or as a route of the Gateway API does. */
interface Backend {
  readonly service?: { readonly name?: unknown } | null;
  readonly backendRefs?: unknown;
  readonly backendRef?: unknown;
}

interface BackendRef {
  readonly group?: string;
  readonly kind?: string;
  readonly name?: unknown;
  readonly namespace?: string | null;
}

/**
 * The Services that an Ingress, or a route of the Gateway API, sends to, wherever its spec names them, each once, as `namespace/name`.
 *
 * @see https://gateway-api.sigs.k8s.io/reference/spec/#backendref
 *
 * @example
 * servicesNamedBy({ kind: 'Ingress', spec: { defaultBackend: { service: { name: 'web' } } } }); // => ['default/web']
 * servicesNamedBy({ kind: 'HTTPRoute', spec: { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } }); // => ['default/web']
 */
export function servicesNamedBy(ingress: Manifest): readonly string[] {
  const names = new Set<string>();
  const add = (name: unknown, namespace?: string | null) => {
    if (typeof name === 'string') names.add(`${namespace || namespaceOf(ingress)}/${name}`);
  };
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const { service, backendRefs, backendRef } = value as Backend;
    add(service?.name);
    for (const ref of [backendRefs, backendRef].flat() as readonly (BackendRef | null | undefined)[]) {
      if ((ref?.kind ?? 'Service') === 'Service' && !ref?.group) add(ref?.name, ref?.namespace);
    }
    Object.values(value).forEach(visit);
  };
  visit(ingress.spec);
  return [...names];
}
