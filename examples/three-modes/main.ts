import { App, Chart, Duration } from 'cdk8s';
import { Probe } from 'cdk8s-plus-28';
import { comparisonText } from 'kube-graceful';
import {
  ClusterLoadBalancerService, compareModesOf, EniLoadBalancerService, explain, GracefulDeployment, LocalLoadBalancerService,
} from 'kube-graceful/cdk8s';

const provider = 'alibaba-clb';
const app = new App();

/** The second article's web server, behind one of the three ways a load balancer reaches pods. */
class WebServer extends Chart {
  public readonly web: GracefulDeployment;

  constructor(mode: string, service: typeof ClusterLoadBalancerService | typeof LocalLoadBalancerService | typeof EniLoadBalancerService) {
    super(app, mode, { disableResourceNameHashes: true });
    this.web = new GracefulDeployment(this, 'web', {
      replicas: 3,
      containers: [{
        name: 'web', image: 'shop/web:1.4', portNumber: 8080, securityContext: { user: 1000 }, resources: {},
        readiness: Probe.fromHttpGet('/ready', { periodSeconds: Duration.seconds(2) }),
      }],
      graceful: { longestRequest: Duration.seconds(30), slowestStart: Duration.seconds(90), liveness: { port: 8080 } },
    });
    new service(this, 'public', { deployment: this.web, port: 80, provider });
  }
}

new WebServer('cluster', ClusterLoadBalancerService);
new WebServer('local', LocalLoadBalancerService);
const { web } = new WebServer('eni', EniLoadBalancerService);

app.synth();
console.error(explain(app));
console.error(comparisonText(compareModesOf(web, { provider, keepsSourceAddress: true, nodes: 20, loadBalancers: 60 })));
