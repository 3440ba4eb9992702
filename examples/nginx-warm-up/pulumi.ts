import * as k8s from '@pulumi/kubernetes';
import { GracefulDeployment } from 'kube-graceful/pulumi';

const nginx = new GracefulDeployment('nginx', {
  replicas: 3,
  containers: [{
    name: 'nginx', image: 'nginxinc/nginx-unprivileged:1.27-alpine', ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/', port: 8080 }, periodSeconds: 5 },
    securityContext: { runAsUser: 101 },
  }],
  graceful: {
    pace: 'one-by-one',
    longestRequestSeconds: 15,
    // The stock image closes idle connections when it is told to end, without a word before.
    closeNoticeSeconds: 0,
    slowestStartSeconds: 60,
    // Five checks in a row before the first request, five seconds apart; one is enough to come back later.
    shell: true,
    warmUp: { successes: 5, periodSeconds: 5, command: ['wget', '-q', '-O', '/dev/null', 'http://127.0.0.1:8080/'] },
  },
});

// No load balancer: a plain Service will do.
new k8s.core.v1.Service('nginx', {
  metadata: { name: 'nginx' },
  spec: { type: 'ClusterIP', selector: { app: 'nginx' }, ports: [{ port: 80, targetPort: 8080 }] },
});

export const { explanation } = nginx;
