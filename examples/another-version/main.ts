import { App, Chart, Duration } from 'cdk8s';
import { Deployment, Probe, ServiceType } from 'cdk8s-plus-33';
import { explain, GracefulRollouts } from 'kube-graceful/cdk8s/mixin';

const app = new App();
const chart = new Chart(app, 'orders', { disableResourceNameHashes: true });

// An app as it stood before, on whatever version of cdk8s-plus.
const api = new Deployment(chart, 'api', {
  metadata: { labels: { team: 'orders' } },
  podMetadata: { labels: { team: 'orders' } },
  replicas: 3,
  containers: [{
    name: 'api', image: 'shop/orders:12', portNumber: 8080, securityContext: { user: 1000 }, resources: {},
    readiness: Probe.fromHttpGet('/ready', { periodSeconds: Duration.seconds(2) }),
  }],
});
api.exposeViaService({ serviceType: ServiceType.CLUSTER_IP, ports: [{ port: 80, targetPort: 8080 }] });

// The one line: every Deployment above it is hardened, names and selectors stay.
app.with(new GracefulRollouts({ longestRequest: Duration.seconds(20) }));

app.synth();
console.error(explain(app));
