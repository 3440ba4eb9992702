import type { Manifest } from './types';

/**
 * Names of the Services an Ingress sends to, wherever its spec names them, each once.
 *
 * @example
 * servicesNamedBy({ kind: 'Ingress', spec: { defaultBackend: { service: { name: 'web' } } } }); // => ['web']
 */
export function servicesNamedBy(ingress: Manifest): readonly string[] {
  const names = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    const service = (value as { service?: { name?: unknown } | null }).service;
    if (typeof service?.name === 'string') names.add(service.name);
    Object.values(value).forEach(visit);
  };
  visit(ingress.spec);
  return [...names];
}
