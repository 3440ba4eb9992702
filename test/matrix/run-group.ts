import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ClientOptions, drill, DrillRecord, kubectl, reportOf, tally, Window } from 'kube-graceful/drill';
import { createNamespace, TestNamespace } from '../e2e/support/cluster';
import type { Canary } from './canary';
import { Action, applies, Group, ratePerSecondOf, standsOf, Way } from './cells';
import { manifestsOf } from './manifests';
import { onFreeNode } from './on-free-node';
import type { Room } from './room';
import { Counts, Kind, KINDS, Run } from './runs';
import { Share, shareOut, Wanted } from './share';

/** A cell that is on the cluster, ready to be drilled. */
interface Standing {
  readonly way: Way;
  readonly cluster: TestNamespace;
  readonly address: string;
  /** What starts its clients. */
  readonly loadFrom: readonly string[];
}

/** What is still to be measured, and whom to tell. */
export interface GroupRun extends Wanted {
  /** Where its stands find room. */
  readonly room: Room;
  /** While it is slow nothing counts. @default - only the clients' own lateness is looked at */
  readonly canary?: Canary;
  readonly onRun: (run: Run) => void;
  readonly onFailure: (way: Way, action: Action, error: Error) => void;
}

const LONGEST_FIRST: readonly Way[] = ['local', 'eni', 'local-one', 'cluster', 'in-cluster'];

/** What starts clients in a process of their own, here or in the pod that has the library at its root. */
export const LOAD_HERE = [process.execPath, '-e', serve(join(__dirname, '..', '..', 'dist', 'drill'))];

function serve(folder: string): string {
  return `require(${JSON.stringify(folder)}).serveLoad(process.stdin, process.stdout)`;
}

const READY_WITHIN_SECONDS = 300; // the second article's pods take a minute each

/**
 * Brings the cells of a group up, on all its stands side by side as far as there is room, and plays its actions on each, one after the
 * other. Each stand begins with another action, so that what is much work at once on one is waiting on the others.
 */
export async function runGroup(group: Group, options: GroupRun): Promise<void> {
  const ways = LONGEST_FIRST.filter((way) => group.ways.includes(way) && group.actions.some((action) => options.isWanted(way, action)));
  const stands = ways.flatMap((way) => Array.from({ length: standsOf(group, way) }, (_, stand) => ({ way, stand })))
    .sort((one, other) => one.stand - other.stand);
  const share = shareOut(group, options);
  await Promise.all(stands.map(async ({ way, stand }) => {
    const actions = [...group.actions.slice(stand), ...group.actions.slice(0, stand)].filter((action) => applies(way, action));
    await options.room.run(() => runCell({ ...group, actions }, way, share, options));
  }));
}

async function runCell(group: Group, way: Way, share: Share, options: GroupRun): Promise<void> {
  try {
    const cell = await bringUp(group, way);
    await play(cell, group, share, options).finally(() => cell.cluster.remove());
  } catch (error) {
    for (const action of group.actions) options.onFailure(way, action, error as Error);
  }
}

/** All actions, turn by turn, until nothing lacks that no other stand sees to. */
async function play(cell: Standing, group: Group, share: Share, options: GroupRun): Promise<void> {
  let passedOver = 0;
  for (let turn = 0; passedOver < group.actions.length; turn += 1) {
    const action = group.actions[turn % group.actions.length];
    passedOver += 1;
    if (!share.begin(cell.way, action)) continue;
    passedOver = 0;
    let isDone = false;
    try {
      isDone = await playOne(cell, group, action, options);
    } finally {
      share.end(cell.way, action, !isDone);
    }
  }
}

/** Whether it could be measured. */
async function playOne(cell: Standing, group: Group, kind: Action, { soFar, onRun, onFailure, canary }: GroupRun): Promise<boolean> {
  const { way, cluster } = cell;
  const measure = async (node?: string) => {
    const ratePerSecond = ratePerSecondOf(group, way, kind, soFar?.(way, kind));
    const run = await drillCell(group, cell, { kind, ratePerSecond, ...(node && { node }) }, canary)
      .catch((error: Error) => onFailure(way, kind, error));
    if (run) onRun(run);
    return run !== undefined;
  };
  await settle(group, cluster);
  return kind === 'drain-node' ? onFreeNode(cluster, measure) : measure();
}

async function bringUp(group: Group, way: Way): Promise<Standing> {
  const cluster = await createNamespace(`matrix-${group.subject}-${way}`);
  try {
    return await bringUpIn(cluster, group, way);
  } catch (error) {
    await cluster.remove();
    throw error;
  }
}

async function bringUpIn(cluster: TestNamespace, group: Group, way: Way): Promise<Standing> {
  await cluster.apply(...manifestsOf(group.subject, way, group.setting) as never[]);
  await cluster.rolledOut('web', READY_WITHIN_SECONDS);
  // Clients in a process of their own: that of the drills is busy at times.
  if (way !== 'in-cluster') return { way, cluster, address: await cluster.addressOf('web'), loadFrom: LOAD_HERE };
  await cluster.apply({
    apiVersion: 'v1', kind: 'Pod', metadata: { name: 'client' },
    spec: { terminationGracePeriodSeconds: 0, containers: [{ name: 'client', image: 'lab/load:1', imagePullPolicy: 'Never', command: ['sleep', '86400'] }] },
  });
  await cluster.run('wait', '--for=condition=Ready', 'pod/client', '--timeout=60s');
  const { spec } = await cluster.json<{ spec: { clusterIP: string } }>('get', 'service', 'web');
  return {
    way, cluster, address: `http://${spec.clusterIP}`,
    // Over SPDY: a WebSocket of kubectl gives up when one ping is late, as it may be on a busy machine.
    loadFrom: [
      'env', 'KUBECTL_REMOTE_COMMAND_WEBSOCKETS=false', 'kubectl', '--namespace', cluster.namespace, 'exec', '--stdin', 'client', '--', 'node', '-e', serve('/kube-graceful/drill'),
    ],
  };
}

/** All replicas are there, and the load balancers know: two updates, and the health checks of what is new. */
async function settle({ setting }: Group, cluster: TestNamespace): Promise<void> {
  await cluster.rolledOut('web', READY_WITHIN_SECONDS);
  await sleep((2 * setting.lagSeconds + 7) * 1000);
}

const STREAMS = 5;

/** ours: clients wait 10 s, so whoever is late by a fifth of it measures the machine, whether or not anything was lost. */
const LATE_MS = 2000;
/** ours: half of what a readiness probe waits by default, as pods fail theirs without a reason where an undisturbed pod takes longer. */
const CANARY_MS = 500;

function clientsOf(ratePerSecond: number): readonly ClientOptions[] {
  return [
    { kind: 'new', ratePerSecond },
    { kind: 'reused', ratePerSecond, connections: 10 },
    { kind: 'reused', name: 'idle', ratePerSecond: 1, idleSeconds: 5 },
    { kind: 'http2', ratePerSecond, connections: 4 },
    { kind: 'slow', ratePerSecond: 2 },
    { kind: 'stream', connections: STREAMS },
    { kind: 'websocket', connections: STREAMS },
  ];
}

const KIND_OF: Readonly<Record<string, Kind>> = {
  new: 'new', reused: 'reused', idle: 'reused', http2: 'http2', slow: 'slow', stream: 'streams', websocket: 'streams',
};

type Done = { readonly kind: Action; readonly node?: string; readonly ratePerSecond: number };

async function drillCell(
  group: Group, { way, cluster, address, loadFrom }: Standing, action: Done, canary: Canary | undefined,
): Promise<Run> {
  const { ratePerSecond, ...played } = action;
  const load = { address, clients: clientsOf(ratePerSecond) };
  const { namespace } = cluster;
  const record = await drill({ namespace, deployment: 'web', action: played, load, timeoutSeconds: 1200, loadFrom });
  const report = reportOf(record, { wayIn: way === 'in-cluster' ? 'kube-proxy' : 'the load balancer' });
  const { unsent, latestMs } = record.client;
  const { sent, lost, load: { fromSeconds, toSeconds } } = report;
  const tooBusy = (why: string) => new Error(`The machine is too busy to measure: ${why}; ${lost} of ${sent} were lost`);
  if (unsent > 0 || latestMs > LATE_MS) throw tooBusy(`the clients could not send ${unsent}, and sent ${Math.round(latestMs)} ms late`);
  const canaryMs = canary?.slowestMs({ fromMs: record.actedAtMs + fromSeconds * 1000, toMs: record.actedAtMs + toSeconds * 1000 }) ?? 0;
  if (canaryMs > CANARY_MS) throw tooBusy(`a pod that nothing happened to took ${Math.round(canaryMs)} ms to answer`);
  if (group.subject === 'ours') checkUndisturbed(record, tooBusy);
  const clients = countsOf(record.outcomes, record.window);
  // Where every other node is being drained a new pod waits for one, and ends before it began.
  if (KINDS.some((kind) => !clients[kind])) throw new Error(`It ended nothing that clients could have noticed: ${record.undone.join(', ')}`);
  const delay = report.figures.find(({ what }) => what === 'until the last new connection')?.measured;
  return {
    setting: group.setting.id, subject: group.subject, way, action: action.kind, at: report.actedAt,
    windowSeconds: Math.round((record.window.toMs - record.window.fromMs) / 100) / 10,
    clients,
    whole: { sent, lost },
    latestMs: Math.round(latestMs),
    ...(canary && { canaryMs: Math.round(canaryMs) }),
    ...(delay !== undefined && { delaySeconds: delay }),
    ...(lost > 0 && { because: report.causes.slice(0, 5).map(({ text }) => text) }),
  };
}

/** Of ours nothing is lost, and no pod is unready, before anything is done to it: else the machine had no time for what is measured. */
function checkUndisturbed({ outcomes, pods, actedAtMs }: DrillRecord, tooBusy: (why: string) => Error): void {
  const early = outcomes.filter(({ loss, endedAtMs }) => loss && endedAtMs < actedAtMs).length;
  if (early > 0) throw tooBusy(`${early} were lost before anything was done`);
  const unready = pods.filter(({ unreadyAtMs }) => unreadyAtMs !== undefined).map(({ name }) => name);
  if (unready.length > 0) throw tooBusy(`${unready.join(', ')} failed a probe before anything was done to it`);
}

function countsOf(outcomes: Parameters<typeof tally>[0], window: Window): Record<Kind, Counts> {
  const counts: Partial<Record<Kind, { sent: number; lost: number; lostBy?: Record<string, number> }>> = {};
  for (const [name, { sent, lost, lostBy }] of Object.entries(tally(outcomes, window).clients)) {
    const sum = counts[KIND_OF[name]] ??= { sent: 0, lost: 0 };
    sum.sent += sent;
    sum.lost += lost;
    for (const [cause, count] of Object.entries(lostBy)) (sum.lostBy ??= {})[cause] = (sum.lostBy[cause] ?? 0) + count;
  }
  return counts as Record<Kind, Counts>;
}

/** What the cluster runs on, and the commit of what is measured. */
export async function versionsOf(): Promise<Record<string, string>> {
  const { serverVersion } = JSON.parse(await kubectl({}, ['version', '-o', 'json'])) as { serverVersion: { gitVersion: string } };
  const { items } = JSON.parse(await kubectl({}, ['get', 'nodes', '-o', 'json'])) as {
    items: { status: { nodeInfo: { containerRuntimeVersion: string; kernelVersion: string } } }[];
  };
  const { containerRuntimeVersion, kernelVersion } = items[0].status.nodeInfo;
  const git = (...args: string[]) => execFileSync('git', args, { cwd: __dirname, encoding: 'utf8' }).trim();
  const changed = git('status', '--porcelain', '--', ':/', ':!/docs'); // docs has what is being written
  const commit = `${git('rev-parse', '--short', 'HEAD')}${changed ? '-dirty' : ''}`;
  return { commit, kubernetes: serverVersion.gitVersion, runtime: containerRuntimeVersion, kernel: kernelVersion, node: process.version };
}
