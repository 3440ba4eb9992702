import { setTimeout as sleep } from 'node:timers/promises';
import { DrillError } from './drill-error';
import { kubectl, KubectlOptions } from './kubectl';
import { LoadOptions, LoadRecord, startLoad } from './load';
import { nowMs } from './now-ms';
import type { Window } from './outcome';
import { PodLife, WatchedPod, withPodEvent } from './pod-lives';
import { Tally, tally } from './tally';
import { startWatch } from './watch';

/** Which Deployment is rolled, under which load. */
export interface RollOptions extends KubectlOptions {
  readonly deployment: string;
  readonly load: LoadOptions;
  /** The roll is given up after so long: until every old pod is gone, 1 to 7,200. @default 600 */
  readonly timeoutSeconds?: number;
  /** How long the load runs before the roll, and after the last old pod is gone. @default 3 */
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
 * @throws {KubectlError} If a command fails.
 * @throws {DrillError} If the roll takes longer than `timeoutSeconds`, or nothing was deleted.
 */
export async function roll(options: RollOptions): Promise<RollResult> {
  const { deployment, timeoutSeconds = 600, quietSeconds = 3 } = options;
  const selector = await selectorOf(options);
  const running = startLoad({ ...options.load, maxSeconds: timeoutSeconds + 2 * quietSeconds + 60 });
  const pods = watchPods(options, selector);
  try {
    await sleep(quietSeconds * 1000);
    const old = [...pods.lives().keys()];
    if (old.length === 0) throw new DrillError(`Cannot roll ${deployment} as it must have pods: the watch saw none`);
    const restartedAtMs = nowMs();
    await kubectl(options, ['rollout', 'restart', `deployment/${deployment}`]);
    await Promise.race([pods.ended, kubectl(options, ['rollout', 'status', `deployment/${deployment}`, `--timeout=${timeoutSeconds}s`])]);
    const rolledOutAtMs = nowMs();
    const giveUpAtMs = restartedAtMs + timeoutSeconds * 1000;
    const oldLives = () => old.map((uid) => pods.lives().get(uid)!);
    while (oldLives().some((pod) => !pod.goneAtMs)) {
      if (nowMs() > giveUpAtMs) throw new DrillError(`Cannot end the roll of ${deployment} as old pods are still there after ${timeoutSeconds} s`);
      await Promise.race([pods.ended, sleep(100)]);
    }
    const window = disruptionWindow(oldLives());
    await sleep(quietSeconds * 1000);
    const { outcomes, ...client } = await running.stop();
    return {
      window,
      inside: tally(outcomes, window),
      whole: tally(outcomes),
      client,
      rolledOutSeconds: (rolledOutAtMs - restartedAtMs) / 1000,
      lastGoneSeconds: (window.toMs - restartedAtMs) / 1000,
      pods: [...pods.lives().values()],
    };
  } finally {
    await Promise.all([running.stop(), pods.stop()]);
  }
}

function watchPods(cluster: KubectlOptions, selector: string) {
  let lives: ReadonlyMap<string, PodLife> = new Map();
  const watch = startWatch<WatchedPod>(cluster, { kind: 'pods', selector }, (event) => lives = withPodEvent(lives, event));
  return { ...watch, lives: () => lives };
}

interface WatchedDeployment {
  readonly spec: { readonly selector: { readonly matchLabels?: Readonly<Record<string, string>>; readonly matchExpressions?: unknown } };
}

async function selectorOf(options: RollOptions): Promise<string> {
  const found = JSON.parse(await kubectl(options, ['get', 'deployment', options.deployment, '-o', 'json'])) as WatchedDeployment;
  const { matchLabels = {}, matchExpressions } = found.spec.selector;
  if (matchExpressions) throw new DrillError(`Cannot roll ${options.deployment} as its selector must be matchLabels alone: it has matchExpressions`);
  return Object.entries(matchLabels).map(([key, value]) => `${key}=${value}`).join(',');
}

/** From the first deletion among these pods until the last of them was gone. */
function disruptionWindow(pods: readonly PodLife[]): Window {
  return { fromMs: Math.min(...pods.map((pod) => pod.deletedAtMs!)), toMs: Math.max(...pods.map((pod) => pod.goneAtMs!)) };
}
