import { App, Chart, Duration } from 'cdk8s';
import { ImagePullPolicy, Probe } from 'cdk8s-plus-28';
import { explain, GracefulDeployment } from 'kube-graceful/cdk8s';

const app = new App();
const chart = new Chart(app, 'site', { disableResourceNameHashes: true });

const nginx = new GracefulDeployment(chart, 'nginx', {
  replicas: 3,
  containers: [{
    name: 'nginx',
    image: 'nginxinc/nginx-unprivileged:1.27-alpine',
    imagePullPolicy: ImagePullPolicy.IF_NOT_PRESENT,
    portNumber: 8080,
    readiness: Probe.fromHttpGet('/', { periodSeconds: Duration.seconds(5) }),
    securityContext: { user: 101, readOnlyRootFilesystem: false },
    resources: {},
  }],
  graceful: {
    pace: 'one-by-one',
    longestRequest: Duration.seconds(15),
    // The stock image closes idle connections when it is told to end, without a word before.
    closeNotice: Duration.seconds(0),
    slowestStart: Duration.minutes(1),
    // Five checks in a row before the first request, five seconds apart; one is enough to come back later.
    shell: true,
    warmUp: { successes: 5, period: Duration.seconds(5), command: ['wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8080/'] },
  },
});
nginx.exposeViaService({ ports: [{ port: 80, targetPort: 8080 }] });

app.synth();
console.error(explain(app));
