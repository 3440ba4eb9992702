import { GracefulDeployment, LongConnectionService } from 'kube-graceful/pulumi';

const arena = new GracefulDeployment('arena', {
  replicas: 4,
  containers: [{ name: 'arena', image: 'game/arena:7', ports: [{ containerPort: 7777 }], securityContext: { runAsUser: 1000 } }],
  graceful: {
    longestRequestSeconds: 5,
    slowestStartSeconds: 120,
    liveness: { port: 7777 },
    platforms: ['cluster-autoscaler'],
    // A round takes half an hour at most, and whoever plays is never moved: the pod waits for the last round.
    longConnection: { longestSessionSeconds: 1800 },
    traffic: [{ service: 'rounds', mode: 'eni', provider: 'tencent-clb' }],
  },
});

export const { endpoint } = new LongConnectionService('rounds', { deployment: arena, port: 7777, mode: 'eni' });
export const { explanation } = arena;
