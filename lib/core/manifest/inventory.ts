import { namespaceOf } from './namespace-of';
import { hasLabels, selects } from './selector';
import { servicesNamedBy } from './services-named-by';
import type { Autoscaler, DisruptionBudget, Manifest, Service, Workload } from './types';

/** What stands around a workload and decides with it how a rollout goes. */
export interface RolloutContext {
  readonly workload: Workload;
  /** Services that select its pods. */
  readonly services: readonly Service[];
  /** Ingresses that name one of these Services. */
  readonly ingresses: readonly Manifest[];
  /** What sets its number of replicas. @default - nothing does */
  readonly autoscaler?: Autoscaler;
  /** Budgets that select its pods. */
  readonly disruptionBudgets: readonly DisruptionBudget[];
}

const NOTHING: readonly never[] = [];
const AUTOSCALERS = new Set(['HorizontalPodAutoscaler', 'ScaledObject']);

/**
 * Which Service, autoscaler, ingress and disruption budget belongs to which workload, over any manifests, in any order. Built
 * once; each question costs as much as the answer is long, not as the inventory is large.
 *
 * @example
 * const web = { kind: 'Deployment', metadata: { name: 'web' }, spec: { template: { metadata: { labels: { app: 'web' } } } } };
 * const service = { kind: 'Service', metadata: { name: 'web' }, spec: { selector: { app: 'web' } } };
 * new Inventory([service, web]).contextOf(web).services.length; // => 1
 */
export class Inventory {
  /** Every Deployment, in the order given. */
  public readonly workloads: readonly Workload[];
  private readonly services = new Map<string, Service[]>();
  private readonly budgets = new Map<string, DisruptionBudget[]>();
  private readonly autoscalers = new Map<string, Autoscaler>();
  private readonly ingresses = new Map<string, Manifest[]>();
  private byLabel?: ReadonlyMap<string, readonly Workload[]>;

  /** @param manifests Objects of any kind; what is of no use here is passed over. */
  constructor(manifests: readonly Manifest[]) {
    this.workloads = manifests.filter((manifest) => manifest.kind === 'Deployment') as Workload[];
    for (const manifest of manifests) this.add(manifest);
  }

  /** What stands around a workload, whether or not it is in the inventory itself. */
  public contextOf(workload: Workload): RolloutContext {
    const namespace = namespaceOf(workload);
    const labels = workload.spec?.template?.metadata?.labels ?? {};
    const services = candidates(this.services, namespace, labels).filter((service) => hasLabels(service.spec?.selector ?? {}, labels));
    const ingresses = services.flatMap((service): readonly Manifest[] => this.ingresses.get(`${namespace}/${service.metadata?.name}`) ?? NOTHING);
    return {
      workload,
      services,
      ingresses: [...new Set(ingresses)],
      autoscaler: this.autoscalers.get(`${namespace}/${workload.kind}/${workload.metadata?.name}`),
      disruptionBudgets: candidates(this.budgets, namespace, labels).filter((budget) => selects(budget.spec?.selector, labels)),
    };
  }

  /** The workloads whose pods a Service selects: none means that it selects nothing here. */
  public workloadsOf(service: Service): readonly Workload[] {
    const selector = service.spec?.selector ?? {};
    const filed = this.workloadsByLabel().get(keyOf(namespaceOf(service), selector)) ?? NOTHING;
    return filed.filter((workload) => hasLabels(selector, workload.spec?.template?.metadata?.labels ?? {}));
  }

  private workloadsByLabel(): ReadonlyMap<string, readonly Workload[]> {
    if (this.byLabel) return this.byLabel;
    const index = new Map<string, Workload[]>();
    for (const workload of this.workloads) {
      const labels = workload.spec?.template?.metadata?.labels ?? {};
      for (const key in labels) push(index, `${namespaceOf(workload)}/${key}=${labels[key]}`, workload);
    }
    return this.byLabel = index;
  }

  private add(manifest: Manifest): void {
    const namespace = namespaceOf(manifest);
    if (manifest.kind === 'Service') {
      const { spec } = manifest as Service;
      const selector = spec?.selector ?? {};
      // Without a selector it selects nothing: somebody else writes its endpoints. An ExternalName is an alias in the DNS.
      if (Object.keys(selector).length > 0 && spec?.type !== 'ExternalName') push(this.services, keyOf(namespace, selector), manifest as Service);
    } else if (manifest.kind === 'PodDisruptionBudget') {
      push(this.budgets, keyOf(namespace, (manifest as DisruptionBudget).spec?.selector?.matchLabels ?? {}), manifest as DisruptionBudget);
    } else if (AUTOSCALERS.has(manifest.kind ?? '')) {
      const target = (manifest as Autoscaler).spec?.scaleTargetRef;
      if (target) this.autoscalers.set(`${namespace}/${target.kind ?? 'Deployment'}/${target.name}`, manifest as Autoscaler);
    } else if (manifest.kind === 'Ingress') {
      for (const name of servicesNamedBy(manifest)) push(this.ingresses, `${namespace}/${name}`, manifest);
    }
  }
}

/** A selector is filed under its first label: whatever it selects has that label, too. */
function keyOf(namespace: string, selector: Readonly<Record<string, string>>): string {
  for (const key in selector) return `${namespace}/${key}=${selector[key]}`;
  return `${namespace}/`;
}

function candidates<T>(
  index: ReadonlyMap<string, readonly T[]>, namespace: string, labels: Readonly<Record<string, string>>,
): readonly T[] {
  const found: T[] = [...index.get(`${namespace}/`) ?? NOTHING];
  for (const key in labels) {
    const filed = index.get(`${namespace}/${key}=${labels[key]}`);
    if (filed) found.push(...filed);
  }
  return found;
}

function push<T>(index: Map<string, T[]>, key: string, value: T): void {
  const filed = index.get(key);
  if (filed) filed.push(value);
  else index.set(key, [value]);
}
