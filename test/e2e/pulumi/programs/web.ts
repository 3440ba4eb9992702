import * as pulumi from '@pulumi/pulumi';
import { EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/pulumi';

// What differs from one run to the next: a new version, or a change that must be refused.
const { NAMESPACE: namespace = '', VERSION = '1', COMPONENT = 'web', FORMERLY, LABEL = 'web', READY_PATH = '/ready' } = process.env;
const { GRACE_SECONDS, CREATE_TIMEOUT } = process.env;

const labels = { app: LABEL };
const timeouts = CREATE_TIMEOUT ? { customTimeouts: { create: CREATE_TIMEOUT } } : {};
/** A transform of a component reaches its children. */
const owned: pulumi.ResourceTransform = ({ type, props, opts }) => type === 'kubernetes:apps/v1:Deployment'
  ? { props: { ...props, metadata: { ...props.metadata as object, annotations: { owner: 'shop' } } }, opts } : undefined;
const web = new GracefulDeployment(COMPONENT, {
  metadata: { name: 'web', namespace },
  spec: {
    replicas: 3,
    selector: { matchLabels: labels },
    template: {
      metadata: { labels },
      spec: {
        containers: [{
          name: 'web', image: 'lab/web:1', imagePullPolicy: 'Never', ports: [{ containerPort: 8080 }],
          env: [{ name: 'VERSION', value: pulumi.secret(VERSION) }, { name: 'WARM_UP_SECONDS', value: '2' }, { name: 'LAME_DUCK_SECONDS', value: '10' }],
          readinessProbe: { httpGet: { path: READY_PATH, port: 8080 }, periodSeconds: 1 },
        }],
      },
    },
  },
  graceful: {
    longestRequestSeconds: 5,
    traffic: [{ service: 'public', mode: 'eni', provider: 'alibaba-clb' }],
    ...GRACE_SECONDS && { terminationGracePeriodSeconds: Number(GRACE_SECONDS) },
  },
}, {
  ...FORMERLY && { aliases: [{ name: FORMERLY }] },
  transforms: [owned],
  ...timeouts,
});

const service = new EniLoadBalancerService('public', { deployment: web, port: 80 }, timeouts);

export const endpoint = service.endpoint;
export const explanation = web.explanation;
