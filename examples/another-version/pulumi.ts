import * as k8s from '@pulumi/kubernetes';
import { gracefulTransform } from 'kube-graceful/pulumi';

// The one line. For the whole program at once: pulumi.runtime.registerResourceTransform(graceful).
const graceful = gracefulTransform({ longestRequestSeconds: 20 });

// A program as it stood before: names and selectors stay.
const labels = { app: 'api' };
new k8s.apps.v1.Deployment('api', {
  metadata: { name: 'api', labels: { team: 'orders' } },
  spec: {
    replicas: 3,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels: { ...labels, team: 'orders' } },
      spec: {
        containers: [{
          name: 'api', image: 'shop/orders:12', ports: [{ containerPort: 8080 }],
          readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 2 },
          securityContext: { runAsUser: 1000 },
        }],
      },
    },
  },
}, { transformations: [graceful] });
new k8s.core.v1.Service('api', {
  metadata: { name: 'api' },
  spec: { type: 'ClusterIP', selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
});
