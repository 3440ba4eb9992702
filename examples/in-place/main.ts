import { App, Chart, Duration } from 'cdk8s';
import { Probe } from 'cdk8s-plus-28';
import { explain, GracefulDeployment, LocalLoadBalancerService } from 'kube-graceful/cdk8s';

const app = new App();
const chart = new Chart(app, 'edge', { disableResourceNameHashes: true });

const web = new GracefulDeployment(chart, 'web', {
  replicas: 4,
  containers: [{
    name: 'web', image: 'shop/web:1.4', portNumber: 8080, securityContext: { user: 1000 }, resources: {},
    readiness: Probe.fromHttpGet('/ready', { periodSeconds: Duration.seconds(2) }),
  }],
  graceful: {
    longestRequest: Duration.seconds(20),
    slowestStart: Duration.minutes(1),
    // kubectl label node NODE deploy=nginx, on two nodes: the load balancer's targets stay the same two in every roll.
    inPlace: { nodeLabel: { key: 'deploy', value: 'nginx' }, nodes: 2, required: true },
  },
});

new LocalLoadBalancerService(chart, 'public', { deployment: web, port: 80, provider: 'alibaba-clb' });

app.synth();
console.error(explain(app));
