import { Duration, type Chart } from 'cdk8s';
import { EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/cdk8s';
import { container } from './container';

/** A Deployment, its PodDisruptionBudget and its Service with our constructs. */
export function gracefulPair(chart: Chart, index: number): void {
  const deployment = new GracefulDeployment(chart, `web-${index}`, {
    containers: [container],
    graceful: { longestRequest: Duration.seconds(20), slowestStart: Duration.minutes(1), onSigterm: 'drains' },
  });
  new EniLoadBalancerService(chart, `public-${index}`, { deployment, port: 80, provider: 'alibaba-clb' });
}
