import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { countWaves, Manifest, resolveFenceposts } from 'kube-graceful';
import { EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/cdk8s';
import { roll } from 'kube-graceful/drill';
import { createNamespace, TestNamespace } from './support/cluster';
import { forLab } from './support/example';

jest.setTimeout(900_000);

const cases = [
  { replicas: 3, maxSurge: 1 }, { replicas: 10, maxSurge: 1 }, { replicas: 30, maxSurge: '25%' },
] as const;
type Case = typeof cases[number];

/** The lab's load balancers follow between 3 and 6 s late. */
const DELAY_SECONDS = 7;
const HEALTH_SECONDS = 3 * 2; // three checks, two seconds apart: CLB's default

function manifestsOf({ replicas, maxSurge }: Case): Manifest[] {
  const chart = new Chart(new App(), 'speed');
  const deployment = new GracefulDeployment(chart, 'deployment', {
    metadata: { name: 'web' },
    replicas,
    containers: [{
      name: 'web', image: 'shop/web:1.4', portNumber: 8080, securityContext: { user: 1000 }, resources: {},
      readiness: kplus.Probe.fromHttpGet('/ready', { periodSeconds: Duration.seconds(1) }),
    }],
    graceful: { longestRequest: Duration.seconds(5), maxSurge },
  });
  const delay = Duration.seconds(DELAY_SECONDS);
  new EniLoadBalancerService(chart, 'service', { metadata: { name: 'web' }, deployment, port: 80, provider: 'alibaba-clb', delay });
  return chart.toJson() as Manifest[];
}

interface Pods {
  readonly items: readonly {
    readonly metadata: { readonly creationTimestamp: string };
    readonly status: { readonly conditions: readonly { readonly type: string; readonly lastTransitionTime: string }[] };
  }[];
}

/** From a pod's creation until its containers were ready, at worst; whole seconds, as Kubernetes tells it. */
async function slowestStartSeconds(cluster: TestNamespace): Promise<number> {
  const { items } = await cluster.json<Pods>('get', 'pods', '--field-selector=status.phase=Running');
  return Math.max(...items.map(({ metadata, status }) => {
    const ready = status.conditions.find(({ type }) => type === 'ContainersReady')!;
    return (Date.parse(ready.lastTransitionTime) - Date.parse(metadata.creationTimestamp)) / 1000;
  }));
}

interface Speed {
  /** By client and cause. */
  readonly losses: object;
  readonly rolledOutSeconds: number;
  /** What pods, load balancer and health checks need, one wave after the other. */
  readonly boundSeconds: number;
}

async function speedOf(cluster: TestNamespace, one: Case): Promise<Speed> {
  await cluster.apply(...forLab(manifestsOf(one) as never[], { WARM_UP_SECONDS: '2', LAME_DUCK_SECONDS: '10' }));
  await cluster.rolledOut('web', 600);
  const address = await cluster.addressOf('web');
  const { rolledOutSeconds, whole, client } = await roll({
    namespace: cluster.namespace, deployment: 'web', timeoutSeconds: 800,
    load: { address, clients: [{ kind: 'new', ratePerSecond: 10 }, { kind: 'reused', ratePerSecond: 10 }] },
  });
  const startSeconds = await slowestStartSeconds(cluster);
  const { surge, unavailable } = resolveFenceposts(one.replicas, one.maxSurge, 0);
  const waves = countWaves(one.replicas, surge, unavailable);
  const boundSeconds = waves * (startSeconds + DELAY_SECONDS + HEALTH_SECONDS);
  console.log(`${one.replicas} replicas, maxSurge ${one.maxSurge}: rolled out in ${rolledOutSeconds.toFixed(1)} s; `
    + `${waves} waves of ${startSeconds} s start + ${DELAY_SECONDS} s delay + ${HEALTH_SECONDS} s health need ${boundSeconds} s; `
    + `clients at most ${client.latestMs.toFixed(0)} ms late`);
  const losses = Object.fromEntries(Object.entries(whole.clients).flatMap(([name, { lost, lostBy }]) => lost > 0 ? [[name, lostBy]] : []));
  return { losses, rolledOutSeconds, boundSeconds };
}

describe('a roll, on a simulated cloud', () => {
  const namespaces: TestNamespace[] = [];
  const speeds = new Map<Case, Speed>();
  // Side by side, so that the longest is the time it takes.
  beforeAll(() => Promise.all(cases.map(async (one) => {
    const cluster = await createNamespace(`speed-${one.replicas}`);
    namespaces.push(cluster);
    speeds.set(one, await speedOf(cluster, one));
  })));
  afterAll(() => Promise.all(namespaces.map((namespace) => namespace.remove())));

  test.each(cases)('takes at most 1.1 of what pods, load balancer and health checks need: $replicas replicas, maxSurge $maxSurge', (one) => {
    const { losses, rolledOutSeconds, boundSeconds } = speeds.get(one)!;
    expect(losses).toEqual({});
    expect(rolledOutSeconds).toBeLessThanOrEqual(1.1 * boundSeconds);
  });
});
