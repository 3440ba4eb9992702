import { GracefulDeployment } from 'kube-graceful/pulumi';

// Starts at once, but may take minutes: the provider has to be told.
const { NAMESPACE: namespace = '' } = process.env;

new GracefulDeployment('slow', {
  metadata: { namespace },
  containers: [{ name: 'slow', image: 'lab/web:1', imagePullPolicy: 'Never', ports: [{ containerPort: 8080 }] }],
  replicas: 2,
  graceful: { longestRequestSeconds: 600, slowestStartSeconds: 300 },
});
