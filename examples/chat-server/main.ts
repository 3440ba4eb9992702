import { App, Chart, Duration } from 'cdk8s';
import { Probe } from 'cdk8s-plus-28';
import { explain, GracefulDeployment, LongConnectionService } from 'kube-graceful/cdk8s';

const app = new App();
const chart = new Chart(app, 'chat', { disableResourceNameHashes: true });

const rooms = new GracefulDeployment(chart, 'rooms', {
  replicas: 3,
  containers: [{
    name: 'rooms', image: 'chat/rooms:3', portNumber: 8080, securityContext: { user: 1000 }, resources: {},
    readiness: Probe.fromHttpGet('/ready', { periodSeconds: Duration.seconds(2) }),
  }],
  graceful: { longestRequest: Duration.seconds(10) },
});

// Nobody knows how long people chat. On SIGTERM the server tells its clients to connect anew; two minutes later all have moved.
new LongConnectionService(chart, 'sockets', {
  deployment: rooms, port: 443, mode: 'eni', provider: 'alibaba-clb', handOver: Duration.minutes(2), heartbeat: Duration.seconds(30),
});

app.synth();
console.error(explain(app));
