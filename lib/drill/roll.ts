import { setTimeout as sleep } from 'node:timers/promises';
import { deploymentSelector } from './deployment-selector';
import { DrillError } from './drill-error';
import { kubectl, KubectlOptions } from './kubectl';
import { LoadOptions, LoadRecord, startLoad } from './load';
import { nowMs } from './now-ms';
import type { Window } from './outcome';
import type { PodLife } from './pod-lives';
import { Tally, tally } from './tally';
import { PodWatch, watchPods } from './watch-pods';

/** Which Deployment is rolled, under which load. */
export interface RollOptions extends KubectlOptions {
  readonly deployment: string;
  /** `maxSeconds` is set by the roll. */
  readonly load: Omit<LoadOptions, 'maxSeconds'>;
  /** The roll is given up after so long: until every old pod is gone, 1 to 7,000. @default 600 */
  readonly timeoutSeconds?: number;
  /** How long the load runs before the roll, and after the last old pod is gone, 0 to 60. @default 3 */
  readonly quietSeconds?: number;
}

/** What a roll did, and what the clients lost by it; plain data. */
export interface RollResult {
  /** From the first deletion to the last old pod gone. */
  readonly window: Window;
  /** What was under way in the window. */
  readonly inside: Tally;
  /** Everything that was sent, the quiet time before and after it included. */
  readonly whole: Tally;
  /** Of the client itself: what it could not send, and the longest delay. */
  readonly client: Pick<LoadRecord, 'unsent' | 'latestMs'>;
  /** From the restart until `kubectl rollout status` was content. */
  readonly rolledOutSeconds: number;
  /** From the restart until the last old pod was gone. */
  readonly lastGoneSeconds: number;
  /** Every pod of the Deployment, old and new, by first sight. */
  readonly pods: readonly PodLife[];
}

/**
 * Restarts a Deployment while clients use it, and counts what they lost between the first deletion and the last old pod gone.
 *
 * The cluster is left as the restart leaves it. A deletion counts from the moment the watch told of it.
 *
 * @throws {InvalidInputError} If the load is outside its bounds.
 * @throws {KubectlError} If a command fails.
 * @throws {DrillError} If the Deployment has no pods, or the roll takes longer than `timeoutSeconds`.
 */
export async function roll(options: RollOptions): Promise<RollResult> {
  const { timeoutSeconds = 600, quietSeconds = 3 } = options;
  const selector = await deploymentSelector(options, options.deployment);
  const load = startLoad({ ...options.load, maxSeconds: timeoutSeconds + 2 * quietSeconds + 60 });
  const pods = watchPods(options, selector);
  try {
    await sleep(quietSeconds * 1000);
    const times = await Promise.race([restart(options, pods), rejectionOf(pods.ended)]);
    await sleep(quietSeconds * 1000);
    const { outcomes, ...client } = await load.stop();
    const { restartedAtMs, rolledOutAtMs, window } = times;
    return {
      window,
      inside: tally(outcomes, window),
      whole: tally(outcomes),
      client,
      rolledOutSeconds: (rolledOutAtMs - restartedAtMs) / 1000,
      lastGoneSeconds: (window.toMs - restartedAtMs) / 1000,
      pods: pods.lives(),
    };
  } finally {
    await Promise.allSettled([load.stop(), pods.stop()]);
  }
}

interface RollTimes {
  readonly restartedAtMs: number;
  readonly rolledOutAtMs: number;
  readonly window: Window;
}

async function restart(options: RollOptions, pods: PodWatch): Promise<RollTimes> {
  const { deployment, timeoutSeconds = 600 } = options;
  const old = new Set(pods.lives().filter((pod) => !pod.deletedAtMs).map((pod) => pod.uid));
  if (old.size === 0) throw new DrillError(`Cannot roll ${deployment} as it must have pods: the watch saw none`);
  const restartedAtMs = nowMs();
  await kubectl(options, ['rollout', 'restart', `deployment/${deployment}`]);
  await kubectl(options, ['rollout', 'status', `deployment/${deployment}`, `--timeout=${timeoutSeconds}s`]);
  const rolledOutAtMs = nowMs();
  const left = () => pods.lives().filter((pod) => old.has(pod.uid) && !pod.goneAtMs);
  while (left().length > 0) {
    if (nowMs() > restartedAtMs + timeoutSeconds * 1000) {
      throw new DrillError(`Cannot end the roll of ${deployment} as ${left().length} of its old pods are still there after ${timeoutSeconds} s`);
    }
    await sleep(100);
  }
  const gone = pods.lives().filter((pod) => old.has(pod.uid));
  const window = { fromMs: Math.min(...gone.map((pod) => pod.deletedAtMs!)), toMs: Math.max(...gone.map((pod) => pod.goneAtMs!)) };
  return { restartedAtMs, rolledOutAtMs, window };
}

/** Never resolves; rejects when the promise does. */
function rejectionOf(promise: Promise<void>): Promise<never> {
  return new Promise((_, reject) => promise.catch(reject));
}
