import { countWaves, resolveFenceposts } from 'kube-graceful';
import { startWatch } from 'kube-graceful/drill';
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

interface ReplicaSet {
  readonly metadata: { readonly uid: string; readonly creationTimestamp: string; readonly labels: { readonly app: string } };
  readonly spec: { readonly replicas: number };
}

/** A ReplicaSet's number of replicas as it was raised, one after the other. */
interface History {
  readonly replicaSet: ReplicaSet;
  readonly raises: { readonly to: number; readonly atMs: number }[];
}

/** Follows each ReplicaSet of a namespace, by uid. */
function followReplicaSets({ namespace }: TestNamespace) {
  const histories = new Map<string, History>();
  const watch = startWatch<ReplicaSet>({ namespace }, { kind: 'replicasets' }, ({ object, seenAtMs }) => {
    const { uid } = object.metadata;
    if (!histories.has(uid)) histories.set(uid, { replicaSet: object, raises: [] });
    const { raises } = histories.get(uid)!;
    if (object.spec.replicas > (raises.at(-1)?.to ?? 0)) raises.push({ to: object.spec.replicas, atMs: seenAtMs });
  });
  return { histories, stop: watch.stop };
}

/** The last ReplicaSet of a Deployment. */
function newestOf(histories: Iterable<History>, one: Case): History {
  const own = [...histories].filter(({ replicaSet }) => replicaSet.metadata.labels.app === nameOf(one));
  return own.sort((a, b) => a.replicaSet.metadata.creationTimestamp.localeCompare(b.replicaSet.metadata.creationTimestamp)).at(-1)!;
}

/**
 * Where several pods make a wave, its raises come closer together than a pod takes to be available, as the next wave waits for the first
 * pod of this one; else each raise is a wave.
 */
function wavesOf({ raises }: History, one: Case): number {
  const apartMs = one.maxSurge === 1 ? 0 : minReadySecondsOf(one) * 500; // half of it: a watch may be late
  let waves = 0;
  let beganAtMs = -Infinity;
  for (const { atMs } of raises) {
    if (atMs - beganAtMs < apartMs) continue;
    beganAtMs = atMs;
    waves++;
  }
  return waves;
}

async function roll({ rolledOut, run }: TestNamespace, one: Case): Promise<void> {
  await rolledOut(nameOf(one), 300);
  await run('rollout', 'restart', `deployment/${nameOf(one)}`);
  await rolledOut(nameOf(one), 540);
}

describe('countWaves', () => {
  let cluster: TestNamespace;
  let followed: ReturnType<typeof followReplicaSets>;
  beforeAll(async () => {
    cluster = await createNamespace('waves');
    followed = followReplicaSets(cluster);
    await cluster.apply(...cases.map(idleDeployment));
    await Promise.all(cases.map((one) => roll(cluster, one)));
    await followed.stop();
  });
  afterAll(() => cluster.remove());

  test.each(cases)('is what the ReplicaSets\' history has: $replicas replicas, maxSurge $maxSurge', (one) => {
    const history = newestOf(followed.histories.values(), one);
    const { surge, unavailable } = resolveFenceposts(one.replicas, one.maxSurge, 0);
    expect(history.raises.at(-1)!.to).toBe(one.replicas);
    expect(wavesOf(history, one)).toBe(countWaves(one.replicas, surge, unavailable));
  });
});
