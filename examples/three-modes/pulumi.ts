import { ClusterLoadBalancerService, EniLoadBalancerService, GracefulDeployment, LocalLoadBalancerService } from 'kube-graceful/pulumi';

/** The second article's web server, to be put behind one of the three ways a load balancer reaches pods. */
const webServer = (mode: 'cluster' | 'local' | 'eni') => new GracefulDeployment(`${mode}-web`, {
  replicas: 3,
  containers: [{
    name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 2 },
    securityContext: { runAsUser: 1000 },
  }],
  graceful: {
    longestRequestSeconds: 30,
    slowestStartSeconds: 90,
    liveness: { port: 8080 },
    traffic: [{ service: `${mode}-public`, mode, provider: 'alibaba-clb' }],
  },
});

const [cluster, local, eni] = [webServer('cluster'), webServer('local'), webServer('eni')];
new ClusterLoadBalancerService('cluster-public', { deployment: cluster, port: 80 });
new LocalLoadBalancerService('local-public', { deployment: local, port: 80 });
new EniLoadBalancerService('eni-public', { deployment: eni, port: 80 });

export const explanations = [cluster.explanation, local.explanation, eni.explanation];
