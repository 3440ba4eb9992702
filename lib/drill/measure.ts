import type { DrillRecord } from './drill';
import { PodLife, sigtermAtMs } from './pod-lives';
import { realDelaysMs } from './real-delay';
import { recentMsOf } from './recent-ms';

/** What a drill measured of the pods it ended and started; seconds. */
export interface Measured {
  readonly replicas: number;
  /**
   * The real delay: from a pod's deletion to the last new connection that reached it, answered or not.
   * @default - no new connection is known to have reached a pod that was stopping
   */
  readonly delaySeconds?: number;
  /** The shortest preStop wait of the pods that were deleted. @default - nothing was deleted, or a hook is no plain wait */
  readonly waitSeconds?: number;
  /** From SIGTERM to the exit, that of sidecars left out, at worst. @default - nothing was deleted, or nobody knows when SIGTERM came */
  readonly drainSeconds?: number;
  /** The shortest grace period of the pods that were deleted. @default - nothing was deleted */
  readonly graceSeconds?: number;
  /** From deletion to the exit, sidecars included, at worst. @default - nothing was deleted */
  readonly endSeconds?: number;
  /** From creation to ready, at worst. @default - no pod was started */
  readonly startSeconds?: number;
  /** Only of a roll. @default - nothing was rolled */
  readonly rolledOutSeconds?: number;
  /** Only of a roll. @default - nothing was rolled */
  readonly lastGoneSeconds?: number;
}

/**
 * Reads off a record what can be laid beside a plan.
 *
 * @param recentMs For how long after a change of a pod losses may be laid to it. @default - 30 s, or as long as losses went on
 */
export function measure(record: DrillRecord, recentMs = recentMsOf(record.outcomes, record.pods)): Measured {
  const { pods, outcomes, changes, actedAtMs, action, replicas } = record;
  const ended = pods.filter(({ deletedAtMs = 0, goneAtMs }) => deletedAtMs >= actedAtMs && goneAtMs !== undefined);
  const started = pods.filter(({ firstSeenAtMs, readyAtMs }) => firstSeenAtMs >= actedAtMs && readyAtMs !== undefined);
  const told = ended.some(({ preStopUnknown }) => preStopUnknown) ? [] : ended;
  const leftAtMs = ({ exitedAtMs, goneAtMs }: PodLife) => exitedAtMs ?? goneAtMs!;
  const fields: { [K in keyof Measured]: number | undefined } = {
    replicas,
    delaySeconds: most(realDelaysMs(ended, outcomes, { pods, changes, zeroMs: actedAtMs, recentMs }).map((delayMs) => delayMs / 1000)),
    waitSeconds: least(told.map(({ preStopSeconds = 0 }) => preStopSeconds)),
    drainSeconds: most(told.map((pod) => Math.max(0, (pod.containersExitedAtMs ?? leftAtMs(pod)) - sigtermAtMs(pod)!) / 1000)),
    graceSeconds: least(ended.flatMap(({ graceSeconds }) => graceSeconds ?? [])),
    endSeconds: most(ended.map((pod) => (leftAtMs(pod) - pod.deletedAtMs!) / 1000)),
    startSeconds: most(started.map((pod) => (pod.readyAtMs! - pod.firstSeenAtMs) / 1000)),
    ...(action.kind === 'roll' && {
      rolledOutSeconds: tenths((record.rolledOutAtMs - actedAtMs) / 1000),
      lastGoneSeconds: tenths((record.window.toMs - actedAtMs) / 1000),
    }),
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as unknown as Measured;
}

function most(values: readonly number[]): number | undefined {
  return values.length > 0 ? tenths(values.reduce((a, b) => Math.max(a, b))) : undefined;
}

function least(values: readonly number[]): number | undefined {
  return values.length > 0 ? tenths(values.reduce((a, b) => Math.min(a, b))) : undefined;
}

function tenths(seconds: number): number {
  return Math.round(seconds * 10) / 10;
}
