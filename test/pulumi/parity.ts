import { applyPlan, disruptionBudgetSpec, planRollout } from 'kube-graceful';
import type { GracefulOptions, Manifest, Service, Workload } from 'kube-graceful';
import type { Registration } from './registrations';

/** What must be the same whoever writes the objects: the core on plain manifests, Pulumi, cdk8s. */
export type Objects = readonly Manifest[];

/** By kind and name, as each toolkit has an order of its own. */
export function sorted(objects: Objects): Objects {
  const keyOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata?.name}`;
  return [...objects].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
}

/** The labels that a toolkit makes: cdk8s-plus, and `GracefulDeployment` in Pulumi where it is given `containers`. */
const OF_TOOLKITS: ReadonlySet<string> = new Set(['cdk8s.io/metadata.addr', 'app']);

/**
 * An object without what its toolkit chooses: `metadata.name` and `metadata.namespace`, its own labels and what selects by them (where
 * one stands must still be the same), and the name of a Service in a readiness gate. Labels of the author are compared.
 *
 * @param services Names that a readiness gate may have. @default - any
 */
export function comparable(manifest: Manifest, services?: readonly string[]): unknown {
  const { metadata, ...rest } = manifest;
  const { name, namespace, ...kept } = metadata ?? {};
  return JSON.parse(JSON.stringify({ ...rest, metadata: { annotations: {}, ...kept } }, (key, value) => {
    const holdsLabels = key === 'labels' || key === 'matchLabels' || (key === 'selector' && manifest.kind === 'Service');
    if (holdsLabels && value) return ofTheAuthor(value as object);
    if (key === 'conditionType') return String(value).replace(/[^/]+$/, (gate) => services?.includes(gate) ?? true ? '<service>' : gate);
    return value;
  }));
}

/** What a toolkit labels has no value, but still its place. */
function ofTheAuthor(labels: object): object {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => OF_TOOLKITS.has(key) ? ['<toolkit>', '<toolkit>'] : [key, value]));
}

/**
 * What the core makes of plain manifests.
 *
 * @param creates Is the workload made by a construct or component of ours? Then it may get a readiness probe, and has a disruption
 * budget beside it. A mixin and a transform change what is there, and make neither.
 */
export function byTheCore(options: GracefulOptions, workload: Workload, services: readonly Service[], creates = true): Objects {
  const plan = planRollout({ defaultReadinessProbe: creates, ...options }, { workload, services, ingresses: [], disruptionBudgets: [] });
  const written = [workload, ...services].map((one) => applyPlan<Manifest>(one, plan).manifest);
  const { metadata: { name } = {}, spec } = workload;
  return creates
    ? [...written, { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name }, spec: disruptionBudgetSpec({ ...spec?.selector }) }]
    : written;
}

/** What a Pulumi program registered, beside components. */
export function byPulumi(registrations: readonly Registration[]): Objects {
  return registrations.map(({ inputs }) => inputs as Manifest).filter(({ kind }) => kind);
}

/** Objects side by side, as comparable ones. */
export function allComparable(objects: Objects): readonly unknown[] {
  const services = objects.filter(({ kind }) => kind === 'Service').map(({ metadata }) => metadata?.name ?? '');
  return sorted(objects).map((one) => comparable(one, services));
}

/** Fails on any difference that a toolkit has no right to. */
export function expectParity(ours: Objects, others: Objects): void {
  expect(allComparable(ours)).toEqual(allComparable(others));
}
