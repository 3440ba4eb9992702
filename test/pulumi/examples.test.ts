import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { GracefulOptions, Manifest, Service, Workload } from 'kube-graceful';
import { parseAllDocuments } from 'yaml';
import * as toldModule from '../../lib/pulumi/told-of';
import { TransformSession } from '../../lib/pulumi/transform-session';
import { expectedYaml } from '../support/run-example';
import { byTheCore, comparable } from './parity';
import { run } from './registrations';
import { noted, withoutThese, writtenByCdk8sPlus } from './written-by-cdk8s-plus';

jest.setTimeout(20_000);

const folder = join(__dirname, '..', '..', 'examples');
const examples = readdirSync(folder);

const keyOf = ({ kind, metadata }: Manifest) => `${kind} ${metadata?.name}`;
const sorted = (manifests: readonly Manifest[]) => [...manifests].sort((a, b) => keyOf(a) < keyOf(b) ? -1 : 1);
const ofKind = <T extends Manifest>(manifests: readonly Manifest[], kind: string) => manifests.filter((one) => one.kind === kind) as T[];

/** What Pulumi must register for what cdk8s gives. */
const essence = (manifest: Manifest) => withoutThese(comparable(manifest));

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
    expect(sorted(manifests).map(comparable)).toEqual(sorted(byCdk8s(name)).map(essence));
  });
});

describe('what only cdk8s-plus writes', () => {
  test('is met in the examples, all of it', () => {
    const met = new Set<string>();
    for (const manifest of examples.flatMap(byCdk8s)) withoutThese(manifest, met);
    expect([...met].sort()).toEqual(writtenByCdk8sPlus.flatMap(({ path, values }) => values.map((value) => noted(path, value))).sort());
  });

  test('is compared at any other place, and with any other value', () => {
    const spec = (value: string, startupProbe: object) => ({ spec: { template: { spec: { restartPolicy: value, initContainers: [{ restartPolicy: 'Always' }], containers: [{ startupProbe }] } } } });
    expect(withoutThese(spec('Always', { failureThreshold: 3 }))).toEqual({
      spec: { template: { spec: { initContainers: [{ restartPolicy: 'Always' }], containers: [{ startupProbe: { failureThreshold: 3 } }] } } },
    });
    expect(withoutThese(spec('Never', {}))).toEqual(spec('Never', {}));
  });
});

/** A copy of a value with one leaf changed, for each leaf below it; with its path, in which list entries are `*`. */
function mutations(value: unknown, path: readonly string[] = []): readonly (readonly [string, unknown])[] {
  if (typeof value !== 'object' || value === null) return [[path.join('.'), typeof value === 'number' ? value + 1 : `${String(value)}x`]];
  return Object.entries(value).flatMap(([key, entry]) =>
    mutations(entry, [...path, Array.isArray(value) ? '*' : key]).map(([at, changed]) => [at, withEntry(value, key, changed)] as const));
}

const withEntry = (value: object, key: string, changed: unknown): unknown =>
  Array.isArray(value) ? value.map((one: unknown, index) => `${index}` === key ? changed : one) : { ...value, [key]: changed };

describe(comparable, () => {
  test('hides names, namespaces, labels and selectors, and no other difference', () => {
    const text = (manifest: unknown) => JSON.stringify(essence(manifest as Manifest));
    const hidden = examples.flatMap(byCdk8s).flatMap((manifest) =>
      mutations(manifest).filter(([, changed]) => text(changed) === text(manifest)).map(([path]) => path));
    expect([...new Set(hidden)].sort()).toEqual([
      'metadata.name',
      'spec.selector.cdk8s.io/metadata.addr',
      'spec.selector.matchLabels.cdk8s.io/metadata.addr',
      'spec.template.metadata.labels.cdk8s.io/metadata.addr',
      'spec.template.spec.readinessGates.*.conditionType',
      'spec.template.spec.topologySpreadConstraints.*.labelSelector.matchLabels.cdk8s.io/metadata.addr',
    ]);
  });
});
