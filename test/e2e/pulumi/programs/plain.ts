import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ClusterLoadBalancerService, GracefulDeployment, gracefulTransform } from 'kube-graceful/pulumi';

// A program as it stood before (`plain`), the same under a transform of either kind, and the same moved to components (`moved`).
const { NAMESPACE: namespace = '', STAGE = 'plain' } = process.env;

const traffic = [{ service: 'web', mode: 'cluster' as const, provider: 'alibaba-clb' }];
const harden = gracefulTransform({ perWorkload: { web: { longestRequestSeconds: 5, traffic } } });
const opts = STAGE === 'plain' ? {} : { [STAGE]: [harden] }; // transforms, or transformations

const metadata = { name: 'web', namespace };
const labels = { app: 'web' };
const spec = {
  replicas: 1,
  selector: { matchLabels: labels },
  template: {
    metadata: { labels },
    spec: {
      containers: [{
        name: 'web', image: 'lab/web:1', imagePullPolicy: 'Never', ports: [{ containerPort: 8080 }],
        readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 },
      }],
    },
  },
};

if (STAGE === 'moved') {
  const before = [{ parent: pulumi.rootStackResource }];
  const deployment = new GracefulDeployment('web', {
    metadata, spec, graceful: { longestRequestSeconds: 5, traffic }, deploymentAliases: before, disruptionBudgetAliases: before,
  });
  new ClusterLoadBalancerService('web', { deployment, port: 80, serviceAliases: before });
} else {
  new k8s.apps.v1.Deployment('web', { metadata, spec }, opts);
  new k8s.core.v1.Service('web', {
    metadata, spec: { type: 'LoadBalancer', selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
  }, opts);
  new k8s.policy.v1.PodDisruptionBudget('web', { metadata, spec: { maxUnavailable: 1, selector: { matchLabels: labels } } }, opts);
}
