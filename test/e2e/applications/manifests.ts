import { applyPlan, Inventory, planRollout } from 'kube-graceful';
import { changed } from '../support/example';
import type { Manifest } from '../support/web';
import { sourceOf } from './programs';
import { programOf, textOf, Variant } from './variants';

/** Requests on the lab take 10 s at most; the plan is told a little more. */
export const LONGEST_REQUEST_SECONDS = 12;

const CONTAINERS = {
  node: { image: 'lab/web:1', command: ['node', '/application/server.js'], http2Port: 8081 },
  nginx: { image: 'lab/nginx:1', command: ['sh', '/etc/nginx/start.sh'], http2Port: 8081 },
  go: { image: 'lab/applications-go:1', command: [], http2Port: 8080 },
};

/** A variant as what this library makes of a plain Deployment behind an ENI load balancer; without the wait, that alone is taken away. */
export function manifestsOf(variant: Variant, name: string): Manifest[] {
  const written = [deploymentOf(variant, name), serviceOf(variant, name)];
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

function serviceOf({ language }: Variant, name: string): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, annotations: { 'service.beta.kubernetes.io/backend-type': 'eni' } },
    spec: {
      type: 'LoadBalancer',
      selector: { app: name },
      ports: [
        { name: 'http', port: 80, targetPort: 8080 },
        { name: 'http2', port: 81, targetPort: CONTAINERS[language].http2Port },
      ],
    },
  };
}

function filesOf(variant: Variant, name: string): Manifest[] {
  const text = textOf(variant);
  const data = {
    node: { 'server.js': text },
    nginx: { 'start.sh': text, 'nginx.conf': sourceOf('nginx/nginx.conf') },
    go: undefined,
  }[variant.language];
  return data ? [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data }] : [];
}
