import { setTimeout as sleep } from 'node:timers/promises';
import { InvalidInputError } from '../core';
import type { DrillAction } from './actions/action-options';
import { isRolledOut, LiveDeployment } from './actions/live-deployment';
import { play } from './actions/play';
import { Stage } from './actions/stage';
import { drillProblems, lastAnswerSeconds, loadSeconds } from './check-drill';
import type { ClusterChange } from './cluster-change';
import { selectorText } from './selector-text';
import { DrillError } from './drill-error';
import type { KubectlOptions } from './kubectl';
import { kubectlWithin } from './kubectl-within';
import { LoadOptions, LoadRecord, RunningLoad, startLoad } from './load';
import { startLoadFrom } from './load-from';
import { nowMs } from './now-ms';
import type { Outcome, Window } from './outcome';
import type { PodLife } from './pod-lives';
import { startWatch } from './watch';
import { ClusterWatch, watchCluster } from './watch-cluster';

/** Which Deployment is drilled, how, and under which load. */
export interface DrillOptions extends KubectlOptions {
  readonly deployment: string;
  /** @default - it is rolled: a restart */
  readonly action?: DrillAction;
  /** `maxSeconds` is set by the drill. */
  readonly load: Omit<LoadOptions, 'maxSeconds'>;
  /**
   * Program and arguments that run `kube-graceful load` where the clients are to be, such as in a pod: see `startLoadFrom`.
   * @default - the clients run here
   */
  readonly loadFrom?: readonly string[];
  /**
   * The drill is given up after so long, 1 to 7,000: what it waits for is ended, and the cluster is put back, for which each step may take
   * 60 s more. @default 600
   */
  readonly timeoutSeconds?: number;
  /** How long the load runs before the action, and after its last effect, 0 to 60. @default 3 */
  readonly quietSeconds?: number;
  /** Interrupts the drill: the cluster is put back as it was. @default - nobody interrupts it */
  readonly signal?: AbortSignal;
  /** Called about once a second. @default - nobody looks on */
  readonly onProgress?: (progress: DrillProgress) => void;
}

/** How far a drill is. */
export interface DrillProgress {
  /** Seconds since the action began; negative before. */
  readonly atSeconds: number;
  readonly phase: 'before' | 'acting' | 'after';
  readonly sent: number;
  readonly lost: number;
  readonly pods: { readonly starting: number; readonly ready: number; readonly ending: number };
}

/** All that a drill saw; plain data, times in Unix milliseconds. */
export interface DrillRecord {
  readonly deployment: string;
  readonly replicas: number;
  readonly action: DrillAction;
  readonly address: string;
  readonly actedAtMs: number;
  /** When the Deployment was rolled out again. */
  readonly rolledOutAtMs: number;
  /** When nothing of the action was under way any more. */
  readonly settledAtMs: number;
  /** From the first deletion to the last pod gone; from the action to its end where nothing was deleted. */
  readonly window: Window;
  readonly outcomes: readonly Outcome[];
  /** Of the client itself: what it could not send, and the longest delay. */
  readonly client: Pick<LoadRecord, 'unsent' | 'latestMs'>;
  /** How long a client waits for an answer. @default 10 */
  readonly timeoutSeconds?: number;
  /** Every pod of the Deployment, by first sight. */
  readonly pods: readonly PodLife[];
  readonly changes: readonly ClusterChange[];
  /** What was put back afterwards, as people read it. */
  readonly undone: readonly string[];
}

/**
 * Does something to a live Deployment while clients use it, and records what they lost and what the cluster did.
 *
 * What an action takes away (a node, replicas, a version that is never ready) is given back afterwards; when the drill fails or is
 * interrupted, everything that was changed is put back first, apart from a manifest's other objects. A restart or a manifest that went well
 * stays.
 *
 * @throws {InvalidInputError} If the load, or an option, is outside its bounds: one line a problem, all at once.
 * @throws {KubectlError} If a command fails.
 * @throws {DrillError} If the Deployment is not rolled out, a manifest does not move its pods, the drill is interrupted or takes longer
 * than `timeoutSeconds`, or something could not be put back: the message says what.
 */
export async function drill(options: DrillOptions): Promise<DrillRecord> {
  const { timeoutSeconds = 600, quietSeconds = 3 } = options;
  const problems = drillProblems(options);
  if (problems.length > 0) throw new InvalidInputError('start the drill', problems);
  let live = await deploymentOf(options, timeoutSeconds);
  checkReady(live);
  const selector = selectorText(live.spec.selector);
  const load = startLoadOf(options, loadSeconds(options));
  const watch = watchCluster(options, selector, options.deployment);
  const deployments = startWatch<LiveDeployment>(options, { kind: 'deployment', name: options.deployment }, ({ object }) => live = object);
  const failing = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, failing.signal]) : failing.signal;
  const deadlineMs = nowMs() + (quietSeconds + timeoutSeconds) * 1000;
  const stage = new Stage({ cluster: options, selector, deployment: () => live, pods: watch.lives, signal, deadlineMs });
  const played = playOn(stage, options, { load, watch, quietSeconds });
  try {
    return await Promise.race([played, rejectionOf(watch.ended), rejectionOf(deployments.ended), rejectionOf(load.ended ?? NEVER)]);
  } catch (error) {
    failing.abort();
    await played.catch(() => {}); // nothing may be done any more once it is being undone
    const reason = options.signal?.aborted ? new DrillError('The drill was interrupted') : error as Error;
    throw withUndone(reason, await stage.undo(true));
  } finally {
    load.abandon(); // a drill that went well has stopped it; else nobody waits for the last answers
    await Promise.allSettled([load.stop(), watch.stop(), deployments.stop()]);
  }
}

async function deploymentOf(options: DrillOptions, timeoutSeconds: number): Promise<LiveDeployment> {
  try {
    return JSON.parse(await kubectlWithin(timeoutSeconds, options, ['get', 'deployment', options.deployment, '-o', 'json'], options.signal));
  } catch (error) {
    throw options.signal?.aborted ? new DrillError('The drill was interrupted') : error;
  }
}

function startLoadOf({ load, loadFrom }: DrillOptions, maxSeconds: number): RunningLoad {
  return loadFrom ? startLoadFrom(loadFrom, { ...load, maxSeconds }) : startLoad({ ...load, maxSeconds });
}

const NEVER = new Promise<never>(() => {});

interface Playing {
  readonly load: RunningLoad;
  readonly watch: ClusterWatch;
  readonly quietSeconds: number;
}

async function playOn(stage: Stage, options: DrillOptions, { load, watch, quietSeconds }: Playing): Promise<DrillRecord> {
  const { action = { kind: 'roll' } } = options;
  let phase: DrillProgress['phase'] = 'before';
  let actedAtMs = nowMs() + quietSeconds * 1000;
  const lostSoFar = lossCounter(load.outcomes);
  const report = () => options.onProgress?.({
    atSeconds: (nowMs() - actedAtMs) / 1000, phase, sent: load.outcomes.length, lost: lostSoFar(), pods: podsOn(stage),
  });
  const ticking = options.onProgress && setInterval(report, 1000);
  try {
    await stage.until('its pods', () => stage.pods().length > 0);
    await clientsOf(load, options, stage);
    await quiet(quietSeconds, stage.signal);
    phase = 'acting';
    actedAtMs = nowMs();
    await play(action, stage);
    const settledAtMs = nowMs();
    phase = 'after';
    await quiet(quietSeconds, stage.signal);
    const answeredAtMs = nowMs() + lastAnswerSeconds(options.load) * 1000;
    const { outcomes, ...client } = await stage.waitFor('the last answers', load.stop(), answeredAtMs);
    const pods = watch.lives(); // those that come when everything is put back have no part in it
    const { done, failed } = await stage.undo(false);
    if (failed.length > 0) throw new DrillError(`Cannot put everything back: ${failed.join('; ')}`);
    return {
      deployment: options.deployment, replicas: stage.before.spec.replicas, action, address: options.load.address,
      actedAtMs, rolledOutAtMs: stage.rolledOutAtMs ?? settledAtMs, settledAtMs, window: windowOf(pods, actedAtMs, settledAtMs),
      ...(options.load.timeoutSeconds !== undefined && { timeoutSeconds: options.load.timeoutSeconds }),
      outcomes, client, pods, changes: watch.changes(actedAtMs), undone: done,
    };
  } finally {
    clearInterval(ticking);
  }
}

/** What is done while no client runs yet proves nothing. */
async function clientsOf({ started }: RunningLoad, { loadFrom = [] }: DrillOptions, stage: Stage): Promise<void> {
  await stage.waitFor(`the clients that ${loadFrom[0]} runs`, started ?? Promise.resolve());
}

function checkReady(live: LiveDeployment): void {
  const cannot = `Cannot drill Deployment/${live.metadata.name} as it must be`;
  if (live.spec.paused) throw new DrillError(`${cannot} running: it is paused`);
  if (live.spec.replicas === 0) throw new DrillError(`${cannot} of at least one replica: it has none`);
  if (!isRolledOut(live)) throw new DrillError(`${cannot} rolled out before anything is done to it: it is not`);
}

function quiet(seconds: number, signal: AbortSignal): Promise<void> {
  return sleep(seconds * 1000, undefined, { signal }).catch(() => {
    throw new DrillError('The drill was interrupted');
  });
}

/** Counts the losses among outcomes that grow in number, and looks at each but once. */
function lossCounter(outcomes: readonly Outcome[]): () => number {
  let counted = 0;
  let lost = 0;
  return () => {
    for (; counted < outcomes.length; counted++) if (outcomes[counted].loss) lost++;
    return lost;
  };
}

function podsOn(stage: Stage): DrillProgress['pods'] {
  const ready = stage.ready().length;
  const ending = stage.pods().filter(({ deletedAtMs, goneAtMs }) => deletedAtMs !== undefined && goneAtMs === undefined).length;
  return { starting: stage.standing().length - ready, ready, ending };
}

function windowOf(pods: readonly PodLife[], actedAtMs: number, settledAtMs: number): Window {
  const ended = pods.filter(({ deletedAtMs = 0, goneAtMs }) => deletedAtMs >= actedAtMs && goneAtMs !== undefined);
  if (ended.length === 0) return { fromMs: actedAtMs, toMs: settledAtMs };
  return { fromMs: Math.min(...ended.map((pod) => pod.deletedAtMs!)), toMs: Math.max(...ended.map((pod) => pod.goneAtMs!)) };
}

function withUndone(error: Error, { done, failed }: { readonly done: readonly string[]; readonly failed: readonly string[] }): Error {
  if (done.length + failed.length === 0) return error;
  const lines = [error.message, ...done.map((what) => `Put back: ${what}`), ...failed.map((what) => `Could not put back: ${what}`)];
  return new DrillError(lines.join('\n'), { cause: error });
}

/** Never resolves; rejects when the promise does. */
function rejectionOf(promise: Promise<void>): Promise<never> {
  return new Promise((_, reject) => promise.catch(reject));
}
