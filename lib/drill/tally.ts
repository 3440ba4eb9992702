import { longestOutageMs } from './longest-outage';
import type { LossCause, Outcome, Window } from './outcome';

const MOST_VERSIONS = 20; // ours: two rolls have three; where there are more, each answer begins with something of its own, such as a time

/** What one client sent in one second. */
export interface SecondTally {
  /** Whole seconds since `zeroMs`. */
  readonly second: number;
  readonly sent: number;
  readonly lost: number;
  /** Answers (an error status, too) by the version that gave them. @default - nothing was answered */
  readonly byVersion?: Readonly<Record<string, number>>;
  /** @default - nothing was lost */
  readonly lostBy?: Readonly<Partial<Record<LossCause, number>>>;
  /** Losses by the version of `ClientTally.lostByVersion`. @default - nothing was lost */
  readonly lostByVersion?: Readonly<Record<string, number>>;
}

/** How long answers took, in milliseconds: the smallest value that at least 50 % (99 %, all) of the answers did not exceed. */
export interface LatencyTally {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** What became of everything one client sent: `sent = answered + lost`. */
export interface ClientTally {
  readonly sent: number;
  readonly answered: number;
  readonly lost: number;
  /** Of `sent`: how many went over a connection that had carried a request before. */
  readonly onReusedConnections: number;
  readonly lostBy: Readonly<Partial<Record<LossCause, number>>>;
  /**
   * Answers (an error status, too) by the version that gave them: the first word of the body. Empty where there are more than 20 of them,
   * as then it is no version.
   */
  readonly byVersion: Readonly<Record<string, number>>;
  /** Losses by the version that answered, or had answered before on the same connection; `?` where none had. */
  readonly lostByVersion: Readonly<Record<string, number>>;
  /** @default - nothing was answered */
  readonly latencyMs?: LatencyTally;
  readonly longestOutageMs: number;
  /** Ascending; seconds in which nothing was sent are left out. */
  readonly perSecond: readonly SecondTally[];
}

/** What became of a load, or of a part of it; plain data. */
export interface Tally {
  /** @default - everything was counted */
  readonly window?: Window;
  readonly sent: number;
  readonly lost: number;
  /** By the client's name. */
  readonly clients: Readonly<Record<string, ClientTally>>;
}

/**
 * Counts what clients sent, and what they lost.
 *
 * In a window counts what was on its way at any time of it: sent before it and not yet answered, or sent in it and answered later.
 *
 * @param outcomes In any order.
 * @param window @default - everything
 * @param zeroMs From when seconds are counted, Unix time in milliseconds. @default 0
 */
export function tally(outcomes: readonly Outcome[], window?: Window, zeroMs = 0): Tally {
  const counted = outcomes
    .filter((outcome) => !window || (outcome.endedAtMs >= window.fromMs && outcome.sentAtMs <= window.toMs))
    .sort((a, b) => a.sentAtMs - b.sentAtMs);
  const groups = new Map<string, Outcome[]>();
  for (const outcome of counted) {
    const group = groups.get(outcome.client);
    if (group) group.push(outcome);
    else groups.set(outcome.client, [outcome]);
  }
  const clients = Object.fromEntries([...groups].map(([name, group]) => [name, tallyClient(group, zeroMs)]));
  return { ...(window && { window }), sent: counted.length, lost: counted.filter((outcome) => outcome.loss).length, clients };
}

function tallyClient(outcomes: readonly Outcome[], zeroMs: number): ClientTally {
  const versionIn = versionReader(outcomes);
  const losses = outcomes.filter((outcome) => outcome.loss);
  const latencies = outcomes.flatMap((outcome) => outcome.latencyMs ?? []).sort((a, b) => a - b);
  return {
    sent: outcomes.length,
    answered: outcomes.length - losses.length,
    lost: losses.length,
    onReusedConnections: outcomes.filter((outcome) => outcome.reused).length,
    lostBy: countBy(losses, (outcome) => outcome.loss!),
    byVersion: countBy(outcomes, (outcome) => versionIn(outcome.answeredBy)),
    lostByVersion: lostByVersion(losses, versionIn),
    ...(latencies.length > 0 && { latencyMs: latencyTally(latencies) }),
    longestOutageMs: longestOutageMs(outcomes),
    perSecond: perSecond(outcomes, versionIn, zeroMs),
  };
}

type VersionReader = (line: string | undefined) => string | undefined;

/** Reads the version off an answer's first line; off no line, where the first words are too many to be versions. */
function versionReader(outcomes: readonly Outcome[]): VersionReader {
  const firstWord: VersionReader = (line) => line?.split(' ', 1)[0];
  const words = new Set<string | undefined>();
  for (const { answeredBy } of outcomes) {
    if (answeredBy !== undefined) words.add(firstWord(answeredBy));
    if (words.size > MOST_VERSIONS) return () => undefined;
  }
  return firstWord;
}

function lostByVersion(losses: readonly Outcome[], versionIn: VersionReader): Record<string, number> {
  return countBy(losses, ({ answeredBy, connectedTo }) => versionIn(answeredBy ?? connectedTo) ?? '?');
}

/** What has no key is not counted. */
function countBy(outcomes: readonly Outcome[], keyOf: (outcome: Outcome) => string | undefined): Record<string, number> {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) {
    const key = keyOf(outcome);
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return Object.fromEntries(counts);
}

function latencyTally(ascending: readonly number[]): LatencyTally {
  return { p50: percentile(ascending, 50), p99: percentile(ascending, 99), max: percentile(ascending, 100) };
}

function percentile(ascending: readonly number[], percent: number): number {
  return ascending[Math.ceil((ascending.length * percent) / 100) - 1];
}

function perSecond(outcomes: readonly Outcome[], versionIn: VersionReader, zeroMs: number): SecondTally[] {
  const seconds = new Map<number, Outcome[]>();
  for (const outcome of outcomes) {
    const second = Math.floor((outcome.sentAtMs - zeroMs) / 1000);
    const sent = seconds.get(second);
    if (sent) sent.push(outcome);
    else seconds.set(second, [outcome]);
  }
  return [...seconds].map(([second, sent]) => {
    const losses = sent.filter((outcome) => outcome.loss);
    const byVersion = countBy(sent, (outcome) => versionIn(outcome.answeredBy));
    return {
      second,
      sent: sent.length,
      lost: losses.length,
      ...(Object.keys(byVersion).length > 0 && { byVersion }),
      ...(losses.length > 0 && { lostBy: countBy(losses, (outcome) => outcome.loss), lostByVersion: lostByVersion(losses, versionIn) }),
    };
  });
}
