import { roll, RollResult } from 'kube-graceful/drill';
import { createNamespace, TestNamespace } from './support/cluster';
import { SETTINGS_IN, WebOptions, webManifests } from './support/web';

const namespaces: TestNamespace[] = [];
afterAll(() => Promise.all(namespaces.map((namespace) => namespace.remove())));

/** Brings a web application up, rolls it once so that the settings are in, then rolls it under load. */
async function rollTwice(options: WebOptions): Promise<RollResult> {
  const cluster = await createNamespace('roll');
  namespaces.push(cluster);
  await cluster.apply(...webManifests(options));
  await cluster.rolledOut('web');
  const address = await cluster.addressOf('web');
  await cluster.restart('web');
  return roll({
    namespace: cluster.namespace,
    deployment: 'web',
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

describe('a roll of hand-written manifests behind a load balancer that reaches pods directly', () => {
  let withSettings: RollResult;
  let without: RollResult;
  let bare: RollResult;
  beforeAll(async () => {
    [withSettings, without, bare] = await Promise.all([
      rollTwice(SETTINGS_IN),
      rollTwice({ ...SETTINGS_IN, preStopSeconds: undefined, drainSeconds: undefined }),
      rollTwice({}),
    ]);
    console.log([
      `with the settings: ${summary(withSettings)}`,
      `without preStop and drain: ${summary(without)}`,
      `with nothing but a readiness probe: ${summary(bare)}`,
    ].join('\n'));
  });

  test('loses nothing with the settings in', () => {
    expect(withSettings.client.unsent).toBe(0);
    expect(withSettings.whole.lost).toBe(0);
    expect(withSettings.inside.clients.new.sent).toBeGreaterThanOrEqual(2000);
    expect(withSettings.inside.clients.reused.onReusedConnections).toBeGreaterThanOrEqual(2000);
  });

  test('cuts what takes long without preStop and drain, although the application gives notice for 10 s', () => {
    expect(without.client.unsent).toBe(0);
    expect(without.inside.clients.slow.lost + without.inside.clients.stream.lost).toBeGreaterThan(0);
  });

  test('loses new and reused connections with nothing but a readiness probe', () => {
    expect(bare.client.unsent).toBe(0);
    expect(bare.inside.clients.new.lost).toBeGreaterThan(0);
    expect(bare.inside.clients.reused.lost).toBeGreaterThan(0);
  });
});
