import type { Readable, Writable } from 'node:stream';
import { lineReader } from './line-reader';
import { LoadOptions, startLoad } from './load';
import { nowMs } from './now-ms';
import type { ClockAnswer } from './other-clock';
import type { Outcome } from './outcome';

/** A line from the place where a load runs; all of it is JSON. */
export type LoadLine =
  /** First, and whenever it is asked for: the clock of that place, in Unix milliseconds, and whether it may be asked for again. */
  | ClockAnswer
  /** Once for everything that was sent. */
  | Outcome
  /** Last: how well the clients kept up. */
  | { readonly unsent: number; readonly latestMs: number }
  /** Instead of anything else: it cannot be done. */
  | { readonly error: string };

/** What is written to that place, after the options, to be told its clock once more. */
export const CLOCK_QUESTION = 'clock';

const TELL_EVERY_MS = 200; // ours: nobody looks more often, and from a pod each write passes four programs

/**
 * Runs a load for somebody elsewhere: reads its options, one line of JSON, and writes a line for everything that was sent, as
 * `startLoadFrom` expects it. It stops when its input ends, so that nothing goes on once whoever asked is gone.
 *
 * @param signal Stops it, too. @default - its input alone does
 * @returns What is not undefined only when it could not be done: why.
 */
export function serveLoad(input: Readable, output: Writable, signal?: AbortSignal): Promise<string | undefined> {
  const { write, writeSoon } = lineWriter(output);
  return new Promise((resolve) => {
    let stop = async () => resolve(undefined);
    const fail = (error: string) => {
      write({ error });
      resolve(error);
    };
    const start = (text: string) => {
      write({ clockMs: nowMs(), mayAsk: true });
      const load = startLoad(JSON.parse(text) as LoadOptions, writeSoon);
      load.ended?.catch((error: Error) => fail(error.message));
      stop = async () => {
        const { unsent, latestMs } = await load.stop();
        write({ unsent, latestMs });
        resolve(undefined);
      };
    };
    signal?.addEventListener('abort', () => {
      input.destroy(); // while it is read it holds the process
      void stop();
    }, { once: true });
    input.setEncoding('utf8').on('data', lineReader((line) => {
      try {
        if (line === CLOCK_QUESTION) write({ clockMs: nowMs() });
        else start(line);
      } catch (error) {
        fail((error as Error).message);
      }
    })).on('end', () => void stop());
  });
}

/** Lines that come one after the other are written together, and none overtakes another. */
function lineWriter(output: Writable): Record<'write' | 'writeSoon', (line: LoadLine) => void> {
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    output.write(waiting);
    waiting = '';
  };
  const writeSoon = (line: LoadLine) => {
    waiting += `${JSON.stringify(line)}\n`;
    timer ??= setTimeout(flush, TELL_EVERY_MS);
  };
  const write = (line: LoadLine) => {
    writeSoon(line);
    flush();
  };
  return { write, writeSoon };
}
