import { EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/pulumi';

const web = new GracefulDeployment('web', {
  replicas: 3,
  containers: [{
    name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 2 },
    securityContext: { runAsUser: 1000 },
  }],
  // What only the author knows: everything else is derived from it.
  graceful: {
    longestRequestSeconds: 20,
    slowestStartSeconds: 60,
    onSigterm: 'drains',
    traffic: [{ service: 'public', mode: 'eni', provider: 'alibaba-clb' }],
  },
});

export const { endpoint } = new EniLoadBalancerService('public', { deployment: web, port: 80 });
export const { explanation } = web;
