import type { Autoscaler } from '../../../lib/core/manifest/types';
import { membersOf } from '../../../lib/core/manifest/members-of';
import { fullNameOf, inNamespace, nameOf } from '../../../lib/core/manifest/name-of';
import { namespaceOf } from '../../../lib/core/manifest/namespace-of';
import { replicaRange } from '../../../lib/core/manifest/replica-range';
import { hasLabels, selects } from '../../../lib/core/manifest/selector';
import { servicesNamedBy } from '../../../lib/core/manifest/services-named-by';
import { isDefaultGrace, isDefaultShare, isInjectedStartupProbe } from '../../../lib/core/manifest/toolkit-defaults';

describe(nameOf, () => {
  test('has a stand-in for what is not said yet', () => {
    expect([nameOf({ kind: 'Deployment', metadata: { name: 'web' } }), nameOf({})]).toEqual(['Deployment/web', 'Deployment/(unnamed)']);
  });
});

describe(fullNameOf, () => {
  test('names the namespace where it is another than the default one', () => {
    const named = (namespace?: string) => fullNameOf({ kind: 'Deployment', metadata: { name: 'web', namespace } });
    expect([named('shop'), named('default'), named(''), named()]).toEqual(['Deployment/web in shop', 'Deployment/web', 'Deployment/web', 'Deployment/web']);
  });
});

describe(inNamespace, () => {
  test('says nothing of the default one', () => {
    expect([inNamespace('x', 'shop'), inNamespace('x', 'default'), inNamespace('x')]).toEqual(['x in shop', 'x', 'x']);
  });
});

describe(membersOf, () => {
  const [web, budget] = [{ kind: 'Deployment' }, { kind: 'PodDisruptionBudget' }];

  test('opens Lists, and those in them', () => {
    expect(membersOf({ kind: 'List', items: [web, { kind: 'PodDisruptionBudgetList', items: [budget] }, { kind: 'List', items: [] }] })).toEqual([web, budget]);
  });

  test('takes what has no items for an object, and what has no kind for none', () => {
    const allowed = { kind: 'AllowList', spec: {} };
    expect([membersOf(web), membersOf(allowed), membersOf({ kind: 'List', items: [null, 'a', {}, allowed] })]).toEqual([[web], [allowed], [allowed]]);
    expect([undefined, null, 'List', 7, {}, { kind: 1 }, { items: [web] }].flatMap(membersOf)).toEqual([]);
  });
});

describe(namespaceOf, () => {
  test('is default where nothing is said', () => {
    const found = [{}, { namespace: '' }, { namespace: null as never }, { namespace: 'shop' }].map((metadata) => namespaceOf({ metadata }));
    expect([namespaceOf({}), ...found]).toEqual(['default', 'default', 'default', 'default', 'shop']);
  });
});

describe(replicaRange, () => {
  const workload = { kind: 'Deployment', spec: { replicas: 3 } };

  test.each<[Autoscaler | undefined, readonly [number, number]]>([
    [undefined, [3, 3]],
    [{ kind: 'HorizontalPodAutoscaler', spec: { maxReplicas: 9 } }, [1, 9]],
    [{ kind: 'HorizontalPodAutoscaler', spec: { minReplicas: 0, maxReplicas: 9 } }, [1, 9]],
    [{ kind: 'HorizontalPodAutoscaler', spec: { minReplicas: 9, maxReplicas: 2 } }, [9, 9]],
    [{ kind: 'ScaledObject', spec: {} }, [1, 100]],
    [{ kind: 'ScaledObject', spec: { minReplicaCount: 2, maxReplicaCount: 4 } }, [2, 4]],
  ])('reads %j', (autoscaler, range) => {
    expect(replicaRange({ workload, autoscaler })).toEqual(range);
  });

  test('is 1 where nobody says anything', () => {
    expect(replicaRange({ workload: {} })).toEqual([1, 1]);
  });
});

describe(selects, () => {
  test('takes an empty selector for everything, an absent one for nothing', () => {
    expect([selects({}, {}), selects(undefined, {}), selects(null, {})]).toEqual([true, false, false]);
  });
});

describe(hasLabels, () => {
  test('wants every label', () => {
    expect([hasLabels({ a: '1' }, { a: '1', b: '2' }), hasLabels({ a: '1', b: '2' }, { a: '1' }), hasLabels({ a: '1' }, { a: '2' })]).toEqual([true, false, false]);
  });
});

describe(servicesNamedBy, () => {
  test('finds the default backend and every path, each once, and no names of ports', () => {
    const backend = (name: string) => ({ service: { name, port: { name: 'http' } } });
    expect(servicesNamedBy({ spec: { defaultBackend: backend('a'), rules: [{ http: { paths: [{ backend: backend('b') }, { backend: backend('a') }] } }] } })).toEqual(['default/a', 'default/b']);
    expect(servicesNamedBy({})).toEqual([]);
  });

  test('finds the Services of a route of the Gateway API, those of other namespaces and of mirrors, too, and nothing that is none', () => {
    const filters = [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'mirror' } } }];
    const backendRefs = [{ name: 'a', port: 80, namespace: null }, { name: 'd', namespace: '' }, { kind: 'Service', group: '', name: 'b', namespace: 'shop', filters }, { kind: 'Backend', group: 'x.io', name: 'c' }, null];
    const route = { kind: 'HTTPRoute', metadata: { namespace: 'web' }, spec: { parentRefs: [{ name: 'gateway' }], rules: [{ backendRefs }, { backendRefs: null }] } };
    expect(servicesNamedBy(route)).toEqual(['web/a', 'web/d', 'shop/b', 'web/mirror']);
  });
});

describe('values that nobody chose', () => {
  test('are the defaults of the API server and of cdk8s-plus', () => {
    expect([
      isDefaultGrace({}), isDefaultGrace({ terminationGracePeriodSeconds: 30 }), isDefaultGrace({ terminationGracePeriodSeconds: 31 }),
    ]).toEqual([true, true, false]);
    expect([isDefaultShare(undefined), isDefaultShare('25%'), isDefaultShare(1)]).toEqual([true, true, false]);
    expect([
      isInjectedStartupProbe(undefined),
      isInjectedStartupProbe({ tcpSocket: { port: 80 }, failureThreshold: 3 }),
      isInjectedStartupProbe({ tcpSocket: { port: 80 }, failureThreshold: 3, periodSeconds: 10 }),
      isInjectedStartupProbe({ httpGet: { port: 80 }, failureThreshold: 3 }),
    ]).toEqual([false, true, false, false]);
  });
});
