import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from 'kube-graceful';
import { Packed } from '../../package/packed';
import { comparable } from '../../pulumi/parity';
import { withoutThese } from '../../pulumi/written-by-cdk8s-plus';
import { createNamespace, labelTwoNodes, unlabelNodes } from '../support/cluster';
import { exampleManifests, exampleNames } from '../support/example';
import { changes, createStack, programFile } from './stack';

/** What became of an example. */
interface Ran {
  readonly previewed: readonly string[];
  readonly failure: string;
  readonly objects: readonly Manifest[];
  readonly left: string;
}

const kinds = 'deployments,services,poddisruptionbudgets';
const ran = new Map<string, Ran>();
let packed: Packed;
let labelled: readonly string[] = [];

// All at once, so that the slowest is the time it takes.
beforeAll(async () => {
  labelled = await labelTwoNodes();
  packed = await Packed.create();
  await Promise.all(exampleNames().map(async (name) => ran.set(name, await run(name))));
});
afterAll(async () => {
  await unlabelNodes(labelled);
  packed?.remove();
});

async function run(name: string): Promise<Ran> {
  const cluster = await createNamespace(`pulumi-${name}`);
  try {
    const stack = await createStack(packed, name, cluster.namespace, {
      'index.ts': 'import \'./on-the-lab\';\nexport * from \'./example\';\n',
      'on-the-lab.ts': programFile('on-the-lab.ts'),
      'example.ts': readFileSync(join(__dirname, '..', '..', '..', 'examples', name, 'pulumi.ts'), 'utf8'),
    });
    const previewed = changes(await stack.preview());
    const up = await stack.up();
    const { items } = await cluster.json<{ items: Manifest[] }>('get', kinds);
    const down = await stack.destroy();
    const failure = [up, down].map(({ ok, text }) => ok ? '' : text).join('');
    return { previewed, failure, objects: items, left: await cluster.run('get', kinds, '-o', 'name') };
  } finally {
    await cluster.remove();
  }
}

const sorted = (manifests: readonly Manifest[]) =>
  [...manifests].sort((a, b) => `${a.kind} ${a.metadata?.name}` < `${b.kind} ${b.metadata?.name}` ? -1 : 1);

/** What is left to compare: the toolkit's own away, and what the lab needs. */
const essence = (manifest: Manifest): unknown => JSON.parse(JSON.stringify(withoutThese(comparable(manifest))), (key, value: unknown) =>
  ['image', 'imagePullPolicy', 'env'].includes(key) ? undefined : value);

describe.each(exampleNames())('examples/%s/pulumi.ts on the real engine', (name) => {
  const expected = sorted(exampleManifests(name) as Manifest[]);

  test('previews one object for each of the cdk8s example', () => {
    const objects = ran.get(name)!.previewed.map((step) => step.split(' ')).filter(([, kind]) => expected.some((one) => one.kind === kind));
    expect(objects.map(([op, kind]) => `${op} ${kind}`).sort()).toEqual(expected.map(({ kind }) => `create ${kind}`).sort());
  });

  test('comes up, and makes the objects that the cdk8s example describes', () => {
    const { failure, objects } = ran.get(name)!;
    expect(failure).toBe('');
    expect(sorted(objects).map(essence)).toMatchObject(expected.map(essence) as object[]);
  });

  test('is destroyed, and leaves nothing', () => {
    expect(ran.get(name)!.left).toBe('');
  });
});
