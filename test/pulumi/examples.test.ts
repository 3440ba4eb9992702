import type { GracefulOptions, Manifest, Service, Workload } from 'kube-graceful';
import { examples, plainObjects, plainOf, runCdk8s, runPulumi } from './example-programs';
import { allComparable, byTheCore, comparable, expectParity, Objects, sorted } from './parity';
import { noted, withoutThese, writtenByCdk8sPlus } from './written-by-cdk8s-plus';

jest.setTimeout(60_000);

const ofKind = <T extends Manifest>(objects: Objects, kind: string) => objects.filter((one) => one.kind === kind) as T[];
const nameOf = ({ metadata }: Manifest) => metadata?.name ?? '';

/** What the core makes of each plain deployment and the Services that select its pods. */
function applied(plain: Objects, told: ReadonlyMap<string, GracefulOptions>): Objects {
  return ofKind<Workload>(plain, 'Deployment').flatMap((workload) => {
    const selects = ({ spec }: Service) => JSON.stringify(spec?.selector) === JSON.stringify(workload.spec?.selector?.matchLabels);
    const options = told.get(nameOf(workload))!;
    return byTheCore(options, workload, ofKind<Service>(plain, 'Service').filter(selects), options.defaultReadinessProbe ?? false);
  });
}

/** What a program told, with the names of the plain objects. */
function named(told: ReadonlyMap<string, GracefulOptions>, plain: Objects): ReadonlyMap<string, GracefulOptions> {
  const nameFor = (kind: string, name: string) => nameOf(plainOf(plain, kind, name));
  return new Map([...told].map(([workload, { traffic, ...options }]) => [nameFor('Deployment', workload), {
    ...options, ...traffic && { traffic: traffic.map((way) => ({ ...way, service: nameFor('Service', way.service) })) },
  }]));
}

const begun = examples.map((name) => ({ name, plain: plainObjects(name), cdk8s: runCdk8s(name) }));

describe.each(begun)('examples/$name', ({ name, plain, cdk8s }) => {
  test('gives the same by cdk8s, by Pulumi and by the core, where all begin with the same manifests', async () => {
    const pulumi = await runPulumi(name, plain);
    const core = applied(plain, cdk8s.options);
    expect(named(pulumi.options, plain)).toEqual(cdk8s.options);
    expectParity(cdk8s.objects, core);
    expectParity(pulumi.objects, core);
  });

  test('says the same in both programs, but for what cdk8s-plus writes by itself', async () => {
    const { objects } = await runPulumi(name);
    expect(sorted(objects).map((one) => comparable(one))).toEqual(sorted(cdk8s.objects).map((one) => withoutThese(comparable(one))));
  });
});

describe('what only cdk8s-plus writes', () => {
  test('is met in the examples, all of it', () => {
    const met = new Set<string>();
    for (const manifest of begun.flatMap(({ plain }) => plain)) withoutThese(manifest, met);
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

describe(allComparable, () => {
  test('hides names and what a toolkit labels and selects by, and no other difference', () => {
    const text = (objects: unknown) => JSON.stringify(allComparable(objects as Objects));
    const hidden = begun.flatMap(({ cdk8s: { objects } }) =>
      mutations(objects).filter(([, changed]) => text(changed) === text(objects)).map(([path]) => path));
    expect([...new Set(hidden)].sort()).toEqual([
      '*.metadata.name',
      '*.spec.selector.cdk8s.io/metadata.addr',
      '*.spec.selector.matchLabels.cdk8s.io/metadata.addr',
      '*.spec.template.metadata.labels.cdk8s.io/metadata.addr',
      '*.spec.template.spec.topologySpreadConstraints.*.labelSelector.matchLabels.cdk8s.io/metadata.addr',
    ]);
  });
});
