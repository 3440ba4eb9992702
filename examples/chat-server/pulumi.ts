import { GracefulDeployment, LongConnectionService } from 'kube-graceful/pulumi';

const rooms = new GracefulDeployment('rooms', {
  replicas: 3,
  containers: [{
    name: 'rooms', image: 'chat/rooms:3', ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 2 },
    securityContext: { runAsUser: 1000 },
  }],
  graceful: {
    longestRequestSeconds: 10,
    // Nobody knows how long people chat. On SIGTERM the server tells its clients to connect anew; two minutes later all have moved.
    longConnection: { handOverSeconds: 120, heartbeatSeconds: 30 },
    traffic: [{ service: 'sockets', mode: 'eni', provider: 'alibaba-clb' }],
  },
});

export const { endpoint } = new LongConnectionService('sockets', { deployment: rooms, port: 443, mode: 'eni' });
export const { explanation } = rooms;
