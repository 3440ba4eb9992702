import { Inventory } from '../../../lib/core/manifest/inventory';
import type { LabelSelector, Manifest, Workload } from '../../../lib/core/manifest/types';

function deployment(name: string, labels: Record<string, string>, namespace?: string): Workload {
  return { kind: 'Deployment', metadata: { name, namespace }, spec: { template: { metadata: { labels }, spec: { containers: [] } } } };
}

const service = (name: string, selector?: Record<string, string>, namespace?: string, type?: string): Manifest => ({ kind: 'Service', metadata: { name, namespace }, spec: { selector, type } });
const budget = (name: string, selector?: LabelSelector): Manifest => ({ kind: 'PodDisruptionBudget', metadata: { name }, spec: { selector } });
const scaler = (kind: string, name: string, target: object): Manifest => ({ kind, metadata: { name }, spec: { scaleTargetRef: target } });
const ingress = (name: string, ...services: string[]): Manifest => ({ kind: 'Ingress', metadata: { name }, spec: { rules: services.map((one) => ({ http: { paths: [{ backend: { service: { name: one } } }] } })) } });
const named = (manifests: readonly Manifest[]) => manifests.map(({ metadata }) => metadata?.name);

describe(Inventory, () => {
  const web = deployment('web', { app: 'web', tier: 'front' });

  test('lists the Deployments in their order', () => {
    expect(named(new Inventory([service('a', { app: 'web' }), web, { kind: 'StatefulSet' }, deployment('api', {})]).workloads)).toEqual(['web', 'api']);
  });

  test('finds the Services that select the pods, in any order, in the same namespace', () => {
    const found = new Inventory([
      service('one', { app: 'web' }), service('both', { tier: 'front', app: 'web' }), service('more', { app: 'web', tier: 'back' }), service('none'), service('empty', {}),
      service('elsewhere', { app: 'web' }, 'shop'), service('said', { app: 'web' }, 'default'), service('alias', { app: 'web' }, undefined, 'ExternalName'), web, service('last', { tier: 'front' }),
    ]).contextOf(web).services;
    expect(named(found).sort()).toEqual(['both', 'last', 'one', 'said']);
  });

  test('finds budgets by every kind of selector', () => {
    const expression = (key: string, operator: string, ...values: string[]): LabelSelector =>
      ({ matchExpressions: [{ key, operator, values }] });
    const found = new Inventory([
      budget('labels', { matchLabels: { app: 'web' } }), budget('all', {}), budget('absent'), budget('in', expression('app', 'In', 'api', 'web')), budget('not in', expression('app', 'NotIn', 'web')),
      budget('not in, without the label', expression('x', 'NotIn', 'web')), budget('exists', expression('app', 'Exists')), budget('not there', expression('app', 'DoesNotExist')),
      budget('both', { matchLabels: { app: 'web' }, ...expression('tier', 'In', 'back') }), budget('nonsense', expression('app', 'Like', 'web')),
    ]).contextOf(web).disruptionBudgets;
    expect(named(found).sort()).toEqual(['all', 'exists', 'in', 'labels', 'not in, without the label']);
  });

  test('finds what scales the workload', () => {
    const scalerOf = (...manifests: Manifest[]) => new Inventory(manifests).contextOf(web).autoscaler?.metadata?.name;
    expect(scalerOf(scaler('HorizontalPodAutoscaler', 'hpa', { kind: 'Deployment', name: 'web' }))).toBe('hpa');
    expect(scalerOf(scaler('ScaledObject', 'keda', { name: 'web' }))).toBe('keda');
    expect(scalerOf(scaler('HorizontalPodAutoscaler', 'hpa', { kind: 'StatefulSet', name: 'web' }), scaler('HorizontalPodAutoscaler', 'hpa', { kind: 'Deployment', name: 'api' }))).toBeUndefined();
  });

  test('finds each ingress once, by the Services it names', () => {
    const found = new Inventory([ingress('shop', 'one', 'two'), ingress('other', 'api'), service('one', { app: 'web' }), service('two', { app: 'web' }), web]).contextOf(web).ingresses;
    expect(named(found)).toEqual(['shop']);
  });

  test('finds routes of the Gateway API, of other namespaces, too', () => {
    const route = (name: string, namespace: string, ref: object): Manifest => ({ kind: 'HTTPRoute', metadata: { name, namespace }, spec: { rules: [{ backendRefs: [ref] }] } });
    const routes = [route('here', 'default', { name: 'one' }), route('there', 'edge', { name: 'one', namespace: 'default' }), route('other', 'edge', { name: 'one' })];
    expect(named(new Inventory([...routes, service('one', { app: 'web' }), web]).contextOf(web).ingresses)).toEqual(['here', 'there']);
  });

  test('answers for a workload that it does not hold', () => {
    expect(named(new Inventory([service('one', { app: 'web' })]).contextOf(web).services)).toEqual(['one']);
  });

  test('opens lists, as kubectl prints them, and lists in them', () => {
    const list = (...items: readonly unknown[]): Manifest => ({ apiVersion: 'v1', kind: 'List', items });
    const inventory = new Inventory([list(web, list(service('one', { app: 'web' }))), { kind: 'ServiceList', items: null }]);
    expect([inventory.workloads, named(inventory.contextOf(web).services)]).toEqual([[web], ['one']]);
  });

  test('knows nothing of garbage', () => {
    const nothing = { services: [], ingresses: [], disruptionBudgets: [], autoscaler: undefined };
    const garbage = [{}, { kind: 'Deployment' }, { kind: 'Service', spec: null }, { kind: 'PodDisruptionBudget' }, { kind: 'HorizontalPodAutoscaler', spec: {} }, { kind: 'Ingress', spec: { rules: [null, { service: null }] } }] as Manifest[];
    const inventory = new Inventory(garbage);
    expect(inventory.contextOf(inventory.workloads[0])).toEqual({ ...nothing, workload: { kind: 'Deployment' } });
  });
});
