import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from 'kube-graceful';
import { Packed } from '../../package/packed';
import { comparable } from '../../pulumi/parity';
import { withoutThese } from '../../pulumi/written-by-cdk8s-plus';
import { createNamespace, labelTwoNodes, TestNamespace, unlabelNodes } from '../support/cluster';
import { exampleManifests, exampleNames } from '../support/example';
import { changes, createStack, Stack } from './stack';

interface Started {
  readonly stack: Stack;
  readonly cluster: TestNamespace;
  readonly previewed: readonly string[];
  readonly failure: string;
}

const kinds = 'deployments,services,poddisruptionbudgets';
const started = new Map<string, Started>();
let packed: Packed;
let labelled: readonly string[] = [];

// All at once, so that the slowest start is the time it takes.
beforeAll(async () => {
  labelled = await labelTwoNodes();
  packed = await Packed.create();
  await Promise.all(exampleNames().map(start));
});
afterAll(async () => {
  await unlabelNodes(labelled);
  await Promise.all([...started.values()].map(({ cluster }) => cluster.remove()));
  packed?.remove();
});

async function start(name: string): Promise<void> {
  const cluster = await createNamespace(`pulumi-${name}`);
  const stack = await createStack(packed, name, cluster.namespace, {
    'index.ts': 'import \'./on-the-lab\';\nexport * from \'./example\';\n',
    'on-the-lab.ts': readFileSync(join(__dirname, 'programs', 'on-the-lab.ts'), 'utf8'),
    'example.ts': readFileSync(join(__dirname, '..', '..', '..', 'examples', name, 'pulumi.ts'), 'utf8'),
  });
  const previewed = changes(await stack.preview());
  const { ok, text } = await stack.up();
  started.set(name, { stack, cluster, previewed, failure: ok ? '' : text });
}

const byName = (a: Manifest, b: Manifest) => `${a.kind} ${a.metadata?.name}` < `${b.kind} ${b.metadata?.name}` ? -1 : 1;

/** What is left to compare: the toolkit's own away, and what the lab needs. */
const essence = (manifest: Manifest): unknown => JSON.parse(JSON.stringify(withoutThese(comparable(manifest))), (key, value: unknown) =>
  ['image', 'imagePullPolicy', 'env'].includes(key) ? undefined : value);

describe.each(exampleNames())('examples/%s/pulumi.ts on the real engine', (name) => {
  const expected = exampleManifests(name).sort(byName) as Manifest[];

  test('previews one object for each of the cdk8s example', () => {
    const objects = started.get(name)!.previewed.map((step) => step.split(' ')).filter(([, kind]) => expected.some((one) => one.kind === kind));
    expect(objects.map(([op, kind]) => `${op} ${kind}`).sort()).toEqual(expected.map(({ kind }) => `create ${kind}`).sort());
  });

  test('comes up', () => {
    expect(started.get(name)!.failure).toBe('');
  });

  test('makes the objects that the cdk8s example describes', async () => {
    const { items } = await started.get(name)!.cluster.json<{ items: Manifest[] }>('get', kinds);
    expect(items.sort(byName).map(essence)).toMatchObject(expected.map(essence) as object[]);
  });

  test('changes nothing when it runs again, and is destroyed', async () => {
    const { stack, cluster } = started.get(name)!;
    expect(changes(await stack.preview())).toEqual([]);
    const { ok, text } = await stack.destroy();
    expect(ok ? '' : text).toBe('');
    expect(await cluster.run('get', kinds, '-o', 'name')).toBe('');
  });
});
