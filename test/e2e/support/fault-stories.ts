import { setTimeout as sleep } from 'node:timers/promises';
import type { DrillReport } from '../../../lib/report';
import { eventually } from './cluster';
import type { Command, Ended, Running } from './command';
import { httpRoute, withHttpRoutes } from './gateway';
import { createStand, drillOf, QUICK, Stand } from './stand';
import type { Manifest } from './web';

/** What the stories of a file share. */
export interface Stage {
  readonly command: Command;
  /** Where each stand is kept, to be removed. */
  readonly stands: Stand[];
}

/** Pods that end and start as fast as they can: what is lost by it is of no interest. */
export const HASTY = { replicas: 2, env: { WARM_UP_SECONDS: '0' }, graceSeconds: 5 };
const LOAD = ['--new', '20', '--reused', '20', '--slow', '2', '--stream', '3'];

/** A drill and its report. */
export interface Found extends Ended {
  readonly report: DrillReport;
}

/** Brings a web application up, and sees to it that it is removed. */
export async function standOf({ stands }: Stage, ...args: Parameters<typeof createStand>): Promise<Stand> {
  const stand = await createStand(...args);
  stands.push(stand);
  return stand;
}

async function drilled({ command }: Stage, stand: Stand, ...flags: readonly string[]): Promise<Found> {
  const file = `${stand.cluster.namespace}.json`;
  const ended = await drillOf(command, stand, ...LOAD, '--json', file, ...flags).ended;
  console.log(`${stand.cluster.namespace} ended with ${ended.code}\n${ended.out}${ended.err}`);
  return { ...ended, report: command.report(file) };
}

/** Does to the live objects what a report says, and no more. */
async function follow({ cluster }: Stand, { advice }: DrillReport): Promise<void> {
  for (const { field, to } of advice) {
    const [, annotation] = /^Service\/web (\S+)$/.exec(field) ?? [];
    if (annotation) await cluster.run('annotate', 'service', 'web', `${annotation}=${to}`, '--overwrite');
  }
  const valueOf = (wanted: string) => advice.find(({ field }) => field === wanted)?.to;
  const patch = [
    { op: 'replace', path: '/spec/template/spec/terminationGracePeriodSeconds', value: valueOf('terminationGracePeriodSeconds') },
    { op: 'replace', path: '/spec/template/spec/containers/0/lifecycle/preStop/sleep/seconds', value: valueOf('preStop') },
  ].filter(({ value }) => value !== undefined);
  await cluster.run('patch', 'deployment', 'web', '--type=json', '--patch', JSON.stringify(patch));
  await cluster.restart('web'); // the pods that are drilled next must have it
}

/** What an author tells of the application: what is assumed of every one, in so many words, so that there is a plan to be held against. */
const TOLD = ['--options', JSON.stringify({ longestRequestSeconds: 30, closeNoticeSeconds: 10 })];

/** A drill, and another one once its advice was followed. */
export interface Wrong {
  readonly before: Found;
  readonly after: Found;
}

/** preStop ends before the load balancer has followed, the grace is Kubernetes' own, and the load balancer cuts what it removes. */
export async function tooShort(stage: Stage): Promise<Wrong> {
  const stand = await standOf(stage, 'drill-short', { ...QUICK, preStopSeconds: 2, graceSeconds: 30, drainSeconds: undefined, env: {} });
  const before = await drilled(stage, stand, ...TOLD);
  await stand.cluster.run('set', 'env', 'deployment/web', 'LAME_DUCK_SECONDS=10'); // what the application must do is no setting
  await follow(stand, before.report);
  return { before, after: await drilled(stage, stand, ...TOLD) };
}

/** preStop is as a plan says that was told too short a delay. */
export async function toldWrong(stage: Stage): Promise<Found> {
  const options = { traffic: [{ service: 'web', delaySeconds: 0 }] };
  return drilled(stage, await standOf(stage, 'drill-told', { ...QUICK, preStopSeconds: 2, env: {} }), '--options', JSON.stringify(options));
}

/** The load balancer lets go of a pod long before its preStop is over. */
export async function cutEarly(stage: Stage): Promise<Found> {
  const stand = await standOf(stage, 'drill-early', { ...QUICK, preStopSeconds: 15, graceSeconds: 50, drainSeconds: undefined });
  return drilled(stage, stand, ...TOLD);
}

/** A drill that was interrupted. */
export interface Interrupted extends Ended {
  /** What stood in the way of `what` before, in the midst of it, and afterwards. */
  readonly states: readonly [before: string, midst: string, after: string];
}

/** Interrupts a drill once it has changed something. */
async function interrupted(
  stand: Stand, start: () => Running, stop: (running: Running) => void, ...state: Parameters<Stand['field']>
): Promise<Interrupted> {
  await stand.cluster.rolledOut('web');
  const before = await stand.field(...state);
  const running = start();
  const changed = eventually('the drill to change something', async () => {
    const now = await stand.field(...state);
    return now === before ? undefined : now;
  });
  const tooSoon = running.ended.then(({ code }) => Promise.reject(new Error(`The drill ended with ${code} before it changed anything: ${running.said()}`)));
  const midst = await Promise.race([changed, tooSoon]);
  await sleep(1000);
  stop(running);
  const ended = await running.ended;
  return { ...ended, states: [before, midst, await stand.field(...state)] };
}

/**
 * Interrupts one drill of each kind that has something to put back, by a signal, and by Ctrl-C in a terminal.
 *
 * @param otherDrain A node that is cordoned already is not drained: this is waited for.
 */
export async function interrupts(stage: Stage, otherDrain: Promise<unknown>): Promise<Record<string, Interrupted>> {
  const stand = await standOf(stage, 'drill-interrupt', HASTY);
  const { command } = stage;
  const drill = (...flags: readonly string[]) => () => drillOf(command, stand, ...flags);
  const kill = (signal: NodeJS.Signals) => ({ child }: Running) => void child.kill(signal);
  const template = '.spec.template';
  return {
    'roll': await interrupted(stand, drill(), kill('SIGINT'), template),
    'two-rolls': await interrupted(stand, drill('--action', 'two-rolls'), kill('SIGTERM'), template),
    'never-ready': await interrupted(stand, drill('--action', 'never-ready'), kill('SIGINT'), template),
    'scale-in': await interrupted(stand, drill('--action', 'scale-in', '--quiet', '10'), kill('SIGINT'), '.spec.replicas'),
    'drain-node': await otherDrain.catch(() => {}).then(() => interruptedDrain(stand, command)),
    'Ctrl-C': await interrupted(stand, () => {
      const running = command.startInTerminal('drill', ...stand.where);
      void eventually('the question', async () => running.said().includes('Type yes: ') || undefined).then(() => running.child.stdin!.write('yes\r'));
      return running;
    }, ({ child }) => child.stdin!.write('\u0003'), template),
  };
}

/** The node is chosen now: what was interrupted before may have moved the pods. */
async function interruptedDrain(stand: Stand, command: Command): Promise<Interrupted> {
  await stand.cluster.rolledOut('web');
  const standing = await stand.cluster.json<{ items: { metadata: { deletionTimestamp?: string }; spec: { nodeName: string } }[] }>('get', 'pods');
  const { nodeName: node } = standing.items.find(({ metadata }) => !metadata.deletionTimestamp)!.spec;
  const start = () => drillOf(command, stand, '--action', 'drain-node', '--node', node, '--quiet', '10');
  return interrupted(stand, start, ({ child }) => void child.kill('SIGINT'), '.spec.unschedulable', `node/${node}`);
}

const HPA: Manifest = {
  apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' },
  spec: { scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 2 },
};
const INSIDE: Manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'inside' }, spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }] } };

/** A Deployment that is scaled, and that a gateway leads to: without a word on the gateway, and with one. */
export async function besideOthers(stage: Stage): Promise<{ readonly untold: Found; readonly told: Found }> {
  const remove = await withHttpRoutes();
  try {
    const stand = await standOf(stage, 'drill-beside', HASTY, HPA, INSIDE, httpRoute('inside'));
    const untold = await drilled(stage, stand);
    return { untold, told: await drilled(stage, stand, '--options', JSON.stringify({ traffic: [{ service: 'inside', delaySeconds: 10 }] })) };
  } finally {
    await remove();
  }
}

/** A person who is asked. */
export async function asked({ command }: Stage, stand: Stand, answer: string): Promise<Ended & { readonly said: string }> {
  const running = command.startInTerminal('drill', ...stand.where, '--new', '10');
  await eventually('the question', async () => running.said().includes('Type yes: ') || undefined);
  running.child.stdin!.write(`${answer}\r`);
  const ended = await running.ended;
  return { ...ended, said: running.said() };
}
