import { kubectl } from 'kube-graceful/drill';
import type { Manifest } from './web';

const NAME = 'httproutes.gateway.networking.k8s.io';

/** The kind HTTPRoute as far as a plan reads it; nobody follows it. */
const HTTP_ROUTES: Manifest = {
  apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition',
  metadata: { name: NAME, annotations: { 'api-approved.kubernetes.io': 'unapproved, for a test' } },
  spec: {
    group: 'gateway.networking.k8s.io', scope: 'Namespaced', names: { plural: 'httproutes', singular: 'httproute', kind: 'HTTPRoute' },
    versions: [{ name: 'v1', served: true, storage: true, schema: { openAPIV3Schema: { 'type': 'object', 'x-kubernetes-preserve-unknown-fields': true } } }],
  },
};

/** Gives the cluster HTTPRoutes, unless it has them, and returns what takes them away again. */
export async function withHttpRoutes(): Promise<() => Promise<void>> {
  if (await kubectl({}, ['get', 'crd', NAME, '--ignore-not-found'])) return async () => {};
  await kubectl({}, ['create', '--filename', '-'], JSON.stringify(HTTP_ROUTES));
  await kubectl({}, ['wait', '--for=condition=Established', `crd/${NAME}`, '--timeout=30s']);
  return async () => void await kubectl({}, ['delete', 'crd', NAME]);
}

/** A route to port 80 of a Service. */
export function httpRoute(service: string): Manifest {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1', kind: 'HTTPRoute', metadata: { name: service },
    spec: { parentRefs: [{ name: 'gateway' }], rules: [{ backendRefs: [{ name: service, port: 80 }] }] },
  };
}
