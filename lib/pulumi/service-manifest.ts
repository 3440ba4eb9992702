import type * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError, shown } from '../core/index';
import type { BalancerMode, Metadata, Problem, Service, Workload } from '../core/index';
import type { LoadBalancerServiceArgs } from './load-balancer-service-args';
import { plannedMetadata, selectorOf } from './plan-deployment';
import type { Told } from './plan-deployment';
import { plainName } from './plain-name';
import { Refusals } from './refusals';
import { copyOf, thenKnown, whenKnown } from './when-known';

type Labels = Readonly<Record<string, string>>;

/** A Service as its author wants it, without the plan; any value may be an Output but its name. */
export interface WantedService {
  /** All metadata. */
  readonly metadata: Metadata;
  readonly selector: pulumi.Input<object>;
  /** With the metadata that a plan looks at. */
  readonly service: Service;
}

/**
 * The Service that the arguments of a component ask for.
 *
 * @throws {PlanRefusedError} With all that is wrong in plain values at once. What the deployment was told of it is not looked at here.
 */
export function wantedService(resourceName: string, args: LoadBalancerServiceArgs, mode: BalancerMode): WantedService {
  const refusals = new Refusals();
  const name = refusals.from(() => plainName('Service', resourceName, args.metadata)) ?? resourceName;
  const { told, namespace: pods } = args.deployment;
  const namespace = refusals.from(() => namespaceOf(name, args.metadata?.namespace ?? pods, pods));
  const metadata = { ...args.metadata, name, ...namespace !== undefined && { namespace } } as Metadata;
  const selector = refusals.from(() => selectorFor(name, told, args.spec));
  const ports = args.port === undefined ? undefined : [refusals.from(() => portOf(name, args))];
  const ours = { type: 'LoadBalancer', selector, ...ports && { ports } };
  const spec = refusals.from(() => whenKnown<{ spec: Service['spec'] }, object>({ spec: args.spec ?? {} }, (known, inputs) => {
    const problems = known.spec ? [...specProblems(known.spec, mode, name), ...portProblems(args, inputs.spec)] : [];
    if (problems.length > 0) throw new PlanRefusedError(`Service/${name}`, problems);
    return { ...inputs.spec, ...ours };
  }));
  refusals.throwAny(`Service/${name}`);
  const planned = { ...plannedMetadata(name, args.metadata), namespace: told.workload.metadata?.namespace };
  return { metadata, selector, service: { apiVersion: 'v1', kind: 'Service', metadata: planned, spec: spec as Service['spec'] } };
}

/** A namespace that is known late is judged then, and the Service waits for that. */
function namespaceOf(name: string, namespace: unknown, pods: unknown): unknown {
  if (namespace === pods) return namespace;
  return whenKnown<{ here: unknown; there: unknown }, unknown>({ here: namespace, there: pods }, ({ here, there }) => {
    if (here === there) return here;
    // Without a namespace it is the provider's own, which need not be "default".
    throw new PlanRefusedError(`Service/${name}`, [{
      id: 'other-namespace', field: 'metadata.namespace', found: shown(here), remedy: 'Leave it out.',
      wanted: there === undefined ? 'absent, as its deployment has none' : `${shown(there)}, that of its pods`,
    }]);
  });
}

/** A port is said in one place. */
function portProblems(args: LoadBalancerServiceArgs, spec: Service['spec']): readonly Problem[] {
  if (args.port !== undefined) {
    return spec?.ports === undefined ? [] : [{
      id: 'contradicting-options', field: 'port', wanted: 'absent beside spec.ports', found: 'given', remedy: 'Say it in spec.ports.',
    }];
  }
  return (['targetPort', 'portName', 'protocol'] as const).filter((field) => args[field] !== undefined).map((field) => ({
    id: 'contradicting-options', field, wanted: 'absent without port', found: 'given', remedy: 'Give port, or say it in spec.ports.',
  }));
}

function specProblems(spec: NonNullable<Service['spec']>, mode: BalancerMode, name: string): readonly Problem[] {
  const problems: Problem[] = [];
  if (spec.type !== undefined && spec.type !== 'LoadBalancer') {
    problems.push({
      id: 'contradicting-options', field: 'spec.type', found: shown(spec.type), remedy: 'Leave it out.', wanted: 'absent, or \'LoadBalancer\'',
    });
  }
  if (mode === 'cluster' && spec.externalTrafficPolicy === 'Local') {
    problems.push({
      id: 'contradicting-options', field: 'spec.externalTrafficPolicy', wanted: 'absent, or \'Cluster\'', found: '\'Local\'',
      remedy: `Leave it out, or make Service/${name} a LocalLoadBalancerService.`,
    });
  }
  return problems;
}

/** What the deployment selects its pods by, or what the author says: a plain Service that moves here often has fewer labels. */
function selectorFor(name: string, told: Told, spec: LoadBalancerServiceArgs['spec']): pulumi.Input<object> {
  const said = whenKnown<{ spec: Service['spec'] }, Labels | undefined>({ spec: spec ?? {} }, (known) => copyOf(known.spec?.selector));
  return thenKnown(said, (selector) => selector === undefined ? labelsOf(told, name)
    : whenKnown<Workload, object>(told.workload, (workload) => ofThePods(name, selector, workload))) as pulumi.Input<object>;
}

/** A selector that chooses all pods of the deployment. */
function ofThePods(name: string, selector: Labels, { spec }: Workload): object {
  const labels = spec?.template?.metadata?.labels ?? {};
  const said = Object.entries(selector);
  if (said.length > 0 && said.every(([label, value]) => labels[label] === value)) return selector;
  throw new PlanRefusedError(`Service/${name}`, [{
    id: 'contradicting-options', field: 'spec.selector', found: shown(selector), remedy: 'Leave it out to get that of the deployment.',
    wanted: `absent, or of labels that the pods of the deployment have: ${shown(labels)}`,
  }]);
}

/** What the deployment selects its pods by; a Service knows labels only. */
function labelsOf(told: Told, name: string): pulumi.Input<Labels> {
  return thenKnown(selectorOf(told), ({ matchLabels = {} }) => {
    if (Object.keys(matchLabels).length > 0) return matchLabels;
    throw new PlanRefusedError(`Service/${name}`, [{
      id: 'no-labels', field: 'spec.selector.matchLabels of the deployment', found: 'none',
      wanted: 'a label at least, as a Service selects by labels alone', remedy: 'Give the deployment\'s selector a label.',
    }]);
  });
}

function portOf(name: string, { deployment, port, targetPort, portName, protocol }: LoadBalancerServiceArgs): object {
  return {
    ...portName !== undefined && { name: portName },
    port,
    ...protocol !== undefined && { protocol },
    targetPort: targetPort
      ?? whenKnown<Ported, number>({ workload: deployment.told.workload, port }, (known) => targetPortOf(name, known)),
  };
}

interface Ported {
  readonly workload: Workload;
  readonly port: number;
}

function targetPortOf(name: string, { workload, port }: Ported): number {
  const containers = workload.spec?.template?.spec?.containers ?? [];
  const ports = containers.flatMap((container) => container.ports ?? []);
  const declared = [...new Set(ports.flatMap(({ containerPort }) => containerPort ?? []))];
  if (declared.includes(port)) return port;
  if (declared.length === 1) return declared[0];
  throw new PlanRefusedError(`Service/${name}`, [{
    id: 'missing-target-port', field: 'targetPort', wanted: `given where the containers declare neither port ${port} nor exactly one port`,
    found: `not set, and they declare ${declared.length === 0 ? 'no port' : declared.join(', ')}`,
    remedy: 'Set targetPort to the port that the application listens on.',
  }]);
}
