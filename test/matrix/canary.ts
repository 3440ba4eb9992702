import { startLoadFrom, Window } from 'kube-graceful/drill';
import { createNamespace } from '../e2e/support/cluster';

/** A pod that nothing happens to, asked all the time: it tells whether the machine had time for those that are measured. */
export interface Canary {
  /** How long it took to answer at worst, in milliseconds; what it did not answer counts as the ten seconds that its client waited. */
  slowestMs(window: Window): number;
  stop(): Promise<void>;
}

/** @param loadFrom What starts its client, in a process of its own. */
export async function startCanary(loadFrom: readonly string[]): Promise<Canary> {
  const cluster = await createNamespace('matrix-canary');
  await cluster.apply({
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'canary' },
    spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'web', image: 'lab/web:1', imagePullPolicy: 'Never' }] },
  });
  await cluster.run('wait', '--for=condition=Ready', 'pod/canary', '--timeout=60s');
  const { status } = await cluster.json<{ status: { podIP: string } }>('get', 'pod', 'canary');
  const load = startLoadFrom(loadFrom, { address: `http://${status.podIP}:8080`, clients: [{ kind: 'new', ratePerSecond: 5 }], maxSeconds: 7200 });
  return {
    slowestMs: ({ fromMs, toMs }) => load.outcomes
      .filter(({ sentAtMs }) => sentAtMs >= fromMs && sentAtMs <= toMs)
      .reduce((slowest, { sentAtMs, endedAtMs, loss }) => Math.max(slowest, loss ? 10_000 : endedAtMs - sentAtMs), 0),
    stop: async () => {
      await load.stop();
      await cluster.remove();
    },
  };
}
