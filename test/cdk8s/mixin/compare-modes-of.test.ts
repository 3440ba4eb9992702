import { Chart, Duration, Testing } from 'cdk8s';
import { compareModesOf, EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/cdk8s';

describe(compareModesOf, () => {
  const chart = new Chart(Testing.app(), 'chart');
  const web = new GracefulDeployment(chart, 'web', {
    replicas: 3, containers: [{ image: 'shop/web:1.4', portNumber: 8080 }], graceful: { longestRequest: Duration.seconds(20) },
  });
  new EniLoadBalancerService(chart, 'public', { deployment: web, port: 80, provider: 'alibaba-clb', delay: Duration.seconds(20) });

  test('plans what the author wrote in each mode, with what is known of the load balancer', () => {
    const { columns } = compareModesOf(web, { provider: 'alibaba-clb' });
    expect(columns.map(({ mode, times }) => [mode, times?.preStopWaitSeconds])).toEqual([['cluster', 22], ['local', 22], ['eni', 22]]);
  });

  test('takes nothing of it over to another provider', () => {
    const { columns } = compareModesOf(web, { provider: 'tencent-clb' });
    expect(columns.map(({ mode, times }) => [mode, times?.preStopWaitSeconds])).toEqual([['cluster', 7], ['local', 17], ['eni', 17]]);
  });

  test('throws at a provider that nobody knows', () => {
    expect(() => compareModesOf(web, { provider: 'acme' })).toThrow('must be one of generic, alibaba-clb');
  });
});
