import { applyPlan, Inventory, planRollout, type Manifest } from 'kube-graceful';
import { timed, type Sample } from './timed';

/** What the core alone takes for so many Deployments with their Services: inventory, plan, apply. */
export function applyPairs(pairs: number): Sample {
  const manifests: Manifest[] = [];
  for (let index = 0; index < pairs; index++) manifests.push(deployment(index), service(index));
  return timed(() => {
    const inventory = new Inventory(manifests);
    return inventory.workloads.flatMap((workload) => {
      const context = inventory.contextOf(workload);
      const plan = planRollout({ longestRequestSeconds: 20, slowestStartSeconds: 60, onSigterm: 'drains' }, context);
      return [workload, ...context.services].map((manifest) => applyPlan(manifest, plan).manifest);
    });
  });
}

function deployment(index: number): Manifest {
  const labels = { app: `web-${index}` };
  const readinessProbe = { httpGet: { path: '/ready', port: 8080 } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: `web-${index}` },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080, name: 'http' }], readinessProbe }] },
      },
    },
  };
}

function service(index: number): Manifest {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `public-${index}`, annotations: { 'service.beta.kubernetes.io/backend-type': 'eni' } },
    spec: { type: 'LoadBalancer', selector: { app: `web-${index}` }, ports: [{ port: 80, targetPort: 8080 }] },
  };
}
