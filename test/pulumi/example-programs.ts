import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import * as cdk8s from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';
import type { Construct } from 'constructs';
import * as core from 'kube-graceful';
import type { GracefulOptions, Manifest, Service } from 'kube-graceful';
import * as ours from 'kube-graceful/cdk8s';
import * as components from 'kube-graceful/pulumi';
import { parseAllDocuments } from 'yaml';
import { servicePropsOf, targetPortOf } from '../../lib/cdk8s/service-props';
import * as planModule from '../../lib/core/plan/plan-rollout';
import { runExample } from '../support/run-example';
import { byPulumi, Objects } from './parity';
import { run } from './registrations';

const folder = join(__dirname, '..', '..', 'examples');

/** Names of all examples. */
export const examples = readdirSync(folder);

/** What the programs import. */
const imported = {
  '@pulumi/kubernetes': k8s, '@pulumi/pulumi': pulumi, cdk8s, 'cdk8s-plus-28': kplus, 'cdk8s-plus-33': kplus33,
  'kube-graceful': core, 'kube-graceful/cdk8s': ours, 'kube-graceful/cdk8s/mixin': ours, 'kube-graceful/pulumi': components,
};

/** What a program of an example came to. */
export interface Came {
  readonly objects: Objects;
  /** What its layer told the core of each workload, by `metadata.name`. */
  readonly options: ReadonlyMap<string, GracefulOptions>;
}

/** The typed Services without our layer. */
class PlainService extends kplus.Service {
  constructor(scope: Construct, id: string, props: ours.LoadBalancerServiceProps) {
    super(scope, id, servicePropsOf({ ...props, targetPort: props.targetPort ?? targetPortOf(props.deployment, props.port) }));
  }
}

/** `kube-graceful/cdk8s` without what it does: the classes below ours, and a mixin that touches nothing. No other class is there. */
const plainLayer = {
  GracefulDeployment: kplus.Deployment,
  ClusterLoadBalancerService: PlainService,
  LocalLoadBalancerService: PlainService,
  EniLoadBalancerService: PlainService,
  LongConnectionService: PlainService,
  GracefulRollouts: class {
    public supports = () => false;
    public applyTo = () => undefined;
  },
  OnSigterm: ours.OnSigterm,
  compareModesOf: ours.compareModesOf,
  explain: ours.explain,
};

/** What cdk8s-plus renders for the `main.ts` of an example before any plan: where all three begin. */
export function plainObjects(name: string): Objects {
  return synthesized(name, plainLayer);
}

/** Runs the `main.ts` of an example. */
export function runCdk8s(name: string): Came {
  const planned = jest.spyOn(planModule, 'planRollout');
  const objects = synthesized(name, ours);
  return { objects, options: optionsOf(planned) };
}

/**
 * Runs the `pulumi.ts` of an example.
 *
 * @param plain Each spec is that of the plain object; all else is the program's own. @default - the program as it is written
 */
export async function runPulumi(name: string, plain?: Objects): Promise<Came> {
  putInPlace({ ...imported, ...plain && beginningWith(plain) });
  const planned = jest.spyOn(planModule, 'planRollout');
  const { registrations } = await run(() => jest.isolateModules(() => jest.requireActual(join(folder, name, 'pulumi.ts'))));
  return { objects: byPulumi(registrations), options: optionsOf(planned) };
}

/** The plain object that a Pulumi program means by a name: cdk8s puts the chart before it and, to some, the kind behind it. */
export function plainOf(plain: Objects, kind: string, name: string): Manifest {
  const meant = plain.filter((one) => one.kind === kind && new RegExp(`(^|-)${name}(-service)?$`).test(one.metadata?.name ?? ''));
  expect(meant).toHaveLength(1);
  return meant[0];
}

function synthesized(name: string, layer: object): Objects {
  putInPlace({ ...imported, 'kube-graceful/cdk8s': layer, 'kube-graceful/cdk8s/mixin': layer });
  return parseAllDocuments(runExample(join(folder, name)).yaml).map((document) => document.toJS() as Manifest);
}

/** Each run loads its program anew, and only that: what it imports is loaded already, so it can be spied on, and takes no time. */
function putInPlace(modules: Readonly<Record<string, object>>): void {
  for (const [name, module] of Object.entries(modules)) jest.doMock(name, () => module);
}

/** The first is what the layer was told; later ones are of a part, such as a Service alone. */
function optionsOf(planned: jest.SpiedFunction<typeof planModule.planRollout>): Came['options'] {
  const calls = planned.mock.calls.map(([options, { workload }]) => [workload.metadata?.name ?? '', options] as const);
  planned.mockRestore();
  return new Map([...calls].reverse());
}

type Args = Readonly<Record<string, unknown>> & { readonly metadata?: { readonly name?: string } };

/** What a Pulumi program imports, with the spec that it gives replaced; no kind is there that would keep its own. */
function beginningWith(plain: Objects): Readonly<Record<string, object>> {
  const begin = <T extends object>(Class: T, kind: string, specOf = ({ spec }: Service): unknown => spec) => new Proxy(Class, {
    construct(target, [name, args, opts]: [string, Args, unknown], newTarget) {
      const { containers, replicas, port, targetPort, portName, protocol, ...own } = args;
      const spec = specOf(plainOf(plain, kind, own.metadata?.name ?? name));
      return Reflect.construct(target as never, [name, { ...own, spec }, opts], newTarget) as object;
    },
  });
  // A component has that of its deployment, and refuses another.
  const withoutSelector = ({ spec: { selector, ...spec } = {} }: Service) => spec;
  const services = Object.entries(components).filter(([name]) => name.endsWith('Service'));
  return {
    'kube-graceful/pulumi': {
      ...Object.fromEntries(services.map(([name, Class]) => [name, begin(Class, 'Service', withoutSelector)])),
      GracefulDeployment: begin(components.GracefulDeployment, 'Deployment'),
      gracefulTransform: components.gracefulTransform,
    },
    '@pulumi/kubernetes': {
      apps: { v1: { Deployment: begin(k8s.apps.v1.Deployment, 'Deployment') } }, core: { v1: { Service: begin(k8s.core.v1.Service, 'Service') } },
    },
  };
}
