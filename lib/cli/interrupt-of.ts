import type { EventEmitter } from 'node:events';
import type { Writable } from 'node:stream';
import { EXIT } from './io';

/** What is watched of the process; tests stand in for it. */
export interface WatchedProcess extends Pick<EventEmitter, 'on'> {
  readonly stdout: Writable;
  readonly stderr: Writable;
  exitCode?: number | string | null;
}

/** What tells a program that it is to end before its time. */
export interface Interrupt {
  readonly signal: AbortSignal;
  abort(): void;
  /** The program's exit code, from the one that its command ended with. */
  exitCodeOf(code: number): number;
}

/**
 * Aborts on a signal, on an output that nobody reads any more, and on an error that nobody caught. None of them ends the process: what
 * was done to a cluster is put back first, and the process ends when nothing is left to do.
 */
export function interruptOf(process: WatchedProcess): Interrupt {
  const interrupt = new AbortController();
  let failed = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      process.stderr.write('\nInterrupted: putting the cluster back as it was ...\n');
      interrupt.abort();
    });
  }
  // A closed pipe or terminal is told as an error of each write, and an error that nobody listens to would end the process.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => interrupt.abort());
  process.on('uncaughtException', (error: Error) => {
    failed = true;
    process.exitCode = EXIT.failed; // also where what the error left behind never ends, and the command with it
    process.stderr.write(`\n${error?.stack ?? String(error)}\nPutting the cluster back as it was ...\n`);
    interrupt.abort();
  });
  return { signal: interrupt.signal, abort: () => interrupt.abort(), exitCodeOf: (code) => (failed ? EXIT.failed : code) };
}
