import { GracefulDeployment, LocalLoadBalancerService } from 'kube-graceful/pulumi';

const web = new GracefulDeployment('web', {
  replicas: 4,
  containers: [{
    name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }],
    readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 2 },
    securityContext: { runAsUser: 1000 },
  }],
  graceful: {
    longestRequestSeconds: 20,
    slowestStartSeconds: 60,
    // kubectl label node NODE deploy=nginx, on two nodes: the load balancer's targets stay the same two in every roll.
    inPlace: { nodeLabel: { key: 'deploy', value: 'nginx' }, nodes: 2, required: true },
    traffic: [{ service: 'public', mode: 'local', provider: 'alibaba-clb' }],
  },
});

export const { endpoint } = new LocalLoadBalancerService('public', { deployment: web, port: 80 });
export const { explanation } = web;
