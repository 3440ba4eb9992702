import { setTimeout as sleep } from 'node:timers/promises';
import { startLoad, tally } from 'kube-graceful/drill';
import { createNamespace, TestNamespace } from '../support/cluster';
import type { Manifest } from '../support/web';
import { manifestsOf } from './manifests';
import { packGo } from './pack-go';
import { nameOf, sharedNodeVariantsOf, Variant } from './variants';

const CLOSE_NOTICE_SECONDS = 10;
/** How long before the older pod's end the younger one is told: the load balancer, 3 s late at least, still sends to their node then. */
const BEFORE_END_SECONDS = 1.5;
const variants = (['node', 'go', 'nginx'] as const).flatMap(sharedNodeVariantsOf);

interface PodTemplate {
  readonly metadata: { readonly labels: Readonly<Record<string, string>> };
  readonly spec: { readonly containers: readonly Container[] };
}

interface Container {
  readonly lifecycle: { readonly preStop: { readonly sleep: { readonly seconds: number } } };
}

let cluster: TestNamespace;
let lost: ReadonlyMap<string, { readonly sent: number; readonly lost: number }>;
beforeAll(async () => {
  cluster = await createNamespace('shared-node');
  await packGo();
  lost = new Map(await Promise.all(variants.map(async (variant) => [nameOf(variant), await lostBy(variant)] as const)));
  console.log([...lost].map(([name, counts]) => `${name}: new ${counts.lost} of ${counts.sent}`).join('\n'));
});
afterAll(() => cluster.remove());

/** Two pods on one node, a third on another, behind Local; the two are deleted one after the other. */
async function lostBy(variant: Variant) {
  const name = nameOf(variant).replaceAll(/[^a-z]+/g, '-');
  const manifests = manifestsOf(variant, name, 'local');
  const { template } = manifests.find(({ kind }) => kind === 'Deployment')!.spec as { readonly template: PodTemplate };
  const pods = ['older', 'younger', 'elsewhere'].map((which): Manifest => ({
    apiVersion: 'v1', kind: 'Pod', metadata: { ...template.metadata, name: `${name}-${which}` },
    spec: { ...template.spec, nodeName: which === 'elsewhere' ? 'node-2' : 'node-1' },
  }));
  await cluster.apply(...manifests.filter(({ kind }) => kind !== 'Deployment'), ...pods);
  await cluster.run('wait', '--for=condition=Ready', '--timeout=120s', ...pods.map(({ metadata }) => `pod/${metadata.name}`));
  const load = startLoad({ address: await cluster.addressOf(name), clients: [{ kind: 'new', ratePerSecond: 60 }] });
  const end = (which: string) => cluster.run('delete', 'pod', `${name}-${which}`, '--wait=false');
  await sleep(2000);
  await end('older');
  const { seconds } = template.spec.containers[0].lifecycle.preStop.sleep;
  await sleep((seconds + CLOSE_NOTICE_SECONDS - BEFORE_END_SECONDS) * 1000);
  await end('younger');
  await cluster.run('wait', '--for=delete', '--timeout=120s', `pod/${name}-younger`);
  return tally((await load.stop()).outcomes).clients.new;
}

describe.each(variants)('pods that end one after the other on a node behind Local: $language, without: $without', (variant) => {
  test(variant.without ? 'lose what the node still sends to the first that exits' : 'lose nothing', () => {
    const counts = lost.get(nameOf(variant))!;
    expect(counts.sent).toBeGreaterThan(1500);
    if (variant.without) expect(counts.lost).toBeGreaterThan(0);
    else expect(counts.lost).toBe(0);
  });
});
