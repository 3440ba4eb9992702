import * as k8s from '@pulumi/kubernetes';
import { GracefulDeployment } from 'kube-graceful/pulumi';

// The grace is known during the update only (a preview does not know the id of what it would create), and is too short then.
const { NAMESPACE: namespace = '' } = process.env;

const settings = new k8s.core.v1.ConfigMap('settings', { metadata: { name: 'settings', namespace }, data: { grace: '10' } });

new GracefulDeployment('late', {
  metadata: { namespace },
  containers: [{ name: 'late', image: 'lab/web:1', imagePullPolicy: 'Never', ports: [{ containerPort: 8080 }] }],
  graceful: { longestRequestSeconds: 60, terminationGracePeriodSeconds: settings.id.apply(() => 10) },
});
