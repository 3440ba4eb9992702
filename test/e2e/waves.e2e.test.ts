import { countWaves, resolveFenceposts } from 'kube-graceful';
import { createNamespace, TestNamespace } from './support/cluster';
import type { Manifest } from './support/web';

const cases = [3, 10, 30].flatMap((replicas) => ([1, '50%'] as const).map((maxSurge) => ({ replicas, maxSurge })));
type Case = typeof cases[number];

/** Where several pods make a wave, it is longer than they differ in how fast they start. */
const minReadySecondsOf = ({ maxSurge }: Case) => maxSurge === 1 ? 1 : 12;
const nameOf = ({ replicas, maxSurge }: Case) => `waves-${replicas}-${maxSurge}`.replace('%', '');

/** Pods that do nothing, so that thirty of them are cheap. */
function idleDeployment(one: Case): Manifest {
  const app = nameOf(one);
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: app },
    spec: {
      replicas: one.replicas,
      minReadySeconds: minReadySecondsOf(one),
      strategy: { rollingUpdate: { maxSurge: one.maxSurge, maxUnavailable: 0 } },
      selector: { matchLabels: { app } },
      template: {
        metadata: { labels: { app } },
        spec: { terminationGracePeriodSeconds: 1, containers: [{ name: 'idle', image: 'lab/agnhost:1', imagePullPolicy: 'Never' }] },
      },
    },
  };
}

interface Pod {
  readonly metadata: { readonly uid: string; readonly creationTimestamp: string };
  readonly status: { readonly conditions: readonly { readonly type: string; readonly lastTransitionTime: string }[] };
}

/**
 * How many of the new ReplicaSet's pods waited for each other, one after the other: each pod was made after the one that became available
 * last before it. By the API server's own times, which are whole seconds, so up to a second early; a watch may be late.
 */
function wavesOf(pods: readonly Pod[], minReadySeconds: number): number {
  const createdAtMs = ({ metadata }: Pod) => Date.parse(metadata.creationTimestamp);
  const availableAtMs = ({ status }: Pod) =>
    Date.parse(status.conditions.find(({ type }) => type === 'Ready')!.lastTransitionTime) + (minReadySeconds - 1) * 1000;
  const waves = new Map<Pod, number>();
  for (const pod of [...pods].sort((a, b) => createdAtMs(a) - createdAtMs(b))) {
    const before = pods.filter((other) => waves.has(other) && availableAtMs(other) <= createdAtMs(pod));
    const trigger = before.sort((a, b) => availableAtMs(b) - availableAtMs(a))[0];
    waves.set(pod, trigger ? waves.get(trigger)! + 1 : 1);
  }
  return Math.max(...waves.values());
}

/** Rolls a Deployment and returns its new pods. */
async function rollOf({ json, rolledOut, run }: TestNamespace, one: Case): Promise<readonly Pod[]> {
  const name = nameOf(one);
  const pods = async () => (await json<{ items: Pod[] }>('get', 'pods', '--selector', `app=${name}`)).items;
  await rolledOut(name, 300);
  const old = new Set((await pods()).map(({ metadata }) => metadata.uid));
  await run('rollout', 'restart', `deployment/${name}`);
  await rolledOut(name, 540);
  return (await pods()).filter(({ metadata }) => !old.has(metadata.uid));
}

describe('countWaves', () => {
  let cluster: TestNamespace;
  const rolls = new Map<Case, readonly Pod[]>();
  beforeAll(async () => {
    cluster = await createNamespace('waves');
    await cluster.apply(...cases.map(idleDeployment));
    await Promise.all(cases.map(async (one) => rolls.set(one, await rollOf(cluster, one))));
  });
  afterAll(() => cluster.remove());

  test.each(cases)('is what the ReplicaSets do: $replicas replicas, maxSurge $maxSurge', (one) => {
    const pods = rolls.get(one)!;
    const { surge, unavailable } = resolveFenceposts(one.replicas, one.maxSurge, 0);
    expect(pods).toHaveLength(one.replicas);
    expect(wavesOf(pods, minReadySecondsOf(one))).toBe(countWaves(one.replicas, surge, unavailable));
  });
});
