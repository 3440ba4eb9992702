import { finishRoutes } from '../../../lib/core/plan/finish-routes';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import type { RolloutPlan } from '../../../lib/core/plan/rollout-plan';
import { aService, aWorkload, anEniService, planOf, problemsOf, termsOf, textsOf, warningsOf, SOON_UNREADY } from './fixtures';

const ALIBABA = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';
const balanced = { type: 'LoadBalancer' };
const PORTS = { ports: [{ port: 80, name: 'http' }, { port: 443, name: 'https' }] };
const through = (mode: 'cluster' | 'local' | 'eni', provider: string, options: GracefulOptions = {}): GracefulOptions => ({ ...options, traffic: [{ service: 'web', mode, provider }] });
const GAME: GracefulOptions = { longConnection: { longestSessionSeconds: 1800 } };

const nodeGoes = 'A roll cuts nothing in this mode; before a node goes, let the load balancer send it nothing new, and wait for its connections.';

describe(finishRoutes, () => {
  test('lets the load balancer drain for the grace period', () => {
    const [route] = planOf({ longestRequestSeconds: 20 }, aWorkload(), anEniService()).routes;
    expect(route.removed).toBe('cut-after-drain');
    expect(termsOf(route.drain!)).toEqual(['grace period 47', 'earliest removal 0']);
    expect(route.annotations).toEqual({
      'service.beta.kubernetes.io/backend-type': 'eni', [`${ALIBABA}connection-drain`]: 'on', [`${ALIBABA}connection-drain-timeout`]: '47',
    });
  });

  test('never shortens a drain that stands there, and says where the rest of it comes from', () => {
    const service = anEniService({ [`${ALIBABA}connection-drain`]: 'on', [`${ALIBABA}connection-drain-timeout`]: '300' });
    const { drain } = planOf({ longestRequestSeconds: 20 }, aWorkload(), service).routes[0];
    expect(drain?.value).toBe(300);
    expect(drain?.parts[2]).toEqual({ label: 'longer drain', value: 253, source: 'manifest: annotations of the Service' });
  });

  const waysOut = 'Ways out: mode \'cluster\', whose targets a roll does not change; a hand-over of at most 883 s, where clients move to another pod; ';

  test.each(['eni', 'local'] as const)('refuses a session of 1,800 s on Alibaba Cloud\'s CLB in mode %s, with the ways out', (mode) => {
    const [text, ...others] = textsOf(through(mode, 'alibaba-clb', GAME), aWorkload(), aService(balanced));
    expect(others).toEqual([]);
    expect(text).toBe('drain of Service/web must be at most 900 s, as Alibaba Cloud CLB cuts the connections of a removed target then: current value is 1827 s, the grace period. '
      + `${waysOut}a provider that leaves them alone in this mode (${mode === 'eni' ? '\'alibaba-nlb\', \'tencent-clb\', \'aws-nlb\'' : '\'alibaba-nlb\''}).`);
  });

  test('suggests a hand-over that is accepted, and of which one second more is refused', () => {
    const handOver = (handOverSeconds: number) => problemsOf(through('eni', 'alibaba-clb', { longConnection: { handOverSeconds } }), aWorkload(), aService(balanced)).map(({ id }) => id);
    expect(handOver(883)).toEqual([]);
    expect(handOver(884)).toEqual(['drain-too-long']);
  });

  test('suggests no hand-over to an application that is never told, nor where only the grace is too long', () => {
    expect(textsOf(through('eni', 'alibaba-clb', { ...GAME, onSigterm: 'exits' }), aWorkload(), aService(balanced))[0]).not.toMatch(/hand-over/);
    expect(textsOf(through('eni', 'alibaba-clb', { terminationGracePeriodSeconds: 1800 }), aWorkload(), aService(balanced))).toEqual([
      'drain of Service/web must be at most 900 s, as Alibaba Cloud CLB cuts the connections of a removed target then: current value is 1800 s, the grace period. '
      + 'Ways out: a terminationGracePeriodSeconds of at most 900, as 1743 s of it are more than the sum needs; mode \'cluster\', whose targets a roll does not change; '
      + 'a provider that leaves them alone in this mode (\'alibaba-nlb\', \'tencent-clb\', \'aws-nlb\').',
    ]);
  });

  test('accepts it in mode cluster, with a word about nodes that leave', () => {
    const plan = planOf(through('cluster', 'alibaba-clb', GAME), aWorkload(), aService(balanced));
    expect(plan.routes[0].drain?.value).toBe(900);
    expect(warningsOf(plan)).toEqual(['node-leaves: drain of Service/web must be 1822 s for the day a node leaves the load balancer: '
      + `current value is 900 s, the most that Alibaba Cloud CLB takes. ${nodeGoes}`]);
  });

  describe('tells what a node that leaves does to sessions in mode cluster', () => {
    const text = (why: string, remedy: string) => 'node-leaves: drain of Service/web must be set with effect, so that sessions outlive the day a node leaves the load balancer: '
      + `current value is none, as ${why}. ${nodeGoes} ${remedy}`;
    const unknown = (name: string) =>
      text(`no such setting is known of ${name} in mode 'cluster'`, 'Say keepsOpenConnections where you know that this load balancer leaves them alone.');
    const warnings = (provider: string, options?: GracefulOptions) => warningsOf(planOf(through('cluster', provider, options), aWorkload(), aService(balanced)));

    test('where there is no drain setting', () => {
      expect(warnings('tencent-clb', GAME)).toEqual([unknown('Tencent Cloud CLB')]);
      expect(warnings('tencent-clb', { longConnection: { handOverSeconds: 60 } })).toEqual([unknown('Tencent Cloud CLB')]);
      expect(warnings('generic', GAME)).toEqual([unknown('any other load balancer')]);
    });

    test('where the drain is out of reach', () => {
      const reused = aService(balanced, { annotations: { [`${ALIBABA}id`]: 'lb-1' } });
      expect(warningsOf(planOf(through('cluster', 'alibaba-clb', GAME), aWorkload(), reused))).toEqual([
        text('the load balancer is reused, and its listeners are left as they are', `Set ${ALIBABA}force-override-listeners: "true", or set the drain on the load balancer itself `
        + 'and say so with kube-graceful/keep.annotations beside the annotations of the drain.'),
      ]);
    });

    test('but not where there are only requests, nor where the author knows that they are left alone', () => {
      expect(warnings('tencent-clb')).toEqual([]);
      const known = { ...GAME, traffic: [{ service: 'web', mode: 'cluster', provider: 'tencent-clb', keepsOpenConnections: true }] } as const;
      expect(warningsOf(planOf(known, aWorkload(), aService(balanced)))).toEqual([]);
    });
  });

  test('accepts it on Tencent Cloud\'s direct access, where connections live as long as the pod', () => {
    const plan = planOf(through('eni', 'tencent-clb', GAME), aWorkload(), aService(balanced));
    expect(plan.shutdown.terminationGracePeriodSeconds.value).toBe(1832);
    expect(plan.routes[0]).toMatchObject({ removed: 'lives-with-pod', annotations: { 'service.cloud.tencent.com/direct-access': 'true', 'service.cloud.tencent.com/enable-grace-shutdown': 'true' } });
    expect(plan.routes[0].drain).toBeUndefined();
    expect(warningsOf(plan)).toEqual([]);
  });

  test('warns where there is no such setting', () => {
    expect(warningsOf(planOf(through('local', 'tencent-clb'), aWorkload({ container: SOON_UNREADY }), aService(balanced)))).toEqual([
      'no-drain-setting: drain of Service/web must be set, so that a removed target keeps its open connections: current value is none. '
      + 'Tencent Cloud CLB has no such setting in mode \'local\': what is open when a target is removed may be cut. Choose another mode or provider where that matters.',
    ]);
  });

  test('refuses sessions where there is no such setting, unless the author knows that they are left alone', () => {
    expect(textsOf(through('local', 'tencent-clb', GAME), aWorkload(), aService(balanced))).toEqual([
      'drain of Service/web must be set, so that a session of 1800 s outlives its target; no such setting is known of Tencent Cloud CLB in mode \'local\': '
      + 'current value is none. Ways out: mode \'cluster\', whose targets a roll does not change; a hand-over, where clients move to another pod; '
      + 'a provider that leaves them alone in this mode (\'alibaba-nlb\'); keepsOpenConnections, where you know that this load balancer leaves them alone.',
    ]);
    const known = { ...GAME, traffic: [{ service: 'web', mode: 'local', provider: 'tencent-clb', keepsOpenConnections: true }] } as const;
    const plan = planOf(known, aWorkload({ container: SOON_UNREADY }), aService(balanced));
    expect(plan.routes[0].removed).toBe('lives-with-pod');
    expect(warningsOf(plan)).toEqual([]);
    expect(planOf(through('cluster', 'tencent-clb', GAME), aWorkload(), aService(balanced)).routes[0].removed).toBe('cut-at-once');
  });

  test('refuses to be told that connections are kept where it sets how long', () => {
    const told = { traffic: [{ service: 'web', mode: 'eni', provider: 'alibaba-clb', keepsOpenConnections: true }] } as const;
    expect(textsOf(told, aWorkload(), aService(balanced))).toEqual([
      'keepsOpenConnections of Service/web must be left out, as Alibaba Cloud CLB is told how long to keep them: current value is true. '
      + 'Leave it out: the plan sets the drain.',
    ]);
  });

  describe('knows that Alibaba Cloud\'s CLB has no drain', () => {
    const plans = (annotations: Record<string, string>, options: GracefulOptions = {}) =>
      planOf(options, aWorkload(), anEniService(annotations, PORTS));
    const drainWarnings = (plan: RolloutPlan) => warningsOf(plan).filter((text) => text.startsWith('drain-'));
    const reused = { [`${ALIBABA}id`]: 'lb-1' };
    const text = (id: string, why: string, remedy: string) =>
      `${id}drain of Service/web must be set with effect, so that a removed target keeps its open connections: `
      + `current value is none, as ${why}. ${remedy}`;
    const left: [string, string] = [
      'the load balancer is reused, and its listeners are left as they are',
      `Set ${ALIBABA}force-override-listeners: "true", or set the drain on the load balancer itself `
      + 'and say so with kube-graceful/keep.annotations beside the annotations of the drain.',
    ];
    const https: [string, string] = ['its listener of port 443 is an HTTPS one, which has none', `Let port 443 be tcp in ${ALIBABA}protocol-port, with TLS and HTTP ended in the pods, or go through an ingress.`];

    test.each<[string, Record<string, string>, readonly [string, string]]>([
      ['where it is reused', reused, left],
      ['where it is reused, in the older spelling', { 'service.beta.kubernetes.io/alicloud-loadbalancer-id': 'lb-1', [`${ALIBABA}force-override-listeners`]: 'false' }, left],
      ['with an HTTPS listener', { [`${ALIBABA}protocol-port`]: 'tcp:80,https:443' }, https],
    ])('%s', (_, annotations, reasons) => {
      const plan = plans(annotations);
      expect(drainWarnings(plan)).toEqual([text('drain-out-of-reach: ', ...reasons)]);
      const [{ removed, drain, annotations: written }] = plan.routes;
      expect([removed, drain, written[`${ALIBABA}connection-drain`]]).toEqual(['cut-at-once', undefined, undefined]);
      expect(textsOf(GAME, aWorkload(), anEniService(annotations, PORTS))).toEqual([text('', ...reasons)]);
    });

    test.each([
      ['where its listeners are overridden', { ...reused, [`${ALIBABA}force-override-listeners`]: 'true' }], ['with TCP listeners', { [`${ALIBABA}protocol-port`]: 'tcp:80,https:8443' }],
    ])('but not %s', (_, annotations) => {
      expect([warningsOf(plans(annotations)), plans(annotations).routes[0].removed]).toEqual([[], 'cut-after-drain']);
    });

    test('unless its author knows better', () => {
      const kept = { ...reused, [`${ALIBABA}connection-drain`]: 'on', [`${ALIBABA}connection-drain-timeout`]: '60', 'kube-graceful/keep.annotations': 'set up elsewhere' };
      expect([warningsOf(plans(kept)), plans(kept).routes[0].drain?.value]).toEqual([[], 60]);
      const told = plans(reused, { ...GAME, traffic: [{ service: 'web', keepsOpenConnections: true }] });
      expect([drainWarnings(told), told.routes[0].removed]).toEqual([[], 'lives-with-pod']);
      expect(warningsOf(planOf(through('cluster', 'alibaba-clb'), aWorkload(), aService(balanced, { annotations: reused })))).toEqual([]);
    });
  });

  test('tells of a drain that a reused server group of NLB does not take', () => {
    const drain = { [`${ALIBABA}connection-drain`]: 'on', [`${ALIBABA}connection-drain-timeout`]: '20' };
    const nlb = (annotations: Record<string, string>) => planOf(through('eni', 'alibaba-nlb'), aWorkload(), aService({ ...balanced, loadBalancerClass: 'alibabacloud.com/nlb' }, { annotations }));
    const reused = { [`${ALIBABA}id`]: 'nlb-1', [`${ALIBABA}vgroup-port`]: 'sgp-1:80' };
    const told = nlb({ ...reused, ...drain });
    expect(warningsOf(told)[0]).toBe(
      'drain-out-of-reach: drain of Service/web must be set with effect, so that a removed target keeps its open connections: current value is none, '
      + `as the server group is reused, and its settings are left as they are. Leave out ${ALIBABA}vgroup-port, or set the drain on the server group itself `
      + 'and say so with kube-graceful/keep.annotations beside the annotations of the drain.',
    );
    expect([told.routes[0].removed, told.routes[0].annotations[`${ALIBABA}connection-drain-timeout`]]).toEqual(['lives-with-pod', undefined]);
    expect(nlb({ [`${ALIBABA}id`]: 'nlb-1', ...drain }).routes[0].drain?.value).toBe(92);
  });

  test('writes the traffic policy that the mode needs, and no default', () => {
    const policy = (mode: 'cluster' | 'local', standing?: string) =>
      planOf(through(mode, 'alibaba-clb'), aWorkload(), aService({ ...balanced, externalTrafficPolicy: standing })).routes[0].externalTrafficPolicy;
    expect([policy('local'), policy('cluster'), policy('cluster', 'Cluster'), policy('cluster', 'Local')]).toEqual(['Local', undefined, undefined, 'Cluster']);
  });

  test('writes a class only where nothing on the Service names the provider', () => {
    const classOf = (service: ReturnType<typeof aService>) => planOf(through('eni', 'aws-nlb'), aWorkload(), service).routes[0].loadBalancerClass;
    expect(classOf(aService(balanced))).toBe('service.k8s.aws/nlb');
    expect(classOf(aService(balanced, { annotations: { 'service.beta.kubernetes.io/aws-load-balancer-type': 'external' } }))).toBeUndefined();
  });

  test('refuses a label of nodes where no load balancer is known, or none is there', () => {
    const text = (reason: string) => [`backendLabel of Service/web must be absent, as ${reason}: current value is role=edge. Leave it out, or name the provider.`];
    const options: GracefulOptions = { traffic: [{ service: 'web', backendLabel: 'role=edge' }] };
    expect(textsOf(options, aWorkload(), aService(balanced))).toEqual(text('nothing shows which load balancer the Service gets'));
    expect(textsOf(options, aWorkload(), aService())).toEqual([
      'traffic.backendLabel of Service/web must be absent, as mode \'in-cluster\' has no load balancer of its own: current value is "role=edge". Leave it out, or correct the mode.',
    ]);
  });

  test('chooses nodes by label where the provider can', () => {
    const options = (provider: string): GracefulOptions => ({ traffic: [{ service: 'web', mode: 'cluster', provider, backendLabel: 'role=edge' }] });
    expect(planOf(options('alibaba-clb'), aWorkload(), aService(balanced)).routes[0].annotations[`${ALIBABA}backend-label`]).toBe('role=edge');
    expect(textsOf(options('tencent-clb'), aWorkload(), aService(balanced))).toEqual([
      'backendLabel of Service/web must be absent, as Tencent Cloud CLB cannot choose nodes by label: current value is role=edge. Leave it out, or use pods as targets.',
    ]);
  });

  test('sets the idle timeout of TCP listeners only', () => {
    const ports = [{ port: 80, name: 'http' }, { port: 53, name: 'dns', protocol: 'UDP' }, { port: 443, name: 'https', protocol: 'TCP' }];
    const options: GracefulOptions = { traffic: [{ service: 'web', mode: 'eni', idleTimeoutSeconds: 600 }] };
    const { annotations } = planOf(options, aWorkload(), aService({ ...balanced, loadBalancerClass: 'service.k8s.aws/nlb', ports })).routes[0];
    expect(Object.keys(annotations).filter((key) => key.includes('listener'))).toEqual([
      'service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-80', 'service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-443',
    ]);
  });
});
