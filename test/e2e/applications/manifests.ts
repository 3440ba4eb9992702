import { applyPlan, Inventory, planRollout } from 'kube-graceful';
import { changed } from '../support/example';
import type { Manifest } from '../support/web';
import { programOf, sourcesOf, Variant } from './variants';

/** Requests on the lab take 10 s at most; the plan is told a little more. */
export const LONGEST_REQUEST_SECONDS = 12;

const CONTAINERS = {
  node: { image: 'lab/web:1', command: ['node', '/application/server.js'], http2Port: 8081 },
  nginx: { image: 'lab/nginx:1', command: ['sh', '/etc/nginx/start.sh'], http2Port: 8081 },
  go: { image: 'lab/applications-go:1', command: [], http2Port: 8080 },
};

/** A variant as what this library makes of a plain Deployment behind a load balancer; without the wait, that alone is taken away. */
export function manifestsOf(variant: Variant, name: string, mode: 'eni' | 'local' = 'eni'): Manifest[] {
  const written = [deploymentOf(variant, name), serviceOf(variant, name, mode)];
  const inventory = new Inventory(written);
  const [workload] = inventory.workloads;
  const plan = planRollout({ longestRequestSeconds: LONGEST_REQUEST_SECONDS }, inventory.contextOf(workload));
  const planned = written.map((manifest) => applyPlan(manifest, plan).manifest as Manifest);
  const hook = 'spec.template.spec.containers.0.lifecycle';
  const all = variant.waits ? planned : planned.map((manifest) => manifest.kind === 'Deployment' ? changed(manifest, hook, undefined) : manifest);
  return [...all, ...filesOf(variant, name)];
}

function deploymentOf(variant: Variant, name: string): Manifest {
  const { image, command, http2Port } = CONTAINERS[variant.language];
  const folder = variant.language === 'nginx' ? '/etc/nginx' : '/application';
  const files = variant.language === 'go' ? {} : { volumeMounts: [{ name: 'files', mountPath: folder }] };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          containers: [{
            name: variant.language,
            image,
            imagePullPolicy: 'Never',
            command: variant.language === 'go' ? [`/bin/${programOf(variant)}`] : command,
            ports: [{ name: 'http', containerPort: 8080 }, ...http2Port === 8080 ? [] : [{ name: 'http2', containerPort: http2Port }]],
            readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1, timeoutSeconds: 5 },
            ...files,
          }],
          ...'volumeMounts' in files && { volumes: [{ name: 'files', configMap: { name } }] },
        },
      },
    },
  };
}

function serviceOf({ language }: Variant, name: string, mode: 'eni' | 'local'): Manifest {
  const alibaba = 'service.beta.kubernetes.io'; // either annotation shows the plan whose load balancer it is
  const annotations: Record<string, string> = mode === 'eni' ? { [`${alibaba}/backend-type`]: 'eni' } : { [`${alibaba}/alibaba-cloud-loadbalancer-spec`]: 'slb.s1.small' };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, annotations },
    spec: {
      type: 'LoadBalancer',
      ...(mode === 'local' && { externalTrafficPolicy: 'Local' }),
      selector: { app: name },
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'http2', port: 81, targetPort: CONTAINERS[language].http2Port },
      ],
    },
  };
}

function filesOf(variant: Variant, name: string): Manifest[] {
  return variant.language === 'go' ? [] : [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data: sourcesOf(variant) }];
}
