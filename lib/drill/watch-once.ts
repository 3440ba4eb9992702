import { spawn } from 'node:child_process';
import { DrillError } from './drill-error';
import { endGroup } from './end-group';
import { kubectlArguments, kubectlFailure, KubectlOptions } from './kubectl';
import { lineReader } from './line-reader';
import { lineText } from './line-text';
import { nowMs } from './now-ms';
import type { WatchEvent, WatchOptions } from './watch';

interface ErrorEvent {
  readonly type: 'ERROR';
  readonly object: { readonly message?: string };
}

/** One `kubectl get --watch` under way. */
export interface WatchOnce {
  /** Resolves when kubectl has ended, with what it, or the API server, said; rejects where kubectl is not to be had, or not to be read. */
  readonly ended: Promise<string>;
  kill(): void;
}

/** The arguments that say which objects are meant. */
export function selectedArguments({ kind, name, selector }: WatchOptions): string[] {
  return [kind, ...(name ? [name] : []), ...(selector ? ['--selector', selector] : [])];
}

/** Watches objects for as long as kubectl does; what exists already is told first, as ADDED. */
export function watchOnce<T>(cluster: KubectlOptions, options: WatchOptions, onEvent: (event: WatchEvent<T>) => void): WatchOnce {
  // Whole, as kubectl watches a list that came in pages (of 500) as a list of lists: it tells of the pages, not of the objects.
  const how = ['--watch', '--output-watch-events', '--chunk-size=0', '-o', 'json'];
  const args = [...kubectlArguments(cluster), 'get', ...selectedArguments(options), ...how];
  // Away from the terminal's Ctrl-C, which would end it before the drill knows that it is interrupted, not failed.
  const child = spawn('kubectl', args, { stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let said = '';
  let unread: string | undefined;
  let over = false;
  const kill = () => void (over || endGroup(child));
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
      kill();
    }
  });
  child.stdout.setEncoding('utf8').on('data', read);
  child.stderr.setEncoding('utf8').on('data', (text: string) => said += text);
  const cannot = `Cannot go on watching ${options.kind}:`;
  const ended = new Promise<string>((resolve, reject) => {
    child.on('error', (error) => reject(new DrillError(`${cannot} ${kubectlFailure(error)}`)));
    child.on('close', () => {
      over = true;
      if (unread === undefined) return resolve(said.trim() || 'kubectl ended');
      reject(new DrillError(`${cannot} kubectl printed ${lineText(unread)}, and must print nothing but JSON: send the rest to its standard error`));
    });
  });
  return { ended, kill };
}
