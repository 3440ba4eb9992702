import { draftRoutes } from '../../../lib/core/plan/draft-routes';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import type { Manifest, Service } from '../../../lib/core/manifest/types';
import { aService, aWorkload, anEniService, planOf, termsOf, textsOf, warningsOf } from './fixtures';

const balanced = { type: 'LoadBalancer' };
const NLB = { ...balanced, loadBalancerClass: 'alibabacloud.com/nlb' };
const AWS = { ...balanced, loadBalancerClass: 'service.k8s.aws/nlb' };
const ingress: Manifest = { kind: 'Ingress', metadata: { name: 'shop' }, spec: { rules: [{ http: { paths: [{ backend: { service: { name: 'web', port: { name: 'http' } } } }] } }] } };

function routesOf(options: GracefulOptions, ...around: Manifest[]) {
  return planOf(options, aWorkload(), ...around).routes.map(({ service, mode, provider, delay, arrival }) => ({
    service, mode, provider, delay: delay.value, arrival: arrival.value,
  }));
}

const one = (traffic: Omit<NonNullable<GracefulOptions['traffic']>[number], 'service'>): GracefulOptions => ({ traffic: [{ service: 'web', ...traffic }] });

describe(draftRoutes, () => {
  test.each<[string, GracefulOptions, Service, string, string | undefined, number, number]>([
    ['in-cluster', {}, aService(), 'in-cluster', undefined, 5, 0],
    ['headless', {}, aService({ clusterIP: 'None' }), 'in-cluster', undefined, 5, 0],
    ['NodePort', {}, aService({ type: 'NodePort' }), 'cluster', undefined, 5, 0],
    ['any load balancer over all nodes', {}, aService(balanced), 'cluster', undefined, 5, 0],
    ['ENI, recognised, with a gate: health checks only', {}, anEniService(), 'eni', 'alibaba-clb', 10, 6],
    ['ENI without the gate: registration and health checks', one({ readinessGate: false }), anEniService(), 'eni', 'alibaba-clb', 10, 16],
    ['ENI, told', one({ mode: 'eni', provider: 'alibaba-nlb' }), aService(balanced), 'eni', 'alibaba-nlb', 45, 20],
    ['Local, told', one({ mode: 'local', provider: 'tencent-clb' }), aService(balanced), 'local', 'tencent-clb', 15, 30],
    ['AWS with pods', one({ mode: 'eni' }), aService(AWS), 'eni', 'aws-nlb', 120, 150],
    ['the author\'s delay, which stands for the registration', one({ delaySeconds: 33, readinessGate: false }), anEniService(), 'eni', 'alibaba-clb', 33, 39],
    ['the author\'s registration', one({ delaySeconds: 33, registrationSeconds: 4, readinessGate: false }), anEniService(), 'eni', 'alibaba-clb', 33, 10],
    ['the author\'s health check', one({ healthCheck: { intervalSeconds: 5, healthyThreshold: 4 } }), anEniService(), 'eni', 'alibaba-clb', 10, 20],
    ['the health check that stands there', {}, anEniService({ 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-health-check-interval': '10' }), 'eni', 'alibaba-clb', 10, 30],
    ['generic with what the author knows', one({ mode: 'local', provider: 'generic', delaySeconds: 20 }), aService(balanced), 'local', 'generic', 20, 20],
    ['an ingress, told', one({ mode: 'ingress', delaySeconds: 20, registrationSeconds: 8 }), aService(), 'ingress', undefined, 20, 8],
  ])('knows %s', (_, options, service, mode, provider, delay, arrival) => {
    expect(routesOf(options, service)).toEqual([{ service: 'web', mode, provider, delay, arrival }]);
  });

  test('asks for the delay where an ingress leads to the Service of a load balancer, too', () => {
    const warnings = (options: GracefulOptions, service: Service) => warningsOf(planOf(options, aWorkload(), service, ingress));
    expect(warnings(one({ mode: 'cluster' }), aService(balanced))).toEqual([
      'also-behind-ingress: traffic.delaySeconds of Service/web must be told, as Ingress/shop leads to the Service, too, and its controller follows the pods in its own time: '
      + 'current value is nothing. Give the longer of the two delays, or let the ingress have a Service of its own.',
    ]);
    const other = { traffic: [{ service: 'other', mode: 'cluster' as const }] };
    expect([warnings(one({ mode: 'cluster', delaySeconds: 60 }), aService(balanced)), warnings(other, aService(balanced, { name: 'other' }))]).toEqual([[], []]);
  });

  test('finds an ingress by the Service that it names, not by the name of a port', () => {
    expect(routesOf(one({ delaySeconds: 20 }), aService(), ingress)[0].mode).toBe('ingress');
    expect(routesOf(one({ delaySeconds: 20 }), aService({ type: 'NodePort' }), ingress)[0].mode).toBe('ingress');
    expect(routesOf({ traffic: [{ service: 'web', delaySeconds: 20 }] }, aService(), aService({}, { name: 'http' }), ingress).map(({ mode }) => mode)).toEqual(['ingress', 'in-cluster']);
  });

  test('takes a route of the Gateway API for an ingress: its controller, too, follows in its own time', () => {
    const route: Manifest = { kind: 'HTTPRoute', metadata: { name: 'shop' }, spec: { rules: [{ backendRefs: [{ name: 'web', port: 80 }] }] } };
    expect(routesOf(one({ delaySeconds: 20 }), aService(), route)).toEqual([{ service: 'web', mode: 'ingress', provider: undefined, delay: 20, arrival: 20 }]);
    expect(textsOf({}, aWorkload(), aService(), route)).toEqual([expect.stringMatching(/^traffic of Service\/web must be given delaySeconds, /)]);
  });

  test('takes the slowest of several Services', () => {
    const plan = planOf(one({ mode: 'eni' }), aWorkload(), aService(AWS), aService({}, { name: 'inside' }), anEniServiceNamed('outside'));
    expect(plan.routes.map(({ service, delay }) => [service, delay.value])).toEqual([['web', 120], ['inside', 5], ['outside', 10]]);
    expect(termsOf(plan.shutdown.wait)).toEqual(['NLB goes on sending to a deregistered target 120', 'wait margin 2']);
  });

  test('believes the author where no Service is known', () => {
    expect(routesOf(one({ mode: 'eni', provider: 'alibaba-clb' }))).toEqual([{ service: 'web', mode: 'eni', provider: 'alibaba-clb', delay: 10, arrival: 6 }]);
  });

  test('passes over an ExternalName, which reaches no pods', () => {
    expect(routesOf({}, aService({ type: 'ExternalName' }))).toEqual([]);
  });

  test('says that a mode is assumed, and writes no annotation of the mode then', () => {
    for (const [options, service] of [
      [{}, aService(balanced, { annotations: { 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-spec': 'slb.s1.small' } })],
      [one({ provider: 'alibaba-clb' }), aService(balanced)],
    ] as [GracefulOptions, Service][]) {
      const plan = planOf(options, aWorkload(), service);
      expect(Object.keys(plan.routes[0].annotations)).not.toContain('service.beta.kubernetes.io/backend-type');
      expect(warningsOf(plan)).toEqual([
        'assumed-mode: mode of Service/web must be said on the Service, or in traffic: current value is nothing, so \'cluster\' is assumed. '
        + 'service.beta.kubernetes.io/backend-type is not set, so the cluster decides: nodes with Flannel, pods with Terway on clusters made after 2020-08-10.',
      ]);
    }
  });

  test('says so, too, where nothing shows which load balancer there is', () => {
    const text = ['assumed-mode: mode of Service/web must be said on the Service, or in traffic: current value is nothing, so \'cluster\' is assumed. Which load balancer it gets is not known, '
      + 'and some take the pods by themselves: give the provider, and mode \'cluster\' where nodes are the targets.'];
    const warnings = (options: GracefulOptions, spec: Service['spec']) => warningsOf(planOf(options, aWorkload(), aService(spec)));
    expect([warnings({}, balanced), warnings(one({ delaySeconds: 9 }), { ...balanced, loadBalancerClass: 'metallb' })]).toEqual([text, text]);
    expect([warnings(one({ mode: 'cluster' }), balanced), warnings(one({ provider: 'generic' }), balanced), warnings({}, { type: 'NodePort' })]).toEqual([[], [], []]);
  });

  test('reads the Service with the eyes of the provider that is told', () => {
    expect(routesOf(one({ provider: 'alibaba-nlb' }), anEniService())[0]).toMatchObject({ mode: 'eni', provider: 'alibaba-nlb' });
  });

  test.each<[string, GracefulOptions, Service, string]>([
    ['an unknown provider', one({ mode: 'eni', provider: 'moon-lb' }), aService(balanced), 'provider of Service/web must be one of generic, alibaba-clb, alibaba-nlb, tencent-clb, aws-nlb: '
      + 'current value is "moon-lb". For any other load balancer, give \'generic\' with delaySeconds and what you know of its health check.'],
    ['a load balancer that nobody can name', {}, aService({ ...balanced, externalTrafficPolicy: 'Local' }), 'provider of Service/web must be told: one of generic, alibaba-clb, alibaba-nlb, tencent-clb, aws-nlb: '
      + 'current value is nothing. Nothing on the Service shows which load balancer it gets, and each follows the pods in its own time.'],
    ['a generic one without a delay', one({ mode: 'eni', provider: 'generic' }), aService(balanced), 'traffic of Service/web must be given delaySeconds, as provider \'generic\' knows none: '
      + 'current value is nothing. Give what the load balancer\'s maker says, or measure how long it goes on sending to a deleted pod.'],
    ['an ingress without a delay', one({ mode: 'ingress' }), aService(), 'traffic of Service/web must be given delaySeconds, as the controller of an ingress, or of a gateway, follows the pods in its own time: '
      + 'current value is nothing. Give traffic: [{ service: \'web\', mode: \'ingress\', delaySeconds: ... }] with what its maker says or you measured.'],
    ['a mode that the Service is not', one({ mode: 'eni', provider: 'alibaba-clb' }), aService(), 'traffic of Service/web must be \'in-cluster\', as the Service itself says: current value is "eni". Change the Service or the option.'],
    ['pods that are no targets', one({ mode: 'local' }), anEniService(), 'traffic of Service/web must be \'eni\', as the Service itself says: current value is "local". Change the Service or the option.'],
    ['another provider than that of the class', one({ mode: 'eni', provider: 'alibaba-clb' }), aService(NLB), 'provider of Service/web must be \'alibaba-nlb\', as the Service\'s class is alibabacloud.com/nlb: '
      + 'current value is "alibaba-clb". Change the option, or make a new Service: a class cannot be changed.'],
    ['a class that the provider does not serve', one({ mode: 'eni', provider: 'aws-nlb' }), aService({ ...balanced, loadBalancerClass: 'metallb' }), 'provider of Service/web must be that of the class which the Service has, metallb: '
      + 'current value is "aws-nlb". Change the option, or make a new Service: a class cannot be changed.'],
    ['pods that are not ready', {}, aService({ publishNotReadyAddresses: true }), 'spec.publishNotReadyAddresses of Service/web must be false or absent, as it sends clients to pods that are not ready or are ending: '
      + 'current value is true. Remove it; a headless Service for peers can be a second Service.'],
    ['a Service that is not there', { traffic: [{ service: 'wbe', mode: 'in-cluster' }] }, aService(), 'traffic.service must be a Service that selects the pods: web: current value is "wbe". Correct the name, or the Service\'s selector.'],
    ['a Service that leads to other pods', { traffic: [{ service: 'web', mode: 'in-cluster' }] }, aService({ selector: { app: 'api' } }), 'traffic.service must be a Service that selects the pods: there is none: current value is "web". Correct the name, or the Service\'s selector.'],
    ['two words on one Service', { traffic: [{ service: 'web' }, { service: 'web' }] }, aService(), 'traffic must be one entry for each Service: current value is two for "web". Merge the two entries into one.'],
  ])('refuses %s', (_, options, service, text) => {
    expect(textsOf(options, aWorkload(), service)).toEqual([text]);
  });

  test('takes the author\'s word for a Service that no manifest shows, or that somebody else leads to the pods', () => {
    const options: GracefulOptions = { traffic: [{ service: 'web', mode: 'in-cluster' }] };
    expect([textsOf(options), textsOf(options, aWorkload(), aService({ selector: undefined })), textsOf(options, aWorkload(), aService({ selector: { app: 'api' } }, { namespace: 'other' }))])
      .toEqual([[], [], []]);
  });

  test('refuses a Service of which nobody knows anything', () => {
    expect(textsOf({ traffic: [{ service: 'web' }] })).toEqual([
      'traffic of Service/web must be told: in-cluster, cluster, local, eni or ingress: current value is nothing. Give traffic: [{ service: \'web\', mode: ... }].',
    ]);
  });

  test('lets peers find each other before they are ready', () => {
    expect(textsOf({}, aWorkload(), aService({ clusterIP: 'None', publishNotReadyAddresses: true }))).toEqual([]);
  });
});

function anEniServiceNamed(name: string): Service {
  const service = anEniService();
  return { ...service, metadata: { ...service.metadata, name } };
}
