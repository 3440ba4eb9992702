import { App, Chart, Duration } from 'cdk8s';
import { Probe } from 'cdk8s-plus-28';
import { EniLoadBalancerService, explain, GracefulDeployment, OnSigterm } from 'kube-graceful/cdk8s';

const app = new App();
const chart = new Chart(app, 'shop', { disableResourceNameHashes: true });

const web = new GracefulDeployment(chart, 'web', {
  replicas: 3,
  containers: [{
    name: 'web',
    image: 'shop/web:1.4',
    portNumber: 8080,
    readiness: Probe.fromHttpGet('/ready', { periodSeconds: Duration.seconds(2) }),
    securityContext: { user: 1000 },
    resources: {},
  }],
  // What only the author knows: everything else is derived from it.
  graceful: {
    longestRequest: Duration.seconds(20),
    slowestStart: Duration.minutes(1),
    onSigterm: OnSigterm.DRAINS,
  },
});

new EniLoadBalancerService(chart, 'public', { deployment: web, port: 80, provider: 'alibaba-clb' });

app.synth();
console.error(explain(app));
