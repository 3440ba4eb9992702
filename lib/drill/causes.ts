import { becauseOf, LossReason } from './because-of';
import type { ClusterChange } from './cluster-change';
import { lossesWithPods } from './losses-with-pods';
import type { LossCause, Outcome } from './outcome';
import type { PodLife } from './pod-lives';

const SAME_GROUP_MS = 1000; // ours: losses closer together than this have one story
const MEANWHILE_MS = 1000; // ours: what happened so shortly before the first loss stands beside it
const MOST_MEANWHILE = 4;
const MOST_CHARACTERS = 120; // ours: a line of a report

/** What is known of the cluster while something was lost. */
export interface LossContext {
  readonly pods: readonly PodLife[];
  readonly changes: readonly ClusterChange[];
  /** Seconds count from here: Unix time in milliseconds. */
  readonly zeroMs: number;
  /** For how long after a change of a pod losses may be laid to it, in milliseconds. @default 30,000 */
  readonly recentMs?: number;
  /** What stands between clients and pods. @default 'the load balancer' */
  readonly wayIn?: string;
}

/** Losses that have one story; plain data. */
export interface LossGroup {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly count: number;
  readonly loss: LossCause;
  /** Names of the clients that lost. */
  readonly clients: readonly string[];
  /** The pod in question. @default - none can be told */
  readonly pod?: string;
  /** False where no connection said which pod it led to: that of a neighbour, or the pod that changed last, is suspected. */
  readonly certain: boolean;
  readonly reason: LossReason;
  /** `7 resets at 12.3 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 9 s left`. */
  readonly text: string;
  /** What happened in the second before, to the pod in question where there is one; as people read it. */
  readonly meanwhile: readonly string[];
}

interface Open {
  readonly members: Outcome[];
  readonly pod?: PodLife;
  readonly certain: boolean;
  readonly reason: LossReason;
  readonly because: string;
}

/**
 * Lays each loss beside what happened in the cluster then: losses of one kind, one pod and one reason that follow each other within a
 * second make one group; what is certain stands apart from what is not.
 *
 * @param outcomes In any order; what was answered is left out.
 */
export function causesOf(outcomes: readonly Outcome[], context: LossContext): LossGroup[] {
  const losses = lossesWithPods([...outcomes].sort((a, b) => lostAtMs(a) - lostAtMs(b)), context.pods);
  const open = new Map<string, Open>();
  const groups: Open[] = [];
  for (const outcome of losses) {
    const { pod, certain, reason, because } = becauseOf(outcome, lostAtMs(outcome), context);
    const key = [outcome.loss, pod?.uid, reason, certain].join(' ');
    const group = open.get(key);
    const last = group?.members[group.members.length - 1];
    if (group && last && lostAtMs(outcome) - lostAtMs(last) <= SAME_GROUP_MS) {
      group.members.push(outcome);
      continue;
    }
    const fresh: Open = { members: [outcome], pod, certain, reason, because };
    open.set(key, fresh);
    groups.push(fresh);
  }
  return groups.map((group) => told(group, context));
}

/** When the client could first have noticed: a request that timed out was lost when it was sent, a stream that did when it fell silent. */
export function lostAtMs({ loss, sentAtMs, endedAtMs, silentSinceMs }: Outcome): number {
  return loss === 'timed-out' ? silentSinceMs ?? sentAtMs : endedAtMs;
}

function told({ members, pod, certain, reason, because }: Open, { changes, zeroMs }: LossContext): LossGroup {
  const fromMs = lostAtMs(members[0]);
  const fromSeconds = seconds(fromMs - zeroMs);
  const toSeconds = seconds(lostAtMs(members[members.length - 1]) - zeroMs);
  const loss = members[0].loss!;
  const when = toSeconds - fromSeconds < 0.1 ? `at ${fromSeconds} s` : `from ${fromSeconds} to ${toSeconds} s`;
  const meanwhile = changes.filter((change) =>
    change.atMs <= fromMs && change.atMs >= fromMs - MEANWHILE_MS && (!pod || change.pod === undefined || change.pod === pod.name));
  return {
    fromSeconds,
    toSeconds,
    count: members.length,
    loss,
    clients: [...new Set(members.map(({ client }) => client))],
    ...(pod && { pod: pod.name }),
    certain,
    reason,
    text: `${members.length} ${WORDS[loss][members.length === 1 ? 0 : 1]} ${when}: ${because}`,
    meanwhile: meanwhile.slice(-MOST_MEANWHILE).map(({ atMs, text }) => `${seconds(atMs - zeroMs)} s ${text.slice(0, MOST_CHARACTERS)}`),
  };
}

const WORDS: Readonly<Record<LossCause, readonly [string, string]>> = {
  'refused': ['refused connection', 'refused connections'],
  'reset': ['reset', 'resets'],
  'ended': ['connection ended', 'connections ended'],
  'timed-out': ['timeout', 'timeouts'],
  'status': ['error status', 'error statuses'],
  'malformed': ['answer that is not HTTP', 'answers that are not HTTP'],
};

function seconds(ms: number): number {
  return Math.round(ms / 100) / 10;
}
