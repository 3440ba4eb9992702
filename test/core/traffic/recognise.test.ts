import type { Service } from '../../../lib/core/manifest/types';
import { tryFindProfile } from '../../../lib/core/traffic/find-profile';
import { PROFILES } from '../../../lib/core/traffic/profiles';
import { recogniseRoute } from '../../../lib/core/traffic/recognise';
import { fixturesOf } from './fixtures';

const FIXTURES = PROFILES.flatMap(({ id }) => fixturesOf(id).map((fixture) => [id, fixture.title, fixture] as const));

describe(recogniseRoute, () => {
  test.each(FIXTURES)('reads route and settings: %s, %s', (_id, _title, { service, route, drainSeconds, healthCheck, idleTimeoutSeconds }) => {
    expect(recogniseRoute(service)).toEqual(route);
    const profile = tryFindProfile(route.provider ?? 'generic');
    const mode = route.mode === 'in-cluster' || route.mode === 'ingress' ? undefined : profile?.modes[route.mode];
    const annotations = service.metadata?.annotations ?? {};
    if (drainSeconds !== undefined) expect(mode?.drain?.read(annotations) ?? null).toBe(drainSeconds);
    if (healthCheck) expect(profile?.healthCheck?.read(annotations)).toEqual(healthCheck);
    if (idleTimeoutSeconds !== undefined) expect(profile?.idleTimeout?.read?.(annotations)).toBe(idleTimeoutSeconds);
  });

  test.each<[string, Service['spec'], ReturnType<typeof recogniseRoute>]>([
    ['no type', {}, { mode: 'in-cluster' }],
    ['ClusterIP', { type: 'ClusterIP' }, { mode: 'in-cluster' }],
    ['a headless Service', { type: 'ClusterIP', clusterIP: 'None' }, { mode: 'in-cluster' }],
    ['NodePort', { type: 'NodePort' }, { mode: 'cluster' }],
    ['NodePort with Local', { type: 'NodePort', externalTrafficPolicy: 'Local' }, { mode: 'local' }],
    ['ExternalName', { type: 'ExternalName' }, undefined],
  ])('reads %s', (_title, spec, route) => {
    expect(recogniseRoute({ kind: 'Service', spec })).toEqual(route);
  });

  test('names no load balancer where annotations speak of two', () => {
    const annotations = { 'service.beta.kubernetes.io/backend-type': 'eni', 'service.cloud.tencent.com/direct-access': 'true' };
    expect(recogniseRoute({ metadata: { annotations }, spec: { type: 'LoadBalancer' } })).toEqual({ mode: 'cluster' });
  });

  test('lets a class decide against annotations', () => {
    const annotations = { 'service.cloud.tencent.com/direct-access': 'true' };
    const spec = { type: 'LoadBalancer', loadBalancerClass: 'alibabacloud.com/nlb' };
    expect(recogniseRoute({ metadata: { annotations }, spec })).toMatchObject({ mode: 'cluster', provider: 'alibaba-nlb' });
  });

  test.each([{}, { kind: 'Service' }, { metadata: {} }, { spec: undefined }])('takes a Service that says nothing for in-cluster: %j', (service) => {
    expect(recogniseRoute(service)).toEqual({ mode: 'in-cluster' });
  });

  test('stands values that are no strings', () => {
    const annotations = { 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain': true } as unknown as Record<string, string>;
    expect(recogniseRoute({ metadata: { annotations }, spec: { type: 'LoadBalancer' } })).toMatchObject({ provider: 'alibaba-clb' });
    expect(tryFindProfile('alibaba-clb')?.modes.eni?.drain?.read(annotations)).toBeUndefined();
  });
});
