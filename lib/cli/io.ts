import type { Readable, Writable } from 'node:stream';

/** What a command may do to the world around it, so that tests can stand in for it. */
export interface Io {
  /** Whether a person sits before the standard error, and can be asked. */
  readonly isTerminal: boolean;
  /** Aborted when somebody interrupts the program. */
  readonly interrupted: AbortSignal;
  /** Standard input and output as they are, for what is spoken between programs. */
  readonly streams: { readonly input: Readable; readonly output: Writable };
  /** To the standard output. */
  out(text: string): void;
  /** To the standard error: progress, questions and errors. */
  err(text: string): void;
  ask(question: string): Promise<string>;
  readFile(path: string): Promise<string>;
  writeFile(path: string, text: string): Promise<void>;
  /** Whether `writeFile` could do it; nothing is written. */
  canWrite(path: string): Promise<boolean>;
}

/**
 * What a command ends with.
 *
 * - `good`: it was done, and nothing is amiss
 * - `bad`: it was done, and something is amiss: more was lost than is allowed, a plan is refused
 * - `failed`: it could not be done
 */
export const EXIT = { good: 0, bad: 1, failed: 2 } as const;
