import { Duration, Testing } from 'cdk8s';
import { EniLoadBalancerService, GracefulDeployment } from '../../../lib/cdk8s/index';
import { GracefulRollouts, routeThrough, RouteThroughProps } from '../../../lib/cdk8s/mixin/index';
import { aChart, aDeployment, aService, raw, rendered, timesOf, validationLines } from '../an-app';

describe(routeThrough, () => {
  test('takes every prop (checked by the compiler)', () => {
    const chart = aChart();
    const deployment = raw(chart, 'web', aDeployment());
    const props: Required<RouteThroughProps> = {
      deployment,
      mode: 'eni',
      provider: 'generic',
      delay: Duration.seconds(20),
      registration: Duration.seconds(7),
      healthCheck: { interval: Duration.seconds(3), healthyThreshold: 4, unhealthyThreshold: 5 },
      idleTimeout: Duration.minutes(5),
      readinessGate: false,
      keepsOpenConnections: true,
      backendLabel: 'pool=web',
      longConnection: { longestSession: Duration.minutes(1), heartbeat: Duration.seconds(30) },
    };
    routeThrough(raw(chart, 'public', aService()), props);
    chart.with(new GracefulRollouts());
    expect(validationLines(chart)).toEqual([
      '[chart/web] no-backend-label: backendLabel of Service chart/public must be absent, as any other load balancer cannot choose nodes by label: '
      + 'current value is pool=web. Leave it out, or use pods as targets.',
    ]);
  });

  test('makes any Service a part of the plan, whether it is told before or after the mixin', () => {
    const told = (before: boolean) => {
      const chart = aChart();
      const deployment = raw(chart, 'web', aDeployment());
      const service = raw(chart, 'public', aService());
      const tell = () => routeThrough(service, { deployment, mode: 'eni', provider: 'alibaba-clb', delay: Duration.seconds(20) });
      if (before) tell();
      deployment.with(new GracefulRollouts());
      if (!before) tell();
      return rendered(chart);
    };
    expect(timesOf(told(true)['Deployment/web'])).toEqual({ wait: 22, grace: 67 });
    expect(told(true)['Service/web-public'].metadata?.annotations).toEqual({
      'service.beta.kubernetes.io/backend-type': 'eni',
      'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain': 'on',
      'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout': '67',
    });
    expect(told(false)).toEqual(told(true));
  });

  test('needs no provider where there is no load balancer', () => {
    const chart = aChart();
    const deployment = raw(chart, 'web', aDeployment());
    routeThrough(raw(chart, 'public', { ...aService(), spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } }), {
      deployment, mode: 'ingress', delay: Duration.seconds(20),
    });
    chart.with(new GracefulRollouts());
    expect(validationLines(chart)).toEqual([]);
    expect(timesOf(rendered(chart)['Deployment/web']).wait).toBe(22);
  });

  test('reports a Deployment that nobody plans', () => {
    const chart = aChart();
    routeThrough(raw(chart, 'public', aService()), { deployment: raw(chart, 'web', aDeployment()), mode: 'eni', provider: 'alibaba-clb' });
    expect(validationLines(chart)).toEqual([
      '[chart/public] deployment-not-planned: deployment must be a Deployment whose rollouts are planned, since the Service is one half of the plan: '
      + 'current value is chart/web. Make it a GracefulDeployment or a class of graceful(), or apply GracefulRollouts to it.',
    ]);
  });
});

describe('a Service that selects nothing', () => {
  test('is refused, wherever that comes from', () => {
    const chart = aChart();
    const deployment = new GracefulDeployment(chart, 'web', { containers: [{ image: 'shop/web:1.4', portNumber: 8080 }] });
    new EniLoadBalancerService(chart, 'public', { deployment, port: 80, provider: 'alibaba-clb', metadata: { namespace: 'elsewhere' } });
    expect(() => Testing.synth(chart)).toThrow('[chart/public] selects-nothing: The selector of the Service must be one that selects the pods of '
      + 'chart/web, in the same namespace: current value is one that selects none of them. '
      + 'Leave selector and namespace to the deployment, or change both objects together.');
  });
});
