import { Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Service } from 'kube-graceful';
import { ClusterLoadBalancerService, EniLoadBalancerService, GracefulDeployment, LoadBalancerServiceProps, LocalLoadBalancerService } from '../../lib/cdk8s/index';
import { aChart, rendered, renderedAlone, validationLines } from './an-app';

const ALIBABA = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';
const BACKEND_TYPE = 'service.beta.kubernetes.io/backend-type';
const ready = { image: 'web', readiness: kplus.Probe.fromHttpGet('/ready') };

function aDeployment(chart = aChart(), ports: readonly number[] = [8080]) {
  return new GracefulDeployment(chart, 'web', { containers: [{ ...ready, ports: ports.map((number) => ({ number, name: `p${number}` })) }] });
}

describe.each([
  [ClusterLoadBalancerService, { [BACKEND_TYPE]: 'ecs' }, undefined],
  [LocalLoadBalancerService, { [BACKEND_TYPE]: 'ecs' }, 'Local'],
  [EniLoadBalancerService, { [BACKEND_TYPE]: 'eni' }, undefined],
] as const)('%p', (Class, annotations, externalTrafficPolicy) => {
  test('says its mode in the provider\'s words, and lets open connections drain', () => {
    const deployment = aDeployment();
    const service = renderedAlone(new Class(Chart.of(deployment), 'public', { deployment, port: 80, provider: 'alibaba-clb' })) as Service;
    const grace = String(deployment.plan.shutdown.terminationGracePeriodSeconds.value);
    const drain = { [`${ALIBABA}connection-drain`]: 'on', [`${ALIBABA}connection-drain-timeout`]: grace };
    expect(service.metadata?.annotations).toEqual({ ...annotations, ...drain });
    expect(service.spec).toMatchObject({ type: 'LoadBalancer', selector: deployment.matchLabels, ports: [{ port: 80, targetPort: 8080 }] });
    expect(service.spec?.externalTrafficPolicy).toBe(externalTrafficPolicy);
  });

  test('has the name of the plain Service that it takes the place of', () => {
    const plain = new kplus.Service(aChart(), 'public', { ports: [{ port: 80 }] });
    const deployment = aDeployment();
    expect(new Class(Chart.of(deployment), 'public', { deployment, port: 80, provider: 'alibaba-clb' }).name).toBe(plain.name);
  });

  test('renders the same whether it comes before or after other Services and twice', () => {
    const inOrder = (first: string, second: string) => {
      const deployment = aDeployment();
      for (const id of [first, second]) new Class(Chart.of(deployment), id, { deployment, port: 80, provider: 'alibaba-clb' });
      const once = rendered(Chart.of(deployment));
      expect(rendered(Chart.of(deployment))).toEqual(once);
      return once;
    };
    expect(inOrder('a', 'b')['Service/chart-a']).toEqual(inOrder('b', 'a')['Service/chart-a']);
  });
});

describe(EniLoadBalancerService, () => {
  test('takes every prop (checked by the compiler)', () => {
    const chart = aChart();
    const deployment = aDeployment(chart, [8080, 9090]);
    const props: Required<LoadBalancerServiceProps> = {
      deployment,
      port: 80,
      targetPort: 9090,
      portName: 'http',
      protocol: kplus.Protocol.TCP,
      provider: 'alibaba-clb',
      delay: Duration.seconds(20),
      registration: Duration.seconds(7),
      healthCheck: { interval: Duration.seconds(3), healthyThreshold: 4, unhealthyThreshold: 5 },
      idleTimeout: Duration.seconds(600),
      readinessGate: false,
      keepsOpenConnections: false,
      backendLabel: 'pool=web',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      metadata: { annotations: { mine: 'kept' } },
    };
    const service = renderedAlone(new EniLoadBalancerService(chart, 'public', props)) as Service;
    expect(service.metadata?.annotations).toEqual({
      mine: 'kept',
      [BACKEND_TYPE]: 'eni',
      [`${ALIBABA}health-check-interval`]: '3',
      [`${ALIBABA}healthy-threshold`]: '4',
      [`${ALIBABA}unhealthy-threshold`]: '5',
      [`${ALIBABA}established-timeout`]: '600',
      [`${ALIBABA}backend-label`]: 'pool=web',
      [`${ALIBABA}connection-drain`]: 'on',
      [`${ALIBABA}connection-drain-timeout`]: '67',
    });
    expect(service.spec).toMatchObject({ ports: [{ port: 80, targetPort: 9090, name: 'http', protocol: 'TCP' }], loadBalancerSourceRanges: ['10.0.0.0/8'] });
    expect([deployment.plan.routes[0].delay.value, deployment.plan.routes[0].arrival.value]).toEqual([20, 7 + 3 * 4]);
    expect(deployment.plan.routes[0].readinessGate).toBeUndefined();
  });

  test('takes its own namespace from the deployment', () => {
    const chart = aChart();
    const deployment = new GracefulDeployment(chart, 'web', { containers: [{ ...ready, portNumber: 8080 }], metadata: { namespace: 'shop' } });
    expect(new EniLoadBalancerService(chart, 'public', { deployment, port: 80, provider: 'alibaba-clb' }).metadata.namespace).toBe('shop');
    expect(validationLines(chart)).toEqual([]);
  });

  test('prefers a target port that is the port, else takes the only one', () => {
    const target = (ports: readonly number[], port: number) => {
      const deployment = aDeployment(aChart(), ports);
      return new EniLoadBalancerService(Chart.of(deployment), 'public', { deployment, port, provider: 'alibaba-clb' }).ports[0].targetPort;
    };
    expect([target([8080, 80], 80), target([8080], 80)]).toEqual([80, 8080]);
  });

  test('take the port of a container that comes after them', () => {
    const deployment = aDeployment(aChart(), []);
    const service = new EniLoadBalancerService(Chart.of(deployment), 'public', { deployment, port: 80, provider: 'alibaba-clb' });
    deployment.addContainer({ name: 'late', image: 'late', portNumber: 8080, securityContext: { user: 1000 }, resources: {} });
    expect(validationLines(Chart.of(deployment)).filter((line) => line.includes('target-port'))).toEqual([]);
    expect((renderedAlone(service) as Service).spec?.ports).toEqual([{ port: 80, targetPort: 8080 }]);
  });

  test('take the same port whenever a container comes', () => {
    const portsAfter = (isEarly: boolean) => {
      const deployment = aDeployment(aChart(), [8080]);
      const expose = () => new EniLoadBalancerService(Chart.of(deployment), 'public', { deployment, port: 80, provider: 'alibaba-clb' });
      const early = isEarly ? expose() : undefined;
      deployment.addContainer({ name: 'proxy', image: 'proxy', portNumber: 80, securityContext: { user: 1000 }, resources: {} });
      return (renderedAlone(early ?? expose()) as Service).spec?.ports;
    };
    expect([portsAfter(true), portsAfter(false)]).toEqual(Array(2).fill([{ port: 80, targetPort: 80 }]));
  });

  test.each([
    [[8080, 9090], '8080, 9090'],
    [[], 'no port'],
  ])('refuses to guess the target port among %p', (ports, declared) => {
    const deployment = aDeployment(aChart(), ports);
    new EniLoadBalancerService(Chart.of(deployment), 'public', { deployment, port: 80, provider: 'alibaba-clb' });
    expect(validationLines(Chart.of(deployment)).filter((line) => line.startsWith('[chart/public]'))).toEqual([
      '[chart/public] missing-target-port: targetPort must be given where the containers declare neither port 80 nor exactly one port: '
      + `current value is not set, and they declare ${declared}. Set targetPort to the port that the application listens on.`,
    ]);
  });

  test.each([
    ['alibaba-clp', '[chart/web] unknown-provider: provider of Service chart/public must be one of generic, alibaba-clb, alibaba-nlb, tencent-clb, aws-nlb: '
      + 'current value is "alibaba-clp". For any other load balancer, give \'generic\' with delay and what you know of its health check.'],
    ['generic', '[chart/web] needs-delay: traffic of Service chart/public must be given delay, as provider \'generic\' knows none: current value is nothing. '
      + 'Give what the load balancer\'s maker says, or measure how long it goes on sending to a deleted pod.'],
  ])('refuses provider %p, saying what is allowed', (provider, message) => {
    const deployment = aDeployment();
    new EniLoadBalancerService(Chart.of(deployment), 'public', { deployment, port: 80, provider });
    expect(validationLines(Chart.of(deployment))).toEqual([message]);
  });

  test('accepts provider generic with a delay', () => {
    const deployment = aDeployment();
    new EniLoadBalancerService(Chart.of(deployment), 'public', { deployment, port: 80, provider: 'generic', delay: Duration.seconds(30) });
    expect(validationLines(Chart.of(deployment))).toEqual([]);
    expect(deployment.plan.shutdown.wait.value).toBe(32);
  });
});
