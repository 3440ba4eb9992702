import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Manifest } from 'kube-graceful';
import { GracefulDeployment, LongConnectionService, LongConnectionServiceProps } from 'kube-graceful/cdk8s';
import { ClientOptions, drill, DrillRecord, tally } from 'kube-graceful/drill';
import { apartFrom } from './support/apart';
import { createNamespace, TestNamespace } from './support/cluster';
import { changed, forLab } from './support/example';

jest.setTimeout(600_000);

/** A round is played to its end, whatever comes; 60 s of it stand for the half hour that the plans are made for. */
const roundsOf = (seconds: number): readonly ClientOptions[] => [
  { kind: 'stream', name: 'rounds', path: `/round?seconds=${seconds}`, goodbye: 'over', connections: 15 },
  { kind: 'websocket', name: 'rounds over WebSocket', path: `/websocket?seconds=${seconds}`, goodbye: 'over', connections: 15 },
];
const rounds = roundsOf(60);
const talks: readonly ClientOptions[] = [
  { kind: 'stream', name: 'talks', connections: 15 },
  { kind: 'websocket', name: 'talks over WebSocket', connections: 15 },
];

type Sessions = Pick<LongConnectionServiceProps, 'mode' | 'provider' | 'longestSession' | 'handOver' | 'keepsOpenConnections'>;

/** What an author writes for a game server, or a chat. */
function manifestsOf(sessions: Sessions): Manifest[] {
  const chart = new Chart(new App(), 'long');
  const deployment = new GracefulDeployment(chart, 'deployment', {
    metadata: { name: 'web' },
    replicas: 2,
    containers: [{
      name: 'web', image: 'game/arena:7', portNumber: 8080, securityContext: { user: 1000 }, resources: {},
      readiness: kplus.Probe.fromHttpGet('/ready', { periodSeconds: Duration.seconds(1) }),
    }],
    graceful: { longestRequest: Duration.seconds(5), slowestStart: Duration.seconds(20) },
  });
  new LongConnectionService(chart, 'service', { metadata: { name: 'web' }, deployment, port: 80, ...sessions });
  return chart.toJson() as Manifest[];
}

const halfAnHour = Duration.minutes(30);
const namespaces: TestNamespace[] = [];
afterAll(() => Promise.all(namespaces.map((namespace) => namespace.remove())));

/** Rolls it while sessions are under way, some of them begun long before. */
async function rolled(manifests: readonly Manifest[], clients: readonly ClientOptions[], quietSeconds = 15): Promise<DrillRecord> {
  const cluster = await createNamespace('long');
  namespaces.push(cluster);
  await cluster.apply(...forLab(manifests as never[], { WARM_UP_SECONDS: '2', LAME_DUCK_SECONDS: '10', MAX_SESSION_SECONDS: '60' }));
  await cluster.rolledOut('web');
  const address = await cluster.addressOf('web');
  return drill({ namespace: cluster.namespace, deployment: 'web', load: { address, clients }, quietSeconds });
}

interface Summary {
  readonly lost: number;
  readonly sessions: number;
  /** From a deletion to the pod's end, at worst. */
  readonly endSeconds: number;
}

function summaryOf({ outcomes, window, pods, client, actedAtMs }: DrillRecord): Summary {
  expect(client.unsent).toBe(0);
  const ends = pods.flatMap(({ deletedAtMs = 0, goneAtMs = 0 }) => deletedAtMs >= actedAtMs ? (goneAtMs - deletedAtMs) / 1000 : []);
  return { lost: tally(outcomes).lost, sessions: tally(outcomes, window).sent, endSeconds: Math.max(...ends) };
}

/** Where a plan for half an hour is accepted. Through nodes the worst is assumed of Tencent's cloud; no other one is acted out. */
const accepted = [
  { provider: 'alibaba-clb', mode: 'cluster' }, { provider: 'alibaba-nlb', mode: 'cluster' }, { provider: 'alibaba-nlb', mode: 'local' },
  { provider: 'alibaba-nlb', mode: 'eni' }, { provider: 'tencent-clb', mode: 'cluster' }, { provider: 'tencent-clb', mode: 'eni' },
] as const;

/** Where it is refused, as the load balancer lets go too early. */
const refused = [
  { provider: 'alibaba-clb', mode: 'local' }, { provider: 'alibaba-clb', mode: 'eni' }, { provider: 'tencent-clb', mode: 'local' },
] as const;

/**
 * What the plan refuses, forced: the manifests of sessions that fit, for clients whose rounds do not. A drain of 45 s to rounds of 90 s
 * is what CLB's 900 s are to half an hour; the rounds have just begun when the roll does.
 */
const FORCED_ROUNDS = roundsOf(90);

function forced({ provider, mode }: typeof refused[number]): readonly Manifest[] {
  const timeout = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout';
  const hasDrain = provider === 'alibaba-clb';
  // Without a drain setting no session fits: only an author's word that the load balancer leaves them alone, which is not so, lets one in.
  const sessions = { mode, provider, longestSession: Duration.minutes(10), ...!hasDrain && { keepsOpenConnections: true } };
  return manifestsOf(sessions).map((manifest) => {
    if (manifest.kind === 'Deployment') return aloneOnItsNode(manifest);
    return manifest.kind === 'Service' && hasDrain ? changed(manifest, 'metadata.annotations', { ...manifest.metadata!.annotations, [timeout]: '45' }) : manifest;
  });
}

/** One replica, and the new pod on another node than the old one: in Local mode a node loses its last pod. */
function aloneOnItsNode(deployment: Manifest): Manifest {
  const { selector } = deployment.spec as { selector: object };
  return changed(changed(deployment, 'spec.replicas', 1), 'spec.template.spec.affinity', apartFrom(selector));
}

describe('LongConnectionService in a roll, on a simulated cloud', () => {
  const summaries = new Map<string, Summary>();
  beforeAll(async () => {
    const measure = async (name: string, record: Promise<DrillRecord>) => void summaries.set(name, summaryOf(await record));
    await Promise.all([
      ...accepted.map(({ provider, mode }) =>
        measure(`${provider}, ${mode}`, rolled(manifestsOf({ provider, mode, longestSession: halfAnHour }), rounds))),
      ...refused.map((one) => measure(`forced, ${one.provider}, ${one.mode}`, rolled(forced(one), FORCED_ROUNDS, 3))),
      ...(['local', 'eni'] as const).map((mode) =>
        measure(`hand-over, ${mode}`, rolled(manifestsOf({ provider: 'alibaba-clb', mode, handOver: Duration.minutes(2) }), talks))),
    ]);
    console.log([...summaries].map(([name, { lost, sessions, endSeconds }]) =>
      `${name}: ${lost} of ${sessions} sessions cut; a pod ended after at most ${endSeconds.toFixed(1)} s`).join('\n'));
  });

  test.each(accepted)('cuts no round where the plan accepts half an hour: $provider, $mode', ({ provider, mode }) => {
    const { lost, sessions, endSeconds } = summaries.get(`${provider}, ${mode}`)!;
    expect(lost).toBe(0);
    expect(sessions).toBeGreaterThanOrEqual(30);
    expect(endSeconds).toBeGreaterThan(20); // rounds were under way, and were waited for
    expect(endSeconds).toBeLessThan(180); // not for the half hour
  });

  test.each(refused)('is refused where the load balancer lets go earlier: $provider, $mode', ({ provider, mode }) => {
    const chart = new App();
    expect(() => {
      const deployment = new GracefulDeployment(new Chart(chart, 'c'), 'd', { containers: [{ image: 'x', portNumber: 8080 }] });
      new LongConnectionService(deployment, 's', { deployment, port: 80, provider, mode, longestSession: halfAnHour });
      chart.synthYaml();
    }).toThrow('mode \'cluster\'');
  });

  test.each(refused)('cuts rounds where the plan refuses, when it is forced: $provider, $mode', ({ provider, mode }) => {
    expect(summaries.get(`forced, ${provider}, ${mode}`)!.lost).toBeGreaterThan(0);
  });

  test.each(['local', 'eni'])('hands talks over, and an empty pod leaves before its time: alibaba-clb, %s', (mode) => {
    const { lost, sessions, endSeconds } = summaries.get(`hand-over, ${mode}`)!;
    expect(lost).toBe(0);
    expect(sessions).toBeGreaterThanOrEqual(60); // each client talked on with another pod
    expect(endSeconds).toBeLessThan(60); // of two minutes and the wait
  });
});
