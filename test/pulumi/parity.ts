import { applyPlan, planRollout } from 'kube-graceful';
import type { GracefulOptions, Manifest, Service, Workload } from 'kube-graceful';
import type { Registration } from './registrations';

/** What must be the same whoever writes the objects: the core on plain manifests, Pulumi, cdk8s. */
export interface Objects {
  readonly deployment: Manifest;
  readonly services: readonly Manifest[];
}

/**
 * An object without what its toolkit chooses: `metadata.name` and `metadata.namespace`, labels and selectors (as values: where one
 * stands must still be the same), and names of objects inside of others.
 */
export function comparable(manifest: Manifest): unknown {
  const { metadata, ...rest } = manifest;
  const { name, namespace, labels, ...kept } = metadata ?? {};
  return JSON.parse(JSON.stringify({ ...rest, metadata: { annotations: {}, ...kept } }, (key, value) => {
    if (key === 'labels' || key === 'matchLabels') return 'of the toolkit';
    if (key === 'selector' && manifest.kind === 'Service') return 'of the toolkit';
    if (key === 'conditionType') return String(value).replace(/\/[^/]+$/, '/<service>');
    return value;
  }));
}

/** What the core makes of plain manifests. */
export function byTheCore(options: GracefulOptions, workload: Workload, services: readonly Service[]): Objects {
  const plan = planRollout({ defaultReadinessProbe: true, ...options }, { workload, services, ingresses: [], disruptionBudgets: [] });
  return { deployment: applyPlan(workload, plan).manifest, services: services.map((service) => applyPlan(service, plan).manifest) };
}

/** What a Pulumi program registered. */
export function byPulumi(registrations: readonly Registration[]): Objects {
  const of = (kind: string) => registrations.filter(({ type }) => type.endsWith(`:${kind}`)).map(({ inputs }) => inputs as Manifest);
  return { deployment: of('Deployment')[0], services: of('Service') };
}

/** Fails on any difference that a toolkit has no right to. */
export function expectParity(ours: Objects, others: Objects): void {
  expect(comparable(ours.deployment)).toEqual(comparable(others.deployment));
  expect(ours.services).toHaveLength(others.services.length);
  expect(ours.services.map(comparable)).toEqual(expect.arrayContaining(others.services.map(comparable)));
}
