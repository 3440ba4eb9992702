import { App, Chart, Duration } from 'cdk8s';
import { explain, GracefulDeployment, LongConnectionService } from 'kube-graceful/cdk8s';

const app = new App();
const chart = new Chart(app, 'game', { disableResourceNameHashes: true });

const arena = new GracefulDeployment(chart, 'arena', {
  replicas: 4,
  containers: [{ name: 'arena', image: 'game/arena:7', portNumber: 7777, securityContext: { user: 1000 }, resources: {} }],
  graceful: {
    longestRequest: Duration.seconds(5),
    slowestStart: Duration.minutes(2),
    liveness: { port: 7777 },
    platforms: ['cluster-autoscaler'],
  },
});

// A round takes half an hour at most, and whoever plays is never moved: the pod waits for the last round.
new LongConnectionService(chart, 'rounds', {
  deployment: arena, port: 7777, mode: 'eni', provider: 'tencent-clb', longestSession: Duration.minutes(30),
});

app.synth();
console.error(explain(app));
