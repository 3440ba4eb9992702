import type { LossContext } from './causes';
import type { LossCause, Outcome } from './outcome';
import type { PodLife } from './pod-lives';

/**
 * What a loss is laid to.
 *
 * - `let-go-in-wait`: the way in cut a connection of a pod whose application had not even got SIGTERM
 * - `sigterm`: the application ended its connections when SIGTERM came
 * - `drain-cut`: cut while the pod was draining, by the way in or by the application
 * - `sigkill`: the grace period was over
 * - `exited`: the application left with it under way
 * - `not-listening`: still sent to a pod that no longer took connections
 * - `not-ready`: sent to a pod that was not ready yet
 * - `error-answer`: the pod's own answer
 * - `no-pod`: no pod could answer
 * - `unknown`: nothing that was watched explains it
 */
export type LossReason =
  | 'let-go-in-wait' | 'sigterm' | 'drain-cut' | 'sigkill' | 'exited' | 'not-listening' | 'not-ready' | 'error-answer' | 'no-pod' | 'unknown';

/** One loss, and what it is laid to. */
export interface Because {
  readonly pod?: PodLife;
  readonly certain: boolean;
  readonly reason: LossReason;
  readonly because: string;
}

const NEAR_MS = 1500; // ours: a watch tells of a change within tens of milliseconds, SIGTERM's effect takes a moment more
const RECENT_MS = 30_000; // ours: longer than load balancers take to follow, shorter than most steps of a rollout
const LAG_MS = 300; // ours: a client may feel a change a little before the watch tells of it

/** Lays one loss to a pod and to what was happening to it. */
export function becauseOf(outcome: Outcome, atMs: number, context: LossContext): Because {
  const named = podNamedIn(outcome.answeredBy ?? outcome.connectedTo, context.pods);
  const pod = named ?? suspect(outcome.loss!, atMs, context.pods);
  if (pod) {
    const verdict = verdictOn(pod, outcome, atMs, context.wayIn ?? 'the load balancer');
    if (verdict) return { pod, certain: named !== undefined, ...verdict };
  }
  const able = context.pods.filter(({ readyAtMs, deletedAtMs }) => readyAtMs !== undefined && readyAtMs <= atMs && !(deletedAtMs! <= atMs));
  if (able.length === 0) return { certain: true, reason: 'no-pod', because: 'no pod was ready' };
  return { certain: true, reason: 'unknown', because: 'nothing that was watched explains it' };
}

/** The pod whose name stands in an answer, as a word. */
export function podNamedIn(line: string | undefined, pods: readonly PodLife[]): PodLife | undefined {
  const words = line?.split(/[^A-Za-z0-9.-]+/);
  return words && pods.find(({ name }) => words.includes(name));
}

/** The pod whose life changed last before something was lost, where such a change can lose something. */
function suspect(loss: LossCause, atMs: number, pods: readonly PodLife[]): PodLife | undefined {
  let latest: { readonly pod: PodLife; readonly changedAtMs: number } | undefined;
  for (const pod of pods) {
    for (const changedAtMs of dangersOf(pod, loss)) {
      if (changedAtMs > atMs + LAG_MS || changedAtMs < atMs - RECENT_MS) continue;
      if (!latest || changedAtMs > latest.changedAtMs) latest = { pod, changedAtMs };
    }
  }
  return latest?.pod;
}

/** A connection that exists is in danger from its pod's deletion on; one to be made, once nobody listens, or not yet. */
function dangersOf(pod: PodLife, loss: LossCause): number[] {
  const { firstSeenAtMs, deletedAtMs, exitedAtMs, goneAtMs } = pod;
  const ending = loss === 'reset' || loss === 'ended' ? [deletedAtMs, sigtermAtMs(pod)] : [sigtermAtMs(pod)];
  const starting = loss === 'reset' || loss === 'ended' ? [] : [firstSeenAtMs];
  return [...ending, ...starting, exitedAtMs, goneAtMs].filter((time) => time !== undefined);
}

/** When its application was told to end: deletion + preStop wait. Undefined where the pod was not deleted. */
export function sigtermAtMs({ deletedAtMs, preStopSeconds = 0 }: PodLife): number | undefined {
  return deletedAtMs === undefined ? undefined : deletedAtMs + preStopSeconds * 1000;
}

type Verdict = Pick<Because, 'reason' | 'because'>;

function verdictOn(pod: PodLife, outcome: Outcome, atMs: number, wayIn: string): Verdict | undefined {
  const { readyAtMs, deletedAtMs } = pod;
  const who = pod.address ? `${pod.name} (${pod.address})` : pod.name;
  const leftAtMs = pod.exitedAtMs ?? pod.goneAtMs;
  if (deletedAtMs !== undefined && atMs >= deletedAtMs - LAG_MS) {
    return leftAtMs !== undefined && atMs >= leftAtMs - NEAR_MS
      ? afterExit(pod, who, outcome.loss!, atMs, leftAtMs) : whileEnding(pod, who, outcome, atMs, wayIn);
  }
  if (readyAtMs === undefined || atMs < readyAtMs) return { reason: 'not-ready', because: `${who} was sent to before it was ready` };
  if (outcome.loss !== 'status') return undefined;
  return { reason: 'error-answer', because: `${who} answered with ${outcome.status}, ${apart(atMs, readyAtMs)} after it was ready` };
}

function whileEnding(pod: PodLife, who: string, { loss, status }: Outcome, atMs: number, wayIn: string): Verdict {
  const termAtMs = sigtermAtMs(pod)!;
  const deletedFor = `${apart(atMs, pod.deletedAtMs!)} after its deletion`;
  if (loss === 'status') return { reason: 'error-answer', because: `${who} answered with ${status}, ${deletedFor}` };
  const open = loss === 'reset' || loss === 'ended';
  if (atMs < termAtMs - LAG_MS) {
    const left = `while preStop had ${apart(termAtMs, atMs)} left`;
    return open ? { reason: 'let-go-in-wait', because: `${wayIn} let go of ${who} ${left}` }
      : { reason: 'not-listening', because: `${who} took no connection any more ${left}` };
  }
  if (!open) return { reason: 'not-listening', because: `${wayIn} still sent to ${who}, which had got SIGTERM ${apart(atMs, termAtMs)} before` };
  if (atMs > termAtMs + NEAR_MS) {
    return { reason: 'drain-cut', because: `${who} was cut ${apart(atMs, termAtMs)} into its drain, by ${wayIn} or by its application` };
  }
  const held = pod.preStopSeconds ? `after a preStop of ${pod.preStopSeconds} s` : 'at once, as it has no preStop wait';
  return { reason: 'sigterm', because: `${who} ended its connections when SIGTERM came, ${held}` };
}

function afterExit(pod: PodLife, who: string, loss: LossCause, atMs: number, leftAtMs: number): Verdict {
  const { deletedAtMs, graceSeconds } = pod;
  const open = loss === 'reset' || loss === 'ended';
  if (!open || atMs > leftAtMs + NEAR_MS) {
    return { reason: 'not-listening', because: `still sent to ${who}, which had exited ${apart(Math.max(atMs, leftAtMs), leftAtMs)} before` };
  }
  const livedMs = leftAtMs - deletedAtMs!;
  if (graceSeconds !== undefined && livedMs >= graceSeconds * 1000 - LAG_MS) {
    return { reason: 'sigkill', because: `SIGKILL ended ${who} when its grace of ${graceSeconds} s was over` };
  }
  return { reason: 'exited', because: `${who} exited with it under way, ${apart(leftAtMs, sigtermAtMs(pod)!)} after SIGTERM` };
}

function apart(laterMs: number, earlierMs: number): string {
  return `${Math.max(0, Math.round((laterMs - earlierMs) / 100) / 10)} s`;
}
