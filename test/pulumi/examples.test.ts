import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GracefulOptions, Manifest, Service, Workload } from 'kube-graceful';
import { parseAllDocuments } from 'yaml';
import * as toldModule from '../../lib/pulumi/told-of';
import { TransformSession } from '../../lib/pulumi/transform-session';
import { expectedYaml } from '../support/run-example';
import { byTheCore, comparable } from './parity';
import { run } from './registrations';

jest.setTimeout(20_000);

const folder = join(__dirname, '..', '..', 'examples');
const examples = readdirSync(folder);

/**
 * What cdk8s-plus writes into every manifest by itself and Pulumi does not: the author of a Pulumi program, not the toolkit, decides
 * about it. No plan looks at any of it, and a value that is not one of these is compared.
 */
const writtenByCdk8sPlus: Readonly<Record<string, readonly unknown[]>> = {
  // Kubernetes' own defaults, spelled out.
  minReadySeconds: [0],
  progressDeadlineSeconds: [600],
  revisionHistoryLimit: [10],
  type: ['RollingUpdate'],
  dnsPolicy: ['ClusterFirst'],
  hostNetwork: [false],
  restartPolicy: ['Always'],
  setHostnameAsFQDN: [false],
  shareProcessNamespace: [false],
  fsGroupChangePolicy: ['Always'],
  privileged: [false],
  failureThreshold: [3],
  scheme: ['HTTP'],
  // Its choices for pods that are safer: no token, no root, no privileges, no writing; false is Kubernetes' default.
  automountServiceAccountToken: [false],
  allowPrivilegeEscalation: [false],
  runAsNonRoot: [true],
  readOnlyRootFilesystem: [true, false],
  // Kubernetes pulls an image with a tag only where it is missing, unless told so.
  imagePullPolicy: ['Always', 'IfNotPresent'],
};

/** What is left of a manifest without these, and without what is empty then. */
const withoutThese = (manifest: unknown): unknown => JSON.parse(JSON.stringify(manifest), (key, value: unknown) => {
  if (writtenByCdk8sPlus[key]?.includes(value)) return undefined;
  const leftEmpty = (key === 'securityContext' || key === 'externalIPs') && Object.keys(value as object).length === 0;
  return leftEmpty ? undefined : value;
});

const keyOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata?.name}`;
const sorted = (manifests: readonly Manifest[]) => [...manifests].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
const ofKind = <T extends Manifest>(manifests: readonly Manifest[], kind: string) => manifests.filter((one) => one.kind === kind) as T[];

const byCdk8s = (name: string) => parseAllDocuments(expectedYaml(join(folder, name))).map((document) => document.toJS() as Manifest);

/** A deployment before its plan, and what the program says of it. */
interface Told {
  readonly workload: Workload;
  readonly options: GracefulOptions;
}

/** Runs an example's program; a component and the transform hand each Deployment on to what is spied on here. */
async function byPulumi(name: string): Promise<{ readonly manifests: readonly Manifest[]; readonly told: readonly Told[] }> {
  const components = jest.spyOn(toldModule, 'toldOf');
  const transformed = jest.spyOn(TransformSession.prototype, 'transform');
  const { registrations } = await run(() => jest.requireActual<object>(join(folder, name, 'pulumi.ts')));
  const told = [
    ...components.mock.results.map(({ value }) => value as Told),
    // Only examples/another-version has the transform, and these are its options.
    ...transformed.mock.calls.map(([{ props }]) => ({
      workload: { apiVersion: 'apps/v1', kind: 'Deployment', ...props } as Workload, options: { longestRequestSeconds: 20 },
    })),
  ];
  return { manifests: registrations.map(({ inputs }) => inputs as Manifest).filter(({ kind }) => kind), told };
}

/** A Service before the plan: all annotations and the policy of the examples come from it. */
function plain({ metadata, spec, ...rest }: Service): Service {
  const { annotations, ...kept } = metadata ?? {};
  const { externalTrafficPolicy, ...asWanted } = spec ?? {};
  return { ...rest, metadata: kept, spec: asWanted };
}

/** What the core makes of each deployment and the Services that it was told of. */
function appliedByTheCore(told: readonly Told[], services: readonly Service[]): readonly Manifest[] {
  return told.flatMap(({ workload, options }) => {
    const ways = options.traffic?.map(({ service }) => service);
    const theirs = services.filter(({ metadata }) => !ways || ways.includes(metadata?.name ?? ''));
    const { deployment, services: applied } = byTheCore(options, workload, theirs.map(plain));
    return [deployment, ...applied];
  });
}

afterEach(() => {
  jest.restoreAllMocks();
});

describe.each(examples)('examples/%s/pulumi.ts', (name) => {
  test('registers what the core and cdk8s give', async () => {
    const { manifests, told } = await byPulumi(name);
    const planned = manifests.filter(({ kind }) => kind !== 'PodDisruptionBudget');
    const core = appliedByTheCore(told, ofKind<Service>(manifests, 'Service'));
    expect(sorted(planned).map(comparable)).toEqual(sorted(core).map(comparable));
    expect(sorted(manifests).map(comparable).map(withoutThese)).toEqual(sorted(byCdk8s(name)).map(comparable).map(withoutThese));
  });
});

describe('what only cdk8s-plus writes', () => {
  test('is met in the examples, all of it', () => {
    const met = new Set<string>();
    JSON.stringify(examples.map(byCdk8s), (key, value: unknown) => {
      met.add(`${key}: ${value}`);
      return value;
    });
    const allowed = Object.entries(writtenByCdk8sPlus).flatMap(([key, values]) => values.map((value) => `${key}: ${value}`));
    expect(allowed.filter((one) => !met.has(one))).toEqual([]);
  });
});
