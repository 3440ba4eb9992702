import * as pulumi from '@pulumi/pulumi';
import { explain, PlanRefusedError } from '../core/index';
import type { BalancerMode, GracefulOptions, Metadata, RolloutPlan, Service, Workload } from '../core/index';
import { asMessage, inOtherWords } from './as-message';
import { withAnnotations } from './create-service';
import { exceptIt, holdToEarly, refuseLeft, tellOfEarlyOthers } from './early-service';
import type { EarlyService, LeftService } from './early-service';
import { isExcepted, tellOfUnknownNamespace } from './excepted';
import { deploymentSpec, plannedAnnotations, serviceSpec } from './field-by-field';
import type { GracefulTransformOptions } from './graceful-transform';
import { holdAsOne, holdTogether } from './hold-together';
import { Met } from './met';
import type { Where } from './met';
import type { ObjectName } from './object-name';
import { surelyOfOthers } from './other-pods';
import { areTogether, placeOf } from './place';
import type { Place } from './place';
import { planDeployment, plannedMetadata } from './plan-deployment';
import type { PlannedDeployment, Told } from './plan-deployment';
import { refusePlainDeploymentToWait, refusePlainServiceToWait } from './refuse-waiting';
import { tellOfLeft, tellOfOtherProvider } from './tell-of-elsewhere';
import { deploymentTimeout, deploymentTimeouts, serviceTimeout, serviceTimeouts, timeoutsInTime, withSaid, withTimeout } from './timeouts';
import { targetsOf, toldInWords } from './told-in-words';
import { isAwaited } from './waiting';
import type { PlainResource, Waiting } from './waiting';
import { isBalanced, refuseOtherEntries, waysThrough } from './ways-through';
import type { Way } from './ways-through';
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
  readonly planned: pulumi.Input<PlannedDeployment>;
  /** Undefined where it has not come yet. */
  readonly resource?: PlainResource;
  readonly place?: Place;
}

/** A Service that leads to a Deployment, and for which the provider waits. */
interface Led extends PlainResource {
  readonly workload: string;
  readonly namespace: string | undefined;
}

/** What one transform has met so far. */
export class TransformSession {
  private readonly deployments = new Met<Known>();
  private readonly early = new Met<EarlyService>();
  private readonly left: LeftService[] = [];
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
    if (isExcepted(this.options.except, name, namespace)) return undefined;
    tellOfUnknownNamespace(this.options.except, name, namespace);
    refusePlainDeploymentToWait({ name, waiting, props }, this.led.filter((led) => led.workload === name && led.namespace === namespace));
    const told = { name, options: this.optionsOf(name), workload: workloadOf(name, props) };
    const planned = planDeployment(told);
    const plan = thenKnown(planned, (known) => known.plan);
    const { provider } = waiting;
    const place = placeOf(props.metadata, namespace, provider);
    const where = { namespace, provider };
    refuseLeft(name, this.left.filter((one) => one.workload === name && areTogether(one.place, place)));
    this.deployments.note(name, where, { told, planned, place, resource: { type, name: resourceName, resource, provider } });
    const early = this.early.findAll(name, where);
    tellOfEarlyOthers(told, this.early.findAnywhere(name).filter((one) => !early.includes(one) && !this.isMet(name, one.place)), place);
    const spec = thenKnown(planned, ({ manifest, plan: known }) =>
      thenKnown(holdToEarly(told, early, place, known), () => manifest.spec!) as object);
    this.options.onPlan?.({
      name, namespace, plan: pulumi.output(plan) as pulumi.Output<RolloutPlan>, explanation: pulumi.output(thenKnown(plan, explain)),
    });
    const metadata = withTimeout(props.metadata as object, planned, deploymentTimeout);
    const timeouts = timeoutsOf(planned, props.metadata, opts, deploymentTimeouts);
    // Nothing keeps a selector here that a preview does not know: alone it would be a change of it, within the whole spec it is none yet.
    const written = { ...metadata && { metadata }, spec: isPending(props.spec) ? spec : deploymentSpec(name, props.spec, spec) };
    return { props: { ...props, ...written }, opts: { ...opts, ...timeouts } };
  }

  private service(given: Given): Transformed | undefined {
    const { name: resourceName, object, namespace, props, opts, waiting } = given;
    const name = object ?? resourceName;
    const where = { namespace, provider: waiting.provider };
    const place = placeOf(props.metadata, namespace, waiting.provider);
    const metadata = plannedMetadata(name, props.metadata as object);
    const service = { apiVersion: 'v1', kind: 'Service', metadata, spec: props.spec } as Service;
    const ways = this.waysOf(service, where, place);
    if (ways.length === 0) return undefined;
    if (object === undefined) return refuseAutoName(name, ways[0].workload, props.metadata);
    refuseOtherEntries(name, ways);
    for (const { workload } of ways) tellOfUnknownNamespace(this.options.except, workload, namespace, `Service/${name} is written`);
    const mode = ways[0].entry.mode as BalancerMode;
    const behind = ways.map(({ workload }) => this.behind(service, workload, where, place, mode));
    this.keepFromWaiting(given, ways, behind);
    const manifest = holdForEach(service, behind, place, mode);
    const whole = props.metadata as pulumi.Input<Metadata>;
    const annotated = thenKnown(manifest, (held) => thenKnown(whole, (known) => withAnnotations(known, held)));
    const [{ planned }] = behind;
    const written = {
      metadata: withTimeout(plannedAnnotations(whole, annotated), planned, serviceTimeout),
      spec: serviceSpec(props.spec, thenKnown(manifest, ({ spec }) => spec!)),
    };
    return { props: { ...props, ...written }, opts: { ...opts, ...timeoutsOf(planned, props.metadata, opts, serviceTimeouts) } };
  }

  /** The Deployments that a Service may lead to: where any of them is in its namespace for sure, those alone. */
  private waysOf(service: Service, where: Where, place: Place): readonly Way[] {
    const { perWorkload, except } = this.options;
    const ways = waysThrough(service.metadata!.name!, perWorkload).filter(({ workload }) => !isExcepted(except, workload, where.namespace));
    const sure = ways.filter(({ workload }) => this.isMet(workload, place));
    if (sure.length > 0) return sure;
    const maybe = ways.filter(({ workload }) => !this.isOfOthers(service, workload, where));
    for (const { workload } of maybe.length === 0 ? ways : []) {
      this.left.push({ workload, service: service.metadata!.name!, place });
      tellOfLeft(service, workload, place, this.deployments.findAnywhere(workload).at(-1)!);
    }
    return maybe;
  }

  /** Was a Deployment met in this very place? */
  private isMet(workload: string, place: Place): boolean {
    return this.deployments.findAnywhere(workload).some((met) => met.place && areTogether(met.place, place));
  }

  /** A Service of the name that traffic says, of somebody else: every Deployment of the other name is elsewhere, and has other pods. */
  private isOfOthers(service: Service, workload: string, where: Where): boolean {
    const elsewhere = this.deployments.find(workload, where) ? [] : this.deployments.findAnywhere(workload);
    return elsewhere.length > 0 && elsewhere.every(({ told }) => surelyOfOthers(told, service));
  }

  /** Keeps a Service from waiting for the Deployments behind it, and notes it for those to come. */
  private keepFromWaiting(given: Given, ways: readonly Way[], behind: readonly Known[]): void {
    const { type, name, resource, namespace, props, waiting } = given;
    const itself = { type, name, resource, provider: waiting.provider };
    for (const [index, { workload, entry }] of ways.entries()) {
      const { told, resource: deployment } = behind[index];
      if (isAwaited(props.metadata)) this.led.push({ ...itself, workload, namespace });
      if (entry.mode === 'eni' && entry.readinessGate !== false && deployment && isAwaited(told.workload.metadata)) {
        refusePlainServiceToWait({ name: entry.service, waiting, props }, deployment);
      }
    }
  }

  /** What is known of a Deployment behind a Service. */
  private behind(service: Service, workload: string, where: Where, place: Place, mode: BalancerMode): Known {
    const met = this.deployments.find(workload, where);
    if (!met) {
      tellOfOtherProvider(service, workload, place, this.deployments.findAnywhere(workload));
      return this.fromWords(workload, where, { service, place, mode });
    }
    if (met.others > 0) {
      void pulumi.log.warn(`Service/${service.metadata?.name} is written for one of ${met.others + 1} Deployments that are named '${workload}', `
        + 'the last one met: a namespace is not known here. Give metadata.namespace of each as a plain string.');
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

  /** A plan for a Deployment that has not come yet. */
  private fromWords(name: string, where: Where, early: Omit<EarlyService, 'graceSeconds'>): Known {
    const options = this.optionsOf(name);
    const planned = planDeployment(toldInWords(name, options)) as PlannedDeployment;
    this.early.note(name, where, { ...early, graceSeconds: planned.plan.shutdown.terminationGracePeriodSeconds.value });
    return { told: toldInWords(name, options, targetsOf(early.service.spec)), planned };
  }
}

/** A Service, written for one of the Deployments behind it after the other: none lowers what another needs. */
function holdForEach(service: Service, behind: readonly Known[], here: Place, mode: BalancerMode): pulumi.Input<Service> {
  return behind.reduce<pulumi.Input<Service>>((held, { told, planned, place }) => thenKnown(held, (one) => {
    const request = { told, plan: thenKnown(planned, ({ plan }) => plan), service: one, mode };
    if (place && areTogether(place, here)) return holdTogether(request) as Service;
    return inOtherWords((refusal) => orExcept(refusal, told.name, here), () => asMessage(() => holdAsOne(request))) as Service;
  }), service);
}

/** A Service that may be somebody else's cannot be changed. */
function orExcept({ workload, problems }: PlanRefusedError, deployment: string, place: Place): PlanRefusedError {
  return new PlanRefusedError(workload, problems.map((problem) => ({ ...problem, remedy: `${problem.remedy} ${exceptIt(deployment, place)}` })));
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
  planned: pulumi.Input<PlannedDeployment>, metadata: unknown, opts: pulumi.CustomResourceOptions, timeouts: typeof deploymentTimeouts,
): pulumi.CustomResourceOptions {
  const needed = timeoutsInTime(planned, metadata, timeouts);
  return needed ? { customTimeouts: withSaid(needed, opts.customTimeouts) } : {};
}

function workloadOf(name: string, { metadata, spec }: Readonly<Record<string, unknown>>): Workload {
  const annotations = isPending(metadata)
    ? whenKnown<{ metadata: Metadata }, unknown>({ metadata }, (known) => ({ ...known.metadata?.annotations }))
    : undefined;
  const planned = annotations ? { name, annotations } : plannedMetadata(name, metadata as object | undefined);
  return { apiVersion: 'apps/v1', kind: 'Deployment', metadata: planned, spec } as Workload;
}
