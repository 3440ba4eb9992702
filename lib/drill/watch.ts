import { DrillError } from './drill-error';
import type { KubectlOptions } from './kubectl';
import { ANSWER_SECONDS, kubectlWithin } from './kubectl-within';
import { nowMs } from './now-ms';
import { selectedArguments, WatchOnce, watchOnce } from './watch-once';
import { WatchedObjects } from './watched-objects';

/** A change of an object, and when it was seen (Unix time in milliseconds). */
export interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: T;
  readonly seenAtMs: number;
}

/** What is to be watched. */
export interface WatchOptions {
  /** As kubectl knows it: `pods`, `endpointslices`. */
  readonly kind: string;
  /** Name of the only one to watch. @default - all that the selector finds */
  readonly name?: string;
  /** Label selector. @default - everything in the namespace */
  readonly selector?: string;
}

/** A watch under way. */
export interface Watch {
  /** Rejects when the watch broke off and could not be begun again; never resolves before `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

const LEAST_MS = 10_000; // ours: an API server ends each watch after 30 to 60 minutes, a proxy after a minute; what fails does so at once
const LOOK_AFTER_MS = 1000; // ours: what is there still is told again within this, as a rule

/**
 * Watches objects with kubectl; what exists already is told first, as ADDED.
 *
 * An API server ends every watch after a while (`--min-request-timeout`: 30 to 60 minutes). It is begun again then, and goes on where it
 * was: what was told is not told again, and what was deleted meanwhile is told as DELETED. A watch that ends within 10 s has failed.
 *
 * @see https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
 */
export function startWatch<T>(cluster: KubectlOptions, options: WatchOptions, onEvent: (event: WatchEvent<T>) => void): Watch {
  const objects = new WatchedObjects<T>(onEvent);
  const stopping = new AbortController();
  let looking: NodeJS.Timeout | undefined;
  const begin = () => watchOnce<T>(cluster, options, objects.take);
  /** Asks for what was not told again, until nothing is left that may have gone unseen. */
  const look = () => {
    looking = setTimeout(() => void uidsOf(cluster, options, stopping.signal)
      .then((uids) => objects.missing(uids), () => {}) // the watch itself tells what is wrong
      .then(() => !stopping.signal.aborted && objects.unseen > 0 && look()), LOOK_AFTER_MS);
  };
  let current: WatchOnce = begin();
  const goOn = async () => {
    for (let beganAtMs = nowMs(); ; beganAtMs = nowMs()) {
      const said = await current.ended;
      clearTimeout(looking);
      if (stopping.signal.aborted) return;
      if (nowMs() - beganAtMs < LEAST_MS) throw new DrillError(`Cannot go on watching ${options.kind}: ${said}`);
      objects.again();
      current = begin();
      look();
    }
  };
  const ended = goOn();
  ended.catch(() => {}); // whoever waits for `ended` or `stop` hears of it
  return {
    ended,
    stop: () => {
      stopping.abort();
      clearTimeout(looking);
      current.kill();
      return ended;
    },
  };
}

async function uidsOf(cluster: KubectlOptions, options: WatchOptions, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const args = ['get', ...selectedArguments(options), '--ignore-not-found', '--chunk-size=0', '-o', 'json'];
  const printed = await kubectlWithin(ANSWER_SECONDS, cluster, args, signal);
  if (printed.trim() === '') return new Set();
  const { items, metadata } = JSON.parse(printed) as { items?: { metadata: { uid: string } }[]; metadata: { uid: string } };
  return new Set((items ?? [{ metadata }]).map((item) => item.metadata.uid));
}
