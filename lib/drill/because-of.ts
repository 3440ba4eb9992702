import type { LossContext } from './causes';
import type { PlacedLoss } from './losses-with-pods';
import type { Outcome } from './outcome';
import { PodLife, sigkillAtMs, sigtermAtMs } from './pod-lives';
import { couldServe } from './recent-ms';
import { cameToNobody, LAG_MS, lastToChange, lastUnready, NEAR_MS, suspect, wasOpen } from './suspect';

/**
 * What a loss is laid to.
 *
 * - `let-go-in-wait`: the way in cut a connection of a pod whose application had not even got SIGTERM
 * - `sigterm`: the application ended its connections when SIGTERM came
 * - `drain-cut`: cut while the pod was draining, by the way in or by the application; or while it was ending, where nobody knows
 *   when SIGTERM came
 * - `sigkill`: the grace period was over
 * - `exited`: the application left with it under way
 * - `not-listening`: still sent to a pod that no longer took connections
 * - `not-ready`: sent to a pod that was not ready yet
 * - `unready`: cut, or sent, when a pod that nobody deleted was ready no more
 * - `error-answer`: an answer with an error status: the pod's own where it says its name, else perhaps that of the way in
 * - `no-pod`: no pod could answer
 * - `unknown`: nothing that was watched explains it
 */
export type LossReason =
  | 'let-go-in-wait' | 'sigterm' | 'drain-cut' | 'sigkill' | 'exited' | 'not-listening' | 'not-ready' | 'unready' | 'error-answer' | 'no-pod'
  | 'unknown';

/** One loss, and what it is laid to. */
export interface Because {
  readonly pod?: PodLife;
  readonly certain: boolean;
  readonly reason: LossReason;
  readonly because: string;
}

/** Lays one loss to a pod and to what was happening to it. */
export function becauseOf(outcome: PlacedLoss, atMs: number, context: LossContext): Because {
  const { pods, changes, recentMs, wayIn = 'the load balancer' } = context;
  const named = podNamedIn(outcome.answeredBy ?? outcome.connectedTo, pods);
  if (outcome.loss === 'status' && !podNamedIn(outcome.answeredBy, pods)) return namelessStatus(outcome, atMs, pods, wayIn, recentMs);
  const certain = named !== undefined && !outcome.guessed;
  const pod = named ?? suspect(outcome, atMs, pods, recentMs);
  const verdict = pod && verdictOn(pod, outcome, atMs, wayIn);
  if (verdict) return { pod, certain, ...verdict };
  const able = pods.filter((each) => couldServe(each, atMs));
  if (able.length === 0) return { certain: true, reason: 'no-pod', because: 'no pod was ready' };
  const unready = lastUnready(changes, named ? [named] : able, atMs, recentMs);
  if (unready) {
    const because = `${wayIn} let go of ${whoIs(unready.pod)}, which had become unready ${apart(atMs, unready.atMs)} before`;
    return { pod: unready.pod, certain, reason: 'unready', because };
  }
  return { certain: true, reason: 'unknown', because: 'nothing that was watched explains it' };
}

/** Who stands between gives error statuses of its own, most of all while pods come and go. */
function namelessStatus({ status }: Outcome, atMs: number, pods: readonly PodLife[], wayIn: string, recentMs?: number): Because {
  const pod = lastToChange(atMs, pods, recentMs);
  const because = `${wayIn}, or a pod that does not say its name, answered with ${status}${pod ? `; ${whoIs(pod)} changed last` : ''}`;
  return { ...(pod && { pod }), certain: false, reason: 'error-answer', because };
}

/** The pod whose name stands in an answer, as a word. */
export function podNamedIn(line: string | undefined, pods: readonly PodLife[]): PodLife | undefined {
  const words = line?.split(/[^A-Za-z0-9.-]+/);
  return words && pods.find(({ name }) => words.includes(name));
}

type Verdict = Pick<Because, 'reason' | 'because'>;

function verdictOn(pod: PodLife, outcome: Outcome, atMs: number, wayIn: string): Verdict | undefined {
  const { readyAtMs, deletedAtMs } = pod;
  const who = whoIs(pod);
  const leftAtMs = pod.exitedAtMs ?? pod.goneAtMs;
  if (deletedAtMs !== undefined && atMs >= deletedAtMs - LAG_MS) {
    return outcome.loss !== 'status' && leftAtMs !== undefined && atMs >= leftAtMs - NEAR_MS
      ? afterExit(pod, who, outcome, atMs, leftAtMs) : whileEnding(pod, who, outcome, atMs, wayIn);
  }
  if (readyAtMs === undefined || atMs < readyAtMs) return { reason: 'not-ready', because: `${who} was sent to before it was ready` };
  if (outcome.loss !== 'status') return undefined;
  return { reason: 'error-answer', because: `${who} answered with ${outcome.status}, ${apart(atMs, readyAtMs)} after it was ready` };
}

function whileEnding(pod: PodLife, who: string, outcome: Outcome, atMs: number, wayIn: string): Verdict {
  const { loss, status } = outcome;
  const deletedFor = `${apart(atMs, pod.deletedAtMs!)} after its deletion`;
  if (loss === 'status') return { reason: 'error-answer', because: `${who} answered with ${status}, ${deletedFor}` };
  const open = isCut(outcome, pod);
  const termAtMs = sigtermAtMs(pod);
  if (termAtMs === undefined) return whileEndingSomehow(who, open, deletedFor, wayIn);
  if (atMs < termAtMs - LAG_MS) {
    const left = `while ${pod.preStopsDiffer ? 'the longest preStop' : 'preStop'} had ${apart(termAtMs, atMs)} left`;
    return open ? { reason: 'let-go-in-wait', because: `${wayIn} let go of ${who} ${left}` }
      : { reason: 'not-listening', because: `${who} took no connection any more ${left}` };
  }
  if (!open) return { reason: 'not-listening', because: `${wayIn} still sent to ${who}, which had got SIGTERM ${apart(atMs, termAtMs)} before` };
  if (atMs > termAtMs + NEAR_MS) {
    return { reason: 'drain-cut', because: `${who} was cut ${apart(atMs, termAtMs)} into its drain, by ${wayIn} or by its application` };
  }
  return { reason: 'sigterm', because: `${who} ended its connections when SIGTERM came, ${heldText(pod)}` };
}

/** Of a pod whose preStop does not tell when SIGTERM came. */
function whileEndingSomehow(who: string, open: boolean, deletedFor: string, wayIn: string): Verdict {
  if (!open) return { reason: 'not-listening', because: `${wayIn} still sent to ${who}, which took no connection any more ${deletedFor}` };
  const unknown = 'as its preStop is no plain wait, nobody can tell whether it had got SIGTERM';
  return { reason: 'drain-cut', because: `${who} was cut ${deletedFor}, by ${wayIn} or by its application: ${unknown}` };
}

/** Whether it was cut, rather than sent to a pod that took no connection any more, as it may be from SIGTERM on. */
function isCut(outcome: Outcome, pod: PodLife): boolean {
  return wasOpen(outcome) && !(cameToNobody(outcome) && outcome.sentAtMs >= (sigtermAtMs(pod) ?? pod.deletedAtMs!));
}

/** How long preStop had held SIGTERM back. */
function heldText({ preStopSeconds, preStopsDiffer, graceSeconds }: PodLife): string {
  if (!preStopSeconds) return 'at once, as it has no preStop wait';
  const cut = graceSeconds !== undefined && preStopSeconds > graceSeconds ? `, which its grace of ${graceSeconds} s cut short` : '';
  return `after ${preStopsDiffer ? 'the longest preStop, ' : 'a preStop '}of ${preStopSeconds} s${cut}`;
}

function afterExit(pod: PodLife, who: string, outcome: Outcome, atMs: number, leftAtMs: number): Verdict {
  const { deletedAtMs, preStopSeconds, graceSeconds } = pod;
  if (!isCut(outcome, pod) || atMs > leftAtMs + NEAR_MS) {
    const since = atMs < leftAtMs ? 'was about to exit' : `had exited ${apart(atMs, leftAtMs)} before`;
    return { reason: 'not-listening', because: `still sent to ${who}, which ${since}` };
  }
  const killAtMs = sigkillAtMs(pod);
  if (killAtMs !== undefined && leftAtMs >= killAtMs - LAG_MS) {
    const usedUp = killAtMs > deletedAtMs! + graceSeconds! * 1000;
    const why = usedUp ? `2 s after SIGTERM, as its preStop of ${preStopSeconds} s had used up its grace of ${graceSeconds} s`
      : `when its grace of ${graceSeconds} s was over`;
    return { reason: 'sigkill', because: `SIGKILL ended ${who} ${why}` };
  }
  const termAtMs = sigtermAtMs(pod);
  const after = termAtMs === undefined ? `${apart(leftAtMs, deletedAtMs!)} after its deletion` : `${apart(leftAtMs, termAtMs)} after SIGTERM`;
  return { reason: 'exited', because: `${who} exited with it under way, ${after}` };
}

function whoIs({ name, address }: PodLife): string {
  return address ? `${name} (${address})` : name;
}

function apart(laterMs: number, earlierMs: number): string {
  return `${Math.max(0, Math.round((laterMs - earlierMs) / 100) / 10)} s`;
}
