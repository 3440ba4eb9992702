import { countWaves, resolveFenceposts } from 'kube-graceful';
import { PodLife, watchPods } from 'kube-graceful/drill';
import { createNamespace, eventually, TestNamespace } from './support/cluster';
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

/**
 * How many of the new ReplicaSet's pods waited for each other, one after the other: each pod began after the one that became
 * available last before it. Kubernetes counts availability in whole seconds, and a watch on a busy machine is seconds late, so a pod
 * counts as available half-way.
 */
function wavesOf(pods: readonly PodLife[], minReadySeconds: number): number {
  const availableAtMs = (pod: PodLife) => pod.readyAtMs! + (minReadySeconds - 1) * 500;
  const waves = new Map<PodLife, number>();
  for (const pod of [...pods].sort((a, b) => a.firstSeenAtMs - b.firstSeenAtMs)) {
    const before = pods.filter((other) => availableAtMs(other) <= pod.firstSeenAtMs);
    const trigger = before.sort((a, b) => availableAtMs(b) - availableAtMs(a))[0];
    waves.set(pod, trigger ? waves.get(trigger)! + 1 : 1);
  }
  return Math.max(...waves.values());
}

/** Rolls a Deployment and returns the lives of its new pods. */
async function rollOf({ namespace, rolledOut, run }: TestNamespace, one: Case): Promise<PodLife[]> {
  const name = nameOf(one);
  await rolledOut(name, 300);
  const pods = watchPods({ namespace }, `app=${name}`);
  const old = await eventually(`the pods of ${name}`, async () => pods.lives().length === one.replicas ? pods.lives() : undefined);
  const uids = new Set(old.map((pod) => pod.uid));
  await run('rollout', 'restart', `deployment/${name}`);
  await rolledOut(name, 540);
  await pods.stop();
  return pods.lives().filter((pod) => !uids.has(pod.uid));
}

describe('countWaves', () => {
  let cluster: TestNamespace;
  const rolls = new Map<Case, PodLife[]>();
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
