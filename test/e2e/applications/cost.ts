import { roll, RollResult, startLoad, startWatch, tally } from 'kube-graceful/drill';
import type { TestNamespace } from '../support/cluster';
import { farAway } from './far-away';
import { LONGEST_REQUEST_SECONDS, manifestsOf } from './manifests';
import { nameOf, Variant } from './variants';

const ONE_WAY_MS = 100; // from the clients that reuse connections to the load balancer: a phone, or another continent
const SLOW_MS = (LONGEST_REQUEST_SECONDS - 2) * 1000;

/** What a roll of one variant cost. */
export interface Cost {
  readonly variant: Variant;
  /** Lost and sent while old pods were ending, by kind of client. */
  readonly clients: Readonly<Record<string, { readonly sent: number; readonly lost: number; readonly lostBy: object }>>;
  /** From a pod's deletion to its end, at worst. */
  readonly endSeconds: number;
  readonly graceSeconds: number;
  /** Exit codes of the old pods' containers: 137 after SIGKILL. */
  readonly exitCodes: readonly number[];
  /** What the clients could not send, for want of their own means. */
  readonly unsent: number;
  /** The longest time by which they sent something late. */
  readonly latestMs: number;
}

/** Brings a variant up, and rolls it under load. */
export async function costOf(variant: Variant, cluster: TestNamespace): Promise<Cost> {
  const name = nameOf(variant).replaceAll(/[^a-z]+/g, '-');
  await cluster.apply(...manifestsOf(variant, name));
  await cluster.rolledOut(name);
  const address = await cluster.addressOf(name);
  const ways = await Promise.all([address, `${address}:81`].map((end) => farAway(end, ONE_WAY_MS)));
  const loads = [
    startLoad({ address: ways[0].address, clients: [{ kind: 'reused', ratePerSecond: 40, connections: 20 }] }),
    startLoad({ address: ways[1].address, clients: [{ kind: 'http2', ratePerSecond: 20, connections: 4 }] }),
  ];
  const exits = watchExits(name, cluster);
  try {
    const result = await rollOf(variant, name, address, cluster);
    const records = await Promise.all(loads.map((load) => load.stop()));
    const { clients } = tally(records.flatMap(({ outcomes }) => outcomes), result.window);
    return {
      variant,
      clients: { ...result.inside.clients, ...clients },
      endSeconds: endSecondsOf(result),
      graceSeconds: result.pods[0].graceSeconds!,
      exitCodes: [...exits.codes.values()],
      unsent: records.reduce((sum, { unsent }) => sum + unsent, result.client.unsent),
      latestMs: Math.max(result.client.latestMs, ...records.map(({ latestMs }) => latestMs)),
    };
  } finally {
    await Promise.all([exits.stop(), ...loads.map((load) => load.stop())]);
    for (const way of ways) way.close();
  }
}

interface EndingPod {
  readonly metadata: { readonly uid: string };
  readonly status?: {
    readonly containerStatuses?: readonly { readonly state?: { readonly terminated?: { readonly exitCode: number } } }[];
  };
}

/** Follows the exit code of each pod that ends, by uid. */
function watchExits(name: string, { namespace }: TestNamespace) {
  const codes = new Map<string, number>();
  const watch = startWatch<EndingPod>({ namespace }, { kind: 'pods', selector: `app=${name}` }, ({ object: { metadata, status } }) => {
    const code = status?.containerStatuses?.[0]?.state?.terminated?.exitCode;
    if (code !== undefined) codes.set(metadata.uid, code);
  });
  return { codes, stop: watch.stop };
}

/** nginx itself has no streams: what it passes on is told by the application behind it. */
function rollOf({ language }: Variant, deployment: string, address: string, { namespace }: TestNamespace): Promise<RollResult> {
  return roll({
    namespace,
    deployment,
    load: {
      address,
      clients: [
        { kind: 'new', ratePerSecond: 20 },
        { kind: 'slow', ratePerSecond: 3, requestMs: SLOW_MS },
        ...language === 'nginx' ? [] : [{ kind: 'stream', connections: 4 } as const],
      ],
    },
  });
}

function endSecondsOf({ pods }: RollResult): number {
  const ended = pods.filter(({ goneAtMs }) => goneAtMs);
  const ends = ended.map(({ deletedAtMs, exitedAtMs, goneAtMs }) => (exitedAtMs ?? goneAtMs)! - deletedAtMs!);
  return Math.max(...ends) / 1000;
}

/** A line of figures. */
export function rowOf({ variant, clients, endSeconds, graceSeconds, exitCodes, unsent, latestMs }: Cost): string {
  const counts = Object.entries(clients)
    .map(([kind, { sent, lost, lostBy }]) => `${kind} ${lost} of ${sent}${lost ? ` ${JSON.stringify(lostBy)}` : ''}`);
  return [nameOf(variant), ...counts, `gone after ${endSeconds.toFixed(1)} of ${graceSeconds} s: ${exitCodes}`, `at most ${latestMs.toFixed(0)} ms late`, ...unsent ? [`unsent ${unsent}`] : []].join(' | ');
}
