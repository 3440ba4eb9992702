import { spawn } from 'node:child_process';
import { DrillError } from './drill-error';
import { kubectlArguments, KubectlOptions } from './kubectl';
import { lineReader } from './line-reader';
import { lineText } from './line-text';
import { nowMs } from './now-ms';

/** A change of an object, and when it was seen (Unix time in milliseconds). */
export interface WatchEvent<T> {
  readonly type: 'ADDED' | 'MODIFIED' | 'DELETED';
  readonly object: T;
  readonly seenAtMs: number;
}

interface ErrorEvent {
  readonly type: 'ERROR';
  readonly object: { readonly message?: string };
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
  /** Rejects when the watch broke off by itself; never resolves before `stop`. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

/** Watches objects with kubectl; what exists already is told first, as ADDED. */
export function startWatch<T>(cluster: KubectlOptions, options: WatchOptions, onEvent: (event: WatchEvent<T>) => void): Watch {
  const selected = [...(options.name ? [options.name] : []), ...(options.selector ? ['--selector', options.selector] : [])];
  // Whole, as kubectl watches a list that came in pages (of 500) as a list of lists: it tells of the pages, not of the objects.
  const how = ['--watch', '--output-watch-events', '--chunk-size=0', '-o', 'json'];
  const child = spawn('kubectl', [...kubectlArguments(cluster), 'get', options.kind, ...selected, ...how], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stopping = false;
  let said = '';
  let unread: string | undefined;
  // With --output-watch-events kubectl prints one event a line; an ERROR is the API server's own word, a Status, before it breaks off.
  const take = (line: string) => {
    const event = JSON.parse(line) as Omit<WatchEvent<T>, 'seenAtMs'> | ErrorEvent;
    if (event.type === 'ERROR') said += `${event.object.message}\n`;
    else onEvent({ ...event, seenAtMs: nowMs() });
  };
  const read = lineReader((line) => {
    if (unread !== undefined) return;
    try {
      take(line);
    } catch { // thrown on, it would end the process, and the cluster would stay as it is
      unread = line;
      child.kill();
    }
  });
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', (text: string) => said += text);
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', () => {
      if (unread !== undefined) said = `kubectl printed ${lineText(unread)}, and must print nothing but JSON: send the rest to its standard error`;
      if (stopping && unread === undefined) resolve();
      else reject(new DrillError(`Cannot go on watching ${options.kind}: ${said.trim() || 'kubectl ended'}`));
    });
  });
  ended.catch(() => {}); // whoever waits for `ended` or `stop` hears of it
  return {
    ended,
    stop: () => {
      stopping = true;
      child.kill();
      return ended;
    },
  };
}
