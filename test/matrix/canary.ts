import { startLoadFrom, Window } from 'kube-graceful/drill';
import { createNamespace } from '../e2e/support/cluster';
import { SETTINGS } from './cells';
import { manifestsOf } from './manifests';

/**
 * A pod that nothing happens to, asked all the time through a load balancer: it tells whether the machine had time for those that are
 * measured, and for their pods, kube-proxy and load balancers.
 */
export interface Canary {
  /** How long an answer took at worst, in milliseconds; what was lost counts as the ten seconds that a client waits. */
  slowestMs(window: Window): number;
  stop(): Promise<void>;
}

/** @param loadFrom What starts its client, in a process of its own. */
export async function startCanary(loadFrom: readonly string[]): Promise<Canary> {
  const cluster = await createNamespace('matrix-canary');
  await cluster.apply(...manifestsOf('probe', 'local-one', SETTINGS[0]) as never[]);
  await cluster.rolledOut('web');
  const address = await cluster.addressOf('web');
  const load = startLoadFrom(loadFrom, { address, clients: [{ kind: 'new', ratePerSecond: 5 }], maxSeconds: 7200 });
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
