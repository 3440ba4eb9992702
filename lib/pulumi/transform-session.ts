import type * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from '../core/index';
import type { BalancerMode, GracefulOptions, Metadata, RolloutPlan, Service, TrafficOptions, Workload } from '../core/index';
import { asMessage } from './as-message';
import { withAnnotations } from './create-service';
import type { GracefulTransformOptions } from './graceful-transform';
import { holdService } from './hold-service';
import { planDeployment, plannedMetadata } from './plan-deployment';
import type { Told } from './plan-deployment';
import { refuseOutputs } from './refuse-waiting';
import { deploymentTimeout, deploymentTimeouts, serviceTimeout, serviceTimeouts, withSaid, withTimeout } from './timeouts';
import { isPending, thenKnown, whenKnown } from './when-known';

const DEPLOYMENT = 'kubernetes:apps/v1:Deployment';
const SERVICE = 'kubernetes:core/v1:Service';

/** A resource as a transform gets it, and as it gives it back. */
interface Transformed {
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts: pulumi.CustomResourceOptions;
}
/** A resource with the name of its object, as far as that is known. */
interface Given extends Transformed {
  readonly type: string;
  readonly name: string;
  readonly object: string | undefined;
  /** Only a transformation gets it. */
  readonly resource?: pulumi.Resource;
}

interface Known {
  readonly told: Told;
  readonly plan: pulumi.Input<RolloutPlan>;
  readonly resource?: pulumi.Resource;
}

/** What one transform has met so far. */
export class TransformSession {
  private readonly deployments = new Map<string, Known>();
  /** Services that came before their Deployment, with the grace period they were written for. */
  private readonly early = new Map<string, { readonly service: string; readonly graceSeconds: number }>();

  constructor(private readonly options: GracefulTransformOptions) {}

  public handles(type: string): boolean {
    return type === DEPLOYMENT || type === SERVICE;
  }

  public transform(given: Given): Transformed | undefined {
    return asMessage(() => given.type === DEPLOYMENT ? this.deployment(given) : this.service(given));
  }

  private deployment({ name: resourceName, object, props, opts, resource }: Given): Transformed | undefined {
    const name = object ?? resourceName;
    if (this.options.except?.includes(name)) return undefined;
    const told = { name, options: this.optionsOf(name), workload: workloadOf(name, props) };
    const planned = planDeployment(told);
    const plan = thenKnown(planned, (known) => known.plan);
    this.deployments.set(name, { told, plan, resource });
    const spec = thenKnown(planned, ({ manifest, plan: { shutdown } }) => {
      this.checkEarly(name, shutdown.terminationGracePeriodSeconds.value);
      return manifest.spec;
    });
    const metadata = withTimeout(props.metadata as object, plan, deploymentTimeout);
    return { props: { ...props, ...metadata && { metadata }, spec }, opts: { ...opts, ...timeoutsOf(plan, opts, deploymentTimeouts) } };
  }

  private service({ name: resourceName, object, props, opts }: Given): Transformed | undefined {
    const way = this.wayThrough(object ?? resourceName);
    if (!way) return undefined;
    const { workload, entry } = way;
    if (object === undefined) return refuseAutoName(entry.service, workload, props.metadata);
    const { told, plan, resource } = this.deployments.get(workload) ?? this.fromWords(workload, entry.service);
    if (entry.mode === 'eni') refuseOutputs(entry.service, props.spec, resource);
    const metadata = { ...plannedMetadata(entry.service, props.metadata as object), namespace: told.workload.metadata?.namespace };
    const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: props.spec } as Service;
    const manifest = holdService({ told, plan, service, mode: entry.mode as BalancerMode });
    const given = props.metadata as pulumi.Input<Metadata>;
    const annotated = thenKnown(manifest, (held) => thenKnown(given, (known) => withAnnotations(known, held)));
    const written = { metadata: withTimeout(annotated, plan, serviceTimeout), spec: thenKnown(manifest, ({ spec }) => spec) };
    return { props: { ...props, ...written }, opts: { ...opts, ...timeoutsOf(plan, opts, serviceTimeouts) } };
  }

  private optionsOf(name: string): GracefulOptions {
    const { perWorkload, except, ...common } = this.options;
    return { ...common, ...perWorkload?.[name] };
  }

  /** The Deployment that a Service was told to lead to, if it leads through a load balancer. */
  private wayThrough(service: string): { readonly workload: string; readonly entry: TrafficOptions } | undefined {
    for (const [workload, { traffic = [] }] of Object.entries(this.options.perWorkload ?? {})) {
      const entry = traffic.find((one) => one.service === service);
      if (entry && entry.mode !== 'in-cluster' && entry.mode !== 'ingress') return { workload, entry };
    }
    return undefined;
  }

  /** A plan for a Deployment that has not come yet: its containers are those that the options name, each with a port. */
  private fromWords(name: string, service: string): Known {
    const options = this.optionsOf(name);
    const names = Object.keys(options.containers ?? {});
    const containers = (names.length > 0 ? names : ['main']).map((one) => ({ name: one, ports: [{ containerPort: 1 }] }));
    const told = { name, options, workload: workloadOf(name, { spec: { template: { spec: { containers } } } }) };
    const plan = thenKnown(planDeployment(told), (known) => known.plan) as RolloutPlan;
    this.early.set(name, { service, graceSeconds: plan.shutdown.terminationGracePeriodSeconds.value });
    return { told, plan };
  }

  private checkEarly(name: string, graceSeconds: number): void {
    const early = this.early.get(name);
    if (!early || graceSeconds <= early.graceSeconds) return;
    throw new PlanRefusedError(`Deployment/${name}`, [{
      id: 'service-came-first', field: 'terminationGracePeriodSeconds', found: `not said, and the pods need ${graceSeconds} s`,
      wanted: `said, as Service/${early.service} is registered first and was written for ${early.graceSeconds} s`,
      remedy: `Add terminationGracePeriodSeconds: ${graceSeconds} to perWorkload['${name}'].`,
    }]);
  }
}

/** The provider would make up a name that no readiness gate knows. A name that is an Output may be the right one. */
function refuseAutoName(service: string, workload: string, metadata: unknown): undefined {
  if (isPending(metadata) || isPending((metadata as { readonly name?: unknown } | undefined)?.name)) return;
  throw new PlanRefusedError(`Service/${service}`, [{
    id: 'no-plain-name', field: 'metadata.name', found: 'not set', remedy: 'Give metadata.name.',
    wanted: `'${service}', as the pods of Deployment/${workload} are planned for a Service of this name`,
  }]);
}

function timeoutsOf(
  plan: pulumi.Input<RolloutPlan>, opts: pulumi.CustomResourceOptions, timeouts: typeof deploymentTimeouts,
): pulumi.CustomResourceOptions {
  const needed = isPending(plan) ? undefined : timeouts(plan as RolloutPlan);
  return needed ? { customTimeouts: withSaid(needed, opts.customTimeouts) } : {};
}

function workloadOf(name: string, { metadata, spec }: Readonly<Record<string, unknown>>): Workload {
  const annotations = isPending(metadata)
    ? whenKnown<{ metadata: Metadata }, unknown>({ metadata }, (known) => ({ ...known.metadata?.annotations }))
    : undefined;
  const planned = annotations ? { name, annotations } : plannedMetadata(name, metadata as object | undefined);
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: planned, spec } as Workload;
}
