import { applyPlan } from '../../../lib/core/apply/apply-plan';
import { applied, aService, aWorkload, anEniService, CONTAINER, planOf } from '../plan/fixtures';

describe(applyPlan, () => {
  test('writes each number with the sum behind it', () => {
    const { patches } = applied({ longestRequestSeconds: 20, soakSeconds: 10, slowestStartSeconds: 500 }, aWorkload(), anEniService());
    expect(patches.map(({ op, path, value, reason }) => [op, path.replace('/spec/template/spec', '...'), value, reason])).toEqual([
      ['add', '/spec/strategy', { rollingUpdate: { maxSurge: 1 } }, '1 more pods at a time'],
      ['add', '/spec/strategy/rollingUpdate/maxUnavailable', 0, 'no pod goes before another has come'],
      ['add', '/spec/minReadySeconds', 16, '6 s 3 health checks, 2 s apart + 10 s soak'],
      ['add', '/spec/progressDeadlineSeconds', 686, '120 s schedule and pull + 500 s slowest start + 10 s readiness + 10 s readiness gates + 16 s minReadySeconds + 30 s margin'],
      ['add', '.../readinessGates', [{ conditionType: 'service.readiness.alibabacloud.com/web' }], 'a pod counts once the load balancer knows it'],
      ['add', '.../topologySpreadConstraints', [{
        maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', labelSelector: { matchLabels: { app: 'web' } }, matchLabelKeys: ['pod-template-hash'],
      }], 'no node holds more of a version than it has to'],
      ['add', '.../terminationGracePeriodSeconds', 47,
        '2 s controller sees the change + 4 s update in flight + 4 s update that removes the target + 2 s wait margin + 10 s close notice + 20 s longest request + 5 s margin'],
      ['add', '.../containers/0/lifecycle', { preStop: { sleep: { seconds: 12 } } }, '2 s controller sees the change + 4 s update in flight + 4 s update that removes the target + 2 s wait margin'],
      ['add', '/metadata/annotations/service.beta.kubernetes.io~1alibaba-cloud-loadbalancer-connection-drain', 'on', 'alibaba-clb, mode eni; drain 47 s'],
      ['add', '/metadata/annotations/service.beta.kubernetes.io~1alibaba-cloud-loadbalancer-connection-drain-timeout', '47', 'alibaba-clb, mode eni; drain 47 s'],
    ]);
  });

  test('writes class and traffic policy of a Service', () => {
    const { manifests } = applied({ traffic: [{ service: 'web', mode: 'local', provider: 'alibaba-nlb' }] }, aWorkload(), aService({ type: 'LoadBalancer' }));
    expect(manifests[1].spec).toMatchObject({ loadBalancerClass: 'alibabacloud.com/nlb', externalTrafficPolicy: 'Local' });
    expect(manifests[1].metadata?.annotations).toEqual({ 'service.beta.kubernetes.io/backend-type': 'ecs' });
  });

  test.each([[60, 20], [20, 60]])('leaves two workloads behind one Service the longer drain, whichever plan comes last (%i s and %i s)', (...longest) => {
    const plans = longest.map((longestRequestSeconds) => planOf({ longestRequestSeconds }, aWorkload(), anEniService()));
    const service = plans.reduce((current, plan) => applyPlan(current, plan).manifest, anEniService());
    expect(service.metadata?.annotations?.['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout']).toBe('87');
    expect(plans.map((plan) => applyPlan(service, plan).patches)).toEqual([[], []]);
  });

  test('adds to gates, preferences and node terms that stand there', () => {
    const preferred = { weight: 9, preference: { matchExpressions: [] } };
    const zone = { matchExpressions: [{ key: 'zone', operator: 'In', values: ['a'] }] };
    const workload = aWorkload({
      pod: {
        containers: [CONTAINER], readinessGates: [{ conditionType: 'example.com/warm' }],
        affinity: {
          nodeAffinity: {
            preferredDuringSchedulingIgnoredDuringExecution: [preferred],
            requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [zone, {}] },
          },
        },
      },
    });
    const podOf = (required: boolean) => {
      const { manifests } = applied({ inPlace: { nodeLabel: { key: 'deploy', value: 'web' }, nodes: 1, required } }, workload, anEniService());
      return (manifests[0] as typeof workload).spec!.template!.spec!;
    };
    const deploy = { key: 'deploy', operator: 'In', values: ['web'] };
    expect(podOf(false).readinessGates).toEqual([{ conditionType: 'example.com/warm' }, { conditionType: 'service.readiness.alibabacloud.com/web' }]);
    expect(podOf(false).affinity?.nodeAffinity).toMatchObject({
      preferredDuringSchedulingIgnoredDuringExecution: [preferred, { weight: 1, preference: { matchExpressions: [deploy] } }],
    });
    expect(podOf(true).affinity?.nodeAffinity).toEqual({
      preferredDuringSchedulingIgnoredDuringExecution: [preferred],
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [...zone.matchExpressions, deploy] }, { matchExpressions: [deploy] }],
      },
    });
  });

  test('leaves a share in its own spelling', () => {
    const workload = aWorkload({ spec: { strategy: { rollingUpdate: { maxSurge: 2, maxUnavailable: '0%' } } } });
    expect(applied({}, workload).patches.map(({ path }) => path)).not.toContain('/spec/strategy/rollingUpdate/maxUnavailable');
  });

  test('takes nulls for what is not there', () => {
    const bare = { name: 'main', ports: [{ containerPort: 8080 }], lifecycle: null, readinessProbe: null, livenessProbe: null };
    const workload = {
      kind: 'Deployment', metadata: { name: 'web', annotations: null },
      spec: {
        replicas: null, strategy: null, minReadySeconds: null, progressDeadlineSeconds: null, selector: { matchLabels: { app: 'web' } },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [bare], initContainers: null, affinity: null, readinessGates: null, terminationGracePeriodSeconds: null } },
      },
    } as never;
    const service = { kind: 'Service', metadata: { name: 'web', annotations: null }, spec: { type: 'LoadBalancer', selector: { app: 'web' }, externalTrafficPolicy: null, ports: [{ port: 80 }] } } as never;
    const { patches } = applied({ liveness: {}, inPlace: { nodeLabel: { key: 'a', value: 'b' }, nodes: 1 }, traffic: [{ service: 'web', mode: 'eni', provider: 'alibaba-clb' }] }, workload, service);
    expect(patches.map(({ op, path }) => `${op} ${path.replace('/spec/template/spec', '...')}`)).toEqual([
      'add /spec/strategy', 'add /spec/strategy/rollingUpdate/maxUnavailable', 'replace /spec/minReadySeconds', 'replace .../readinessGates', 'add .../affinity',
      'replace .../terminationGracePeriodSeconds', 'add .../containers/0/lifecycle', 'replace .../containers/0/livenessProbe',
      'add /metadata/annotations', 'add /metadata/annotations/service.beta.kubernetes.io~1alibaba-cloud-loadbalancer-connection-drain',
      'add /metadata/annotations/service.beta.kubernetes.io~1alibaba-cloud-loadbalancer-connection-drain-timeout',
    ]);
  });

  test.each([
    ['another kind', { kind: 'ConfigMap', metadata: { name: 'web' } }],
    ['another workload', aWorkload({ metadata: { name: 'api' } })],
    ['a workload of another namespace', aWorkload({ metadata: { name: 'web', namespace: 'shop' } })],
    ['another Service', aService({}, { name: 'api' })],
    ['a Service of another namespace', aService({}, { name: 'web', namespace: 'shop' })],
  ])('leaves %s alone', (_, manifest) => {
    const { manifest: result, patches } = applyPlan(manifest, planOf({}, aWorkload(), anEniService()));
    expect([result === manifest, patches]).toEqual([true, []]);
  });

  test('applies to a workload whose name comes later', () => {
    const workload = { ...aWorkload(), metadata: {} };
    expect(applyPlan(workload, planOf({}, workload)).patches.length).toBeGreaterThan(0);
  });
});
