import * as pulumi from '@pulumi/pulumi';
import { explain, PlanRefusedError } from '../core/index';
import type { BalancerMode, GracefulOptions, Metadata, RolloutPlan, Service, TrafficOptions, Workload } from '../core/index';
import { asMessage } from './as-message';
import { withAnnotations } from './create-service';
import { deploymentSpec, plannedAnnotations, serviceSpec } from './field-by-field';
import type { GracefulTransformOptions } from './graceful-transform';
import { holdService } from './hold-service';
import { Met } from './met';
import type { ObjectName } from './object-name';
import { planDeployment, plannedMetadata } from './plan-deployment';
import type { Told } from './plan-deployment';
import { refusePlainDeploymentToWait, refusePlainServiceToWait } from './refuse-waiting';
import { deploymentTimeout, deploymentTimeouts, serviceTimeout, serviceTimeouts, timeoutsInTime, withSaid, withTimeout } from './timeouts';
import { isAwaited } from './waiting';
import type { PlainResource, Waiting } from './waiting';
import { isPending, thenKnown, whenKnown } from './when-known';

const DEPLOYMENT = 'kubernetes:apps/v1:Deployment';
const SERVICE = 'kubernetes:core/v1:Service';

/** A resource as a transform gets it, and as it gives it back. */
interface Transformed {
  readonly props: Readonly<Record<string, unknown>>;
  readonly opts: pulumi.CustomResourceOptions;
}
/** A resource with the name of its object, as far as that is known. */
interface Given extends Transformed, ObjectName {
  readonly type: string;
  readonly name: string;
  readonly waiting: Waiting;
  /** Only a transformation gets it. */
  readonly resource?: pulumi.Resource;
}

interface Known {
  readonly told: Told;
  readonly plan: pulumi.Input<RolloutPlan>;
  /** Undefined where it has not come yet. */
  readonly resource?: PlainResource;
}

/** A Service that leads to a Deployment, and for which the provider waits. */
interface Led extends PlainResource {
  readonly workload: string;
  readonly namespace: string | undefined;
}

/** A Service that came before its Deployment, with the grace period it was written for. */
interface Early {
  readonly service: string;
  readonly graceSeconds: number;
}

/** What one transform has met so far. */
export class TransformSession {
  private readonly deployments = new Met<Known>();
  private readonly early = new Met<Early>();
  private readonly led: Led[] = [];

  constructor(private readonly options: GracefulTransformOptions) {}

  public handles(type: string): boolean {
    return type === DEPLOYMENT || type === SERVICE;
  }

  public transform(given: Given): Transformed | undefined {
    this.tellOfLateName(given);
    return asMessage(() => given.type === DEPLOYMENT ? this.deployment(given) : this.service(given));
  }

  private deployment(given: Given): Transformed | undefined {
    const { type, name: resourceName, object, namespace, props, opts, waiting, resource } = given;
    const name = object ?? resourceName;
    if (this.options.except?.includes(name)) return undefined;
    refusePlainDeploymentToWait({ name, waiting, props }, this.led.filter((led) => led.workload === name && led.namespace === namespace));
    const told = { name, options: this.optionsOf(name), workload: workloadOf(name, props) };
    const planned = planDeployment(told);
    const plan = thenKnown(planned, (known) => known.plan);
    this.deployments.note(name, namespace, { told, plan, resource: { type, name: resourceName, resource, provider: waiting.provider } });
    const early = this.early.find(name, namespace)?.value;
    const spec = thenKnown(planned, ({ manifest, plan: { shutdown } }) => {
      checkEarly(name, early, shutdown.terminationGracePeriodSeconds.value);
      return manifest.spec!;
    });
    this.options.onPlan?.({
      name, namespace, plan: pulumi.output(plan) as pulumi.Output<RolloutPlan>, explanation: pulumi.output(thenKnown(plan, explain)),
    });
    const metadata = withTimeout(props.metadata as object, plan, deploymentTimeout);
    const timeouts = timeoutsOf(plan, props.metadata, opts, deploymentTimeouts);
    // Nothing keeps a selector here that a preview does not know: alone it would be a change of it, within the whole spec it is none yet.
    const written = { ...metadata && { metadata }, spec: isPending(props.spec) ? spec : deploymentSpec(name, props.spec, spec) };
    return { props: { ...props, ...written }, opts: { ...opts, ...timeouts } };
  }

  private service(given: Given): Transformed | undefined {
    const { type, name: resourceName, object, namespace, props, opts, waiting } = given;
    const way = this.wayThrough(object ?? resourceName);
    if (!way) return undefined;
    const { workload, entry } = way;
    if (object === undefined) return refuseAutoName(entry.service, workload, props.metadata);
    const { told, plan, resource } = this.behind(entry.service, workload, namespace);
    const itself = { type, name: resourceName, resource: given.resource, provider: waiting.provider };
    if (isAwaited(props.metadata)) this.led.push({ ...itself, workload, namespace });
    if (entry.mode === 'eni' && entry.readinessGate !== false && resource && isAwaited(told.workload.metadata)) {
      refusePlainServiceToWait({ name: entry.service, waiting, props }, resource);
    }
    const metadata = { ...plannedMetadata(entry.service, props.metadata as object), namespace: told.workload.metadata?.namespace };
    const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: props.spec } as Service;
    const manifest = holdService({ told, plan, service, mode: entry.mode as BalancerMode });
    const whole = props.metadata as pulumi.Input<Metadata>;
    const annotated = thenKnown(manifest, (held) => thenKnown(whole, (known) => withAnnotations(known, held)));
    const written = {
      metadata: withTimeout(plannedAnnotations(whole, annotated), plan, serviceTimeout),
      spec: serviceSpec(props.spec, thenKnown(manifest, ({ spec }) => spec!)),
    };
    return { props: { ...props, ...written }, opts: { ...opts, ...timeoutsOf(plan, props.metadata, opts, serviceTimeouts) } };
  }

  /** What is known of the Deployment behind a Service. */
  private behind(service: string, workload: string, namespace: string | undefined): Known {
    const met = this.deployments.find(workload, namespace);
    if (!met) return this.fromWords(workload, namespace, service);
    if (met.others > 0) {
      void pulumi.log.warn(`Service/${service} is written for one of ${met.others + 1} Deployments that are named '${workload}', the last one met: `
        + 'a namespace is not known here. Give metadata.namespace of each as a plain string.');
    }
    return met.value;
  }

  /** Only a transformation has the resource, and it cannot wait for a name; what it then leaves out must not be silent. */
  private tellOfLateName({ type, name, late, resource }: Given): void {
    const { perWorkload = {}, except = [] } = this.options;
    const way = 'Use `transforms`, or give metadata.name as a plain string.';
    const told = [...Object.keys(perWorkload), ...except];
    if (!resource || !late) return;
    if (type === DEPLOYMENT && told.length > 0 && !told.includes(name)) {
      void pulumi.log.warn(`Deployment/${name} is looked up in perWorkload and except by the name of its resource: `
        + `\`transformations\` cannot wait for its metadata.name, an Output. ${way}`);
    } else if (type === SERVICE && Object.values(perWorkload).some(({ traffic = [] }) => traffic.some(isBalanced))) {
      void pulumi.log.warn(`Service/${name} is left as it is, even if traffic names it: `
        + `\`transformations\` cannot wait for its metadata.name, an Output. ${way}`);
    }
  }

  private optionsOf(name: string): GracefulOptions {
    const { perWorkload, except, onPlan, ...common } = this.options;
    return { ...common, ...perWorkload?.[name] };
  }

  /** The Deployment that a Service was told to lead to, if it leads through a load balancer. */
  private wayThrough(service: string): { readonly workload: string; readonly entry: TrafficOptions } | undefined {
    for (const [workload, { traffic = [] }] of Object.entries(this.options.perWorkload ?? {})) {
      const entry = traffic.find((one) => one.service === service);
      if (entry && isBalanced(entry)) return { workload, entry };
    }
    return undefined;
  }

  /** A plan for a Deployment that has not come yet: its containers are those that the options name, each with a port. */
  private fromWords(name: string, namespace: string | undefined, service: string): Known {
    const options = this.optionsOf(name);
    const names = Object.keys(options.containers ?? {});
    const containers = (names.length > 0 ? names : ['main']).map((one) => ({ name: one, ports: [{ containerPort: 1 }] }));
    const told = { name, options, workload: workloadOf(name, { spec: { template: { spec: { containers } } } }) };
    const plan = thenKnown(planDeployment(told), (known) => known.plan) as RolloutPlan;
    this.early.note(name, namespace, { service, graceSeconds: plan.shutdown.terminationGracePeriodSeconds.value });
    return { told, plan };
  }
}

function checkEarly(name: string, early: Early | undefined, graceSeconds: number): void {
  if (!early || graceSeconds <= early.graceSeconds) return;
  throw new PlanRefusedError(`Deployment/${name}`, [{
    id: 'service-came-first', field: 'terminationGracePeriodSeconds', found: `not said, and the pods need ${graceSeconds} s`,
    wanted: `said, as Service/${early.service} is registered first and was written for ${early.graceSeconds} s`,
    remedy: `Add terminationGracePeriodSeconds: ${graceSeconds} to perWorkload['${name}'].`,
  }]);
}

/** Does it lead through a load balancer whose Service is written? */
function isBalanced({ mode }: TrafficOptions): boolean {
  return mode !== 'in-cluster' && mode !== 'ingress';
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
  plan: pulumi.Input<RolloutPlan>, metadata: unknown, opts: pulumi.CustomResourceOptions, timeouts: typeof deploymentTimeouts,
): pulumi.CustomResourceOptions {
  const needed = timeoutsInTime(plan, metadata, timeouts);
  return needed ? { customTimeouts: withSaid(needed, opts.customTimeouts) } : {};
}

function workloadOf(name: string, { metadata, spec }: Readonly<Record<string, unknown>>): Workload {
  const annotations = isPending(metadata)
    ? whenKnown<{ metadata: Metadata }, unknown>({ metadata }, (known) => ({ ...known.metadata?.annotations }))
    : undefined;
  const planned = annotations ? { name, annotations } : plannedMetadata(name, metadata as object | undefined);
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: planned, spec } as Workload;
}
