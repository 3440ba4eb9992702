import { isList, membersOf } from './members-of';
import { namespaceOf } from './namespace-of';
import { hasLabels, selects } from './selector';
import { INGRESS_KINDS, servicesNamedBy } from './services-named-by';
import type { Autoscaler, DisruptionBudget, Manifest, Service, Workload } from './types';

/** What stands around a workload and decides with it how a rollout goes. */
export interface RolloutContext {
  readonly workload: Workload;
  /** Services that select its pods. */
  readonly services: readonly Service[];
  /** Names of all Services with a selector in its namespace, those that select other pods, too. @default - not known */
  readonly serviceNames?: ReadonlySet<string>;
  /** Ingresses, and routes of the Gateway API, that name one of these Services. */
  readonly ingresses: readonly Manifest[];
  /** What sets its number of replicas. @default - nothing does */
  readonly autoscaler?: Autoscaler;
  /** Budgets that select its pods. */
  readonly disruptionBudgets: readonly DisruptionBudget[];
}

const NOTHING: readonly never[] = [];
const AUTOSCALERS = new Set(['HorizontalPodAutoscaler', 'ScaledObject']);
const INGRESSES: ReadonlySet<string | undefined> = new Set(INGRESS_KINDS);

/** The kinds that have a part in a plan: an inventory passes over every other, but for lists, which it opens. */
export const INVENTORY_KINDS: ReadonlySet<string> = new Set(['Deployment', 'Service', 'PodDisruptionBudget', ...AUTOSCALERS, ...INGRESS_KINDS]);

/**
 * Which Service, autoscaler, ingress and disruption budget belongs to which workload, over any manifests, in any order. Lists are
 * opened here, not by `applyPlan`, which takes their members. Built once; each question costs as much as the answer is long, not as
 * the inventory is large.
 *
 * @example
 * const web = { kind: 'Deployment', metadata: { name: 'web' }, spec: { template: { metadata: { labels: { app: 'web' } } } } };
 * const service = { kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' } } };
 * new Inventory([service, web]).contextOf(web).services.length; // => 1
 */
export class Inventory {
  private readonly deployments: Workload[] = [];
  private readonly services: Filed<Service> = new Map();
  private readonly serviceNames = new Map<string, Set<string>>();
  private readonly budgets: Filed<DisruptionBudget> = new Map();
  private readonly autoscalers = new Map<string, Autoscaler>();
  private readonly ingresses = new Map<string, Manifest[]>();

  /** @param manifests Objects of any kind, the members of a List among them; what is of no use here is passed over. */
  constructor(manifests: Iterable<Manifest>) {
    for (const manifest of manifests) this.add(manifest);
  }

  /** Every Deployment, in the order given. */
  public get workloads(): readonly Workload[] {
    return this.deployments;
  }

  /** What stands around a workload, whether or not it is in the inventory itself. */
  public contextOf(workload: Workload): RolloutContext {
    const namespace = namespaceOf(workload);
    const labels = workload.spec?.template?.metadata?.labels ?? {};
    const services = selecting(this.services.get(namespace), labels, (service) => hasLabels(service.spec?.selector ?? {}, labels));
    return {
      workload,
      services,
      serviceNames: this.serviceNames.get(namespace),
      ingresses: this.ingressesOf(namespace, services),
      autoscaler: this.autoscalers.size === 0 ? undefined : this.autoscalers.get(`${namespace}/${workload.kind}/${workload.metadata?.name}`),
      disruptionBudgets: selecting(this.budgets.get(namespace), labels, (budget) => selects(budget.spec?.selector, labels)),
    };
  }

  private ingressesOf(namespace: string, services: readonly Service[]): readonly Manifest[] {
    if (this.ingresses.size === 0) return NOTHING;
    return [...new Set(services.flatMap((service) => this.ingresses.get(`${namespace}/${service.metadata?.name}`) ?? []))];
  }

  private addService(service: Service, namespace: string, value: string): void {
    file(this.services, namespace, value, service);
    let names = this.serviceNames.get(namespace);
    if (!names) this.serviceNames.set(namespace, names = new Set());
    names.add(service.metadata?.name ?? '');
  }

  private add(manifest: Manifest): void {
    const namespace = namespaceOf(manifest);
    if (manifest.kind === 'Deployment') {
      this.deployments.push(manifest as Workload);
    } else if (manifest.kind === 'Service') {
      const { spec } = manifest as Service;
      const selector = spec?.selector ?? {};
      // Without a selector it selects nothing: somebody else writes its endpoints. An ExternalName is an alias in the DNS.
      if (Object.keys(selector).length > 0 && spec?.type !== 'ExternalName') this.addService(manifest as Service, namespace, firstValueOf(selector));
    } else if (manifest.kind === 'PodDisruptionBudget') {
      const budget = manifest as DisruptionBudget;
      file(this.budgets, namespace, firstValueOf(budget.spec?.selector?.matchLabels ?? {}), budget);
    } else if (AUTOSCALERS.has(manifest.kind ?? '')) {
      const target = (manifest as Autoscaler).spec?.scaleTargetRef;
      if (target) this.autoscalers.set(`${namespace}/${target.kind ?? 'Deployment'}/${target.name}`, manifest as Autoscaler);
    } else if (INGRESSES.has(manifest.kind)) {
      for (const service of servicesNamedBy(manifest)) push(this.ingresses, service, manifest);
    } else if (isList(manifest)) {
      for (const member of membersOf(manifest)) this.add(member);
    }
  }
}

/** By namespace, then by the value of the first label that a selector asks for: whatever it selects has that value, too. */
type Filed<T> = Map<string, Map<string, T[]>>;

/** What a selector without labels is filed under: no label has this value. */
const ANY = '*';

function firstValueOf(selector: Readonly<Record<string, string>>): string {
  for (const key in selector) return selector[key];
  return ANY;
}

/** What is filed under one of these labels, or under none, and selects them; each once, although two labels may have one value. */
function selecting<T>(
  filed: ReadonlyMap<string, readonly T[]> | undefined, labels: Readonly<Record<string, string>>, isSelecting: (item: T) => boolean,
): readonly T[] {
  if (!filed) return NOTHING;
  const found: T[] = [];
  const take = (items: readonly T[] = NOTHING) => {
    for (const item of items) if (isSelecting(item) && !found.includes(item)) found.push(item);
  };
  take(filed.get(ANY));
  for (const key in labels) take(filed.get(labels[key]));
  return found;
}

function file<T>(index: Filed<T>, namespace: string, value: string, item: T): void {
  let here = index.get(namespace);
  if (!here) index.set(namespace, here = new Map());
  push(here, value, item);
}

function push<T>(index: Map<string, T[]>, key: string, value: T): void {
  const filed = index.get(key);
  if (filed) filed.push(value);
  else index.set(key, [value]);
}
