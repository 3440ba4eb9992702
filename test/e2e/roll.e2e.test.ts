import { roll, RollResult } from 'kube-graceful/drill';
import { createNamespace, TestNamespace } from './support/cluster';
import { changed, exampleManifests, forLab } from './support/example';
import { Manifest, webManifests } from './support/web';

const namespaces: TestNamespace[] = [];
afterAll(() => Promise.all(namespaces.map((namespace) => namespace.remove())));

/** Brings a web application up, rolls it once so that its settings are in, then rolls it under load. */
async function rollTwice(manifests: readonly Manifest[]): Promise<RollResult> {
  const nameOf = (kind: string) => manifests.find((manifest) => manifest.kind === kind)!.metadata.name;
  const deployment = nameOf('Deployment');
  const cluster = await createNamespace('roll');
  namespaces.push(cluster);
  await cluster.apply(...manifests);
  await cluster.rolledOut(deployment);
  const address = await cluster.addressOf(nameOf('Service'));
  await cluster.restart(deployment);
  return roll({
    namespace: cluster.namespace,
    deployment,
    load: {
      address,
      clients: [
        { kind: 'new', ratePerSecond: 60 },
        { kind: 'reused', ratePerSecond: 60, connections: 20 },
        { kind: 'slow', ratePerSecond: 5 },
        { kind: 'stream', connections: 10 },
      ],
    },
  });
}

const summary = ({ inside, rolledOutSeconds, lastGoneSeconds, client }: RollResult) => JSON.stringify({
  ...Object.fromEntries(Object.entries(inside.clients).map(([name, { sent, lost, lostBy }]) => [name, { sent, lost, ...lostBy }])),
  rolledOutSeconds, lastGoneSeconds, ...client,
});

/** The example as it is; the application gives notice for 10 s after SIGTERM, as its plan assumes. */
const graceful = forLab(exampleManifests('web-eni'), { WARM_UP_SECONDS: '2', LAME_DUCK_SECONDS: '10' });

/** The example without preStop and without the load balancer's drain; everything else stays. */
const stripped = graceful.map((manifest) => {
  if (manifest.kind === 'Deployment') return changed(manifest, 'spec.template.spec.containers.0.lifecycle', undefined);
  if (manifest.kind !== 'Service') return manifest;
  const kept = Object.entries(manifest.metadata.annotations!).filter(([key]) => !key.includes('connection-drain'));
  return changed(manifest, 'metadata.annotations', Object.fromEntries(kept));
});

describe('the second roll of the example web-eni, on a simulated cloud', () => {
  let ours: RollResult;
  let without: RollResult;
  let bare: RollResult;
  beforeAll(async () => {
    [ours, without, bare] = await Promise.all([rollTwice(graceful), rollTwice(stripped), rollTwice(webManifests())]);
    console.log([
      `the example: ${summary(ours)}`,
      `the same without preStop and drain: ${summary(without)}`,
      `by hand, with nothing but a readiness probe: ${summary(bare)}`,
    ].join('\n'));
  });

  test('loses nothing of at least 2,000 requests on new and 2,000 on reused connections', () => {
    expect(ours.client.unsent).toBe(0);
    expect(ours.whole.lost).toBe(0);
    expect(ours.inside.clients.new.sent).toBeGreaterThanOrEqual(2000);
    expect(ours.inside.clients.reused.onReusedConnections).toBeGreaterThanOrEqual(2000);
  });

  test('cuts what takes long without preStop and drain, although the application gives notice for 10 s', () => {
    expect(without.client.unsent).toBe(0);
    expect(without.inside.lost).toBeGreaterThan(0);
  });

  test('loses new and reused connections of a Deployment that has nothing but a readiness probe', () => {
    expect(bare.client.unsent).toBe(0);
    expect(bare.inside.clients.new.lost).toBeGreaterThan(0);
    expect(bare.inside.clients.reused.lost).toBeGreaterThan(0);
  });
});
