import { Chart, Duration, Testing } from 'cdk8s';
import { compareModesOf, EniLoadBalancerService, GracefulDeployment, GracefulRollouts } from 'kube-graceful/cdk8s';
import { aChart, aDeployment, raw } from '../an-app';

describe(compareModesOf, () => {
  const chart = new Chart(Testing.app(), 'chart');
  const web = new GracefulDeployment(chart, 'web', {
    replicas: 3, containers: [{ image: 'shop/web:1.4', portNumber: 8080 }], graceful: { longestRequest: Duration.seconds(20) },
  });
  new EniLoadBalancerService(chart, 'public', { deployment: web, port: 80, provider: 'alibaba-clb', delay: Duration.seconds(20) });

  test('plans what the author wrote in each mode, with what is known of the load balancer', () => {
    const { columns } = compareModesOf(web, { provider: 'alibaba-clb' });
    expect(columns.map(({ mode, times }) => [mode, times?.preStopWaitSeconds])).toEqual([['cluster', 7], ['local', 22], ['eni', 22]]);
  });

  test('takes nothing of it over to another provider', () => {
    const { columns } = compareModesOf(web, { provider: 'tencent-clb' });
    expect(columns.map(({ mode, times }) => [mode, times?.preStopWaitSeconds])).toEqual([['cluster', 7], ['local', 17], ['eni', 17]]);
  });

  test('counts the targets of what an autoscaler asks for at most', () => {
    const app = aChart();
    raw(app, 'web', { ...aDeployment(), spec: { ...aDeployment().spec, replicas: undefined } });
    raw(app, 'scale', { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 3, maxReplicas: 300 } });
    app.with(new GracefulRollouts());
    const { columns } = compareModesOf(app.node.findChild('web'), { provider: 'tencent-clb' });
    expect(columns.map(({ mode, quotaExceeded }) => [mode, quotaExceeded])).toEqual([
      ['cluster', undefined], ['local', undefined], ['eni', '304 targets, of at most 100'],
    ]);
  });

  test('takes the replicas that only cdk8s-plus put there for none where something scales the workload', () => {
    const scaled = new GracefulDeployment(aChart(), 'web', {
      containers: [{ image: 'shop/web:1.4', portNumber: 8080 }], graceful: { autoscaler: { minReplicas: 3, maxReplicas: 300 } },
    });
    expect(compareModesOf(scaled, { provider: 'alibaba-clb' }).columns.map(({ mode, refused }) => [mode, refused])).toEqual([['cluster', []], ['local', []], ['eni', []]]);
  });

  test('throws at a provider that nobody knows', () => {
    expect(() => compareModesOf(web, { provider: 'acme' })).toThrow('must be one of generic, alibaba-clb');
  });
});
