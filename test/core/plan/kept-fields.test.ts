import { explain } from '../../../lib/core/explain';
import { KEEPABLE_FIELDS, keptFields } from '../../../lib/core/plan/kept-fields';
import { Problem } from '../../../lib/core/problem';
import type { Container, PodSpec, Service } from '../../../lib/core/manifest/types';
import type { GracefulOptions, TrafficOptions } from '../../../lib/core/plan/options';
import { applied, aService, aWorkload, anEniService, CONTAINER, planOf, termsOf, textsOf, warningsOf } from './fixtures';

const keep = (...fields: string[]) => Object.fromEntries(fields.map((field) => [`kube-graceful/keep.${field}`, 'agreed with operations']));

describe(keptFields, () => {
  test('reads fields with their reasons, and nothing else', () => {
    const problems: Problem[] = [];
    expect(keptFields(aWorkload({ metadata: { annotations: { ...keep('preStop'), 'example.com/keep': 'x' } } }), problems)).toEqual({ preStop: 'agreed with operations' });
    expect(problems).toEqual([]);
  });

  test('leaves every kept field of a workload as it is', () => {
    const workload = aWorkload({
      metadata: { name: 'web', annotations: keep(...KEEPABLE_FIELDS) },
      pod: { containers: [{ ...CONTAINER, livenessProbe: { tcpSocket: { port: 8080 } } }] },
    });
    const options = { longestRequestSeconds: 300, inPlace: { nodeLabel: { key: 'a', value: 'b' }, nodes: 1 }, slowestStartSeconds: 900, warmUp: { successes: 5 }, kubernetes: '1.30' };
    const { manifests, patches } = applied(options, workload, anEniService());
    expect(manifests[0]).toBe(workload);
    expect(patches.map(({ path }) => path)).toEqual([expect.stringContaining('connection-drain'), expect.stringContaining('connection-drain-timeout')]);
    expect(Object.keys(planOf(options, workload, anEniService()).kept)).toEqual([...KEEPABLE_FIELDS]);
  });

  test('leaves every kept field of a Service as it is', () => {
    const said = { type: 'LoadBalancer', externalTrafficPolicy: 'Local', loadBalancerClass: 'alibabacloud.com/nlb' };
    const service = aService(said, { annotations: keep('annotations', 'externalTrafficPolicy', 'loadBalancerClass') });
    const { manifests } = applied({ traffic: [{ service: 'web', mode: 'local', provider: 'alibaba-nlb' }] }, aWorkload(), service);
    expect(manifests[1]).toBe(service);
  });

  test('counts the registration where readiness gates are kept and the load balancer\'s is not among them', () => {
    const metadata = { name: 'web', annotations: keep('readinessGates') };
    const conditionType = 'service.readiness.alibabacloud.com/web';
    const planWith = (readinessGates: PodSpec['readinessGates']) =>
      planOf({}, aWorkload({ metadata, pod: { containers: [CONTAINER], readinessGates } }), anEniService());
    const [gated, free] = [planWith([{ conditionType }]), planWith([])];
    expect([gated.routes[0].readinessGate, termsOf(gated.pace.minReadySeconds)]).toEqual([conditionType, ['3 health checks, 2 s apart 6']]);
    expect([free.routes[0].readinessGate, termsOf(free.pace.minReadySeconds)]).toEqual([undefined, [
      'controller sees the change 2', 'update in flight 4', 'update that removes the target 4', '3 health checks, 2 s apart 6',
    ]]);
  });

  describe('of a workload that keeps its probes', () => {
    const http = { httpGet: { path: '/healthz', port: 8080 } };
    const planWith = (options: GracefulOptions, container: Container) =>
      planOf(options, aWorkload({ container, metadata: { name: 'web', annotations: keep('readinessProbe', 'livenessProbe', 'startupProbe') } }));

    test('plans none of them', () => {
      const plan = planWith({ longestRequestSeconds: 300, liveness: {}, defaultReadinessProbe: true }, {
        livenessProbe: http, readinessProbe: undefined, startupProbe: { tcpSocket: { port: 8080 }, failureThreshold: 3 },
      });
      expect(plan.startup.containers).toEqual([{ name: 'main', at: { list: 'containers', index: 0 } }]);
      expect(explain(plan)).not.toContain('Probes:');
    });

    test('says that a start may take longer than they leave', () => {
      const texts = (container: Container) => warningsOf(planWith({ slowestStartSeconds: 100 }, container));
      expect(texts({ startupProbe: { ...http, failureThreshold: 5 } })).toEqual([
        'kept-too-short: startupProbe of container main must be one that surely leaves 100 s, the slowest start: current value is 40 s. An annotation keeps it as it is: a slower start is ended.',
      ]);
      expect(texts({ livenessProbe: http })).toEqual([
        'kept-too-short: startupProbe of container main must be one that surely leaves 100 s, the slowest start: current value is none, so that the liveness probe leaves 20 s. '
        + 'An annotation keeps it as it is: a slower start is ended.',
      ]);
      expect([...texts({}), ...texts({ startupProbe: { ...http, failureThreshold: 11 } })]).toEqual([]);
      expect(warningsOf(planWith({}, { startupProbe: http, livenessProbe: http }))).toEqual([
        'unknown-start: slowestStartSeconds of container main must be told, since a liveness or start-up probe ends a container that starts slowly: '
        + 'current value is nothing; the probes surely leave 20 s. Say how long the slowest start takes.',
      ]);
    });

    test('says that nothing counts the successes of a warm-up', () => {
      const texts = (options: GracefulOptions) => warningsOf(planWith(options, {}));
      const text = (kind: string) => `kept-too-short: ${kind} of container main must be written for the 5 successes of warmUp: current value is the one that stands there. `
        + 'An annotation keeps it as it is: nothing counts the successes.';
      expect(texts({ warmUp: { successes: 5, endpoint: { path: '/startup' } } })).toEqual([text('startupProbe')]);
      expect(texts({ warmUp: { successes: 5 } })).toEqual([text('readinessProbe')]);
      expect(texts({ warmUp: { successes: 5, holds: 'rollout' } })).toEqual([]);
    });
  });

  describe('of a Service that keeps its annotations', () => {
    const drain = (seconds: number) => ({
      'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain': 'on',
      'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout': String(seconds),
    });
    const planWith = (options: GracefulOptions, annotations: Record<string, string>) => planOf(options, aWorkload(), anEniService({ ...keep('annotations'), ...annotations }));

    test('reckons with the drain that stands there', () => {
      const plan = planWith({}, drain(20));
      expect(plan.routes[0]).toMatchObject({ removed: 'cut-after-drain', annotations: {}, drain: { value: 20 }, kept: { annotations: 'agreed with operations' } });
      expect(warningsOf(plan)).toEqual([
        'kept-too-short: drain of Service/web must be at least 57: 2 s controller sees the change + 4 s update in flight + 4 s update that removes the target + 2 s wait margin '
        + '+ 10 s close notice + 30 s longest request + 5 s margin: current value is 20. An annotation keeps it as it is: what is still open then is cut.',
      ]);
      expect(explain(plan)).toContain('Kept as the manifest has it:\n  - annotations of Service/web: agreed with operations\n');
      expect(explain(plan)).not.toContain('connection-drain');
      expect(warningsOf(planWith({}, drain(57)))).toEqual([]);
      expect(planWith({}, drain(100)).routes[0].drain?.value).toBe(100);
    });

    test('takes none for what cuts at once', () => {
      const plan = planWith({}, {});
      expect([plan.routes[0].removed, plan.routes[0].drain]).toEqual(['cut-at-once', undefined]);
      expect(plan.warnings.map(({ id, found }) => `${id} ${found}`)).toEqual(['kept-too-short 0']);
    });

    test('refuses a session that the drain is too short for', () => {
      const session = { longConnection: { longestSessionSeconds: 600 } };
      const texts = (annotations: Record<string, string>) => textsOf(session, aWorkload(), anEniService({ ...keep('annotations'), ...annotations }));
      expect(texts({})).toEqual(['drain of Service/web must be at least 627 s, the grace period, so that a session of 600 s outlives its target: current value is none. '
        + 'Raise it, or remove the annotation that keeps it.']);
      expect(texts(drain(300))).toEqual(['drain of Service/web must be at least 627 s, the grace period, so that a session of 600 s outlives its target: current value is 300 s. '
        + 'Raise it, or remove the annotation that keeps it.']);
      expect(texts(drain(700))).toEqual([]);
    });
  });

  describe('of a Service, held against the mode', () => {
    const LOCAL = { type: 'LoadBalancer', externalTrafficPolicy: 'Local' };
    const texts = (entry: Partial<TrafficOptions>, spec: Service['spec'], ...fields: string[]) =>
      textsOf({ traffic: [{ service: 'web', provider: 'alibaba-clb', ...entry }] }, aWorkload(), aService(spec, { annotations: keep(...fields) }));

    test('refuses a policy that the mode does not have', () => {
      const text = (needed: string, mode: string, found: string) => [
        `spec.externalTrafficPolicy of Service/web must be '${needed}' for mode '${mode}': current value is "${found}", which an annotation keeps. Correct the mode, or remove the annotation.`,
      ];
      expect(texts({ mode: 'local' }, { type: 'LoadBalancer' }, 'externalTrafficPolicy')).toEqual(text('Local', 'local', 'Cluster'));
      expect(texts({ mode: 'cluster' }, LOCAL, 'externalTrafficPolicy')).toEqual(text('Cluster', 'cluster', 'Local'));
      expect([texts({ mode: 'local' }, LOCAL, 'externalTrafficPolicy'), texts({ mode: 'eni' }, LOCAL, 'externalTrafficPolicy'), texts({ mode: 'cluster' }, LOCAL)]).toEqual([[], [], []]);
    });

    test('refuses a health check of nodes that the policy takes away', () => {
      const text = [
        'spec.healthCheckNodePort of Service/web must be absent: every API server refuses it without externalTrafficPolicy Local: current value is 30000. '
        + 'Remove it, or use mode \'local\'.',
      ];
      expect(texts({ mode: 'cluster' }, { ...LOCAL, healthCheckNodePort: 30000 })).toEqual(text);
      expect(texts({ mode: 'cluster' }, { type: 'LoadBalancer', healthCheckNodePort: 30000 })).toEqual(text);
      expect([texts({ mode: 'local' }, { ...LOCAL, healthCheckNodePort: 30000 }), texts({ mode: 'eni' }, { ...LOCAL, healthCheckNodePort: 30000 })]).toEqual([[], []]);
    });

    test('refuses a missing class that the provider needs', () => {
      const entry = { mode: 'local', provider: 'alibaba-nlb' } as const;
      expect(texts(entry, LOCAL, 'loadBalancerClass')).toEqual([
        'spec.loadBalancerClass of Service/web must be \'alibabacloud.com/nlb\' for provider \'alibaba-nlb\': current value is none, which an annotation keeps. '
        + 'Correct the provider, or remove the annotation.',
      ]);
      expect([texts(entry, { ...LOCAL, loadBalancerClass: 'alibabacloud.com/nlb' }, 'loadBalancerClass'), texts({ mode: 'local' }, LOCAL, 'loadBalancerClass')]).toEqual([[], []]);
    });
  });

  test('refuses a field that nobody writes, and a missing reason, on each object', () => {
    const wrong = { 'kube-graceful/keep.replicas': 'x', 'kube-graceful/keep.preStop': ' ' };
    const texts = [
      `kube-graceful/keep.replicas must be kube-graceful/keep. with one of ${KEEPABLE_FIELDS.join(', ')}: current value is 'replicas'. Correct the name, or remove the annotation.`,
      'kube-graceful/keep.preStop must be a reason: current value is \'\'. Say why the field stays as it is: whoever reads the explanation will ask.',
    ];
    expect(textsOf({}, aWorkload({ metadata: { name: 'web', annotations: wrong } }))).toEqual(texts);
    expect(textsOf({}, aWorkload(), aService({}, { annotations: wrong }))).toEqual(texts);
  });
});
