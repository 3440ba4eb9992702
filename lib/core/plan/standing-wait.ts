import type { LifecycleHandler } from '../manifest/types';
import { isCommand } from './check-command';

/** A wait that a hook is, or holds. */
export interface StandingWait {
  readonly seconds: number;
  /** The same hook with other seconds; whole ones, without a suffix that not each `sleep` knows. */
  readonly write: (seconds: number) => LifecycleHandler;
  /** The author's own hook runs beside the wait. */
  readonly composed?: boolean;
}

/** Whole seconds, or the suffix `s` of some `sleep` programs. */
const SECONDS = /^(\d{1,9})s?$/;
const SLEEP = /^(?:\/(?:usr\/)?bin\/)?sleep$/;
const SHELL = /^(?:\/(?:usr\/)?bin\/)?(?:ba|a|da)?sh$/;
const SLEEP_SCRIPT = /^\s*(?:exec\s+)?(?:\/bin\/)?sleep\s+(\d{1,9})s?\s*;?\s*$/;
const OWN_THEN_WAIT = /^"\$@"; exec sleep (\d{1,9})$/;
const WAIT_THEN_OWN = /^sleep (\d{1,9}); exec "\$@"$/;
const SLEEP_IN_SCRIPT = /sleep(\s+)\d+s?/;

/**
 * The wait that a preStop hook already is: native, `sleep` in one of its spellings, or one that we set beside an author's own hook;
 * undefined for any other hook.
 *
 * @example
 * standingWait({ exec: { command: ['sleep', '15s'] } })?.seconds; // => 15
 */
export function standingWait(hook: LifecycleHandler | undefined): StandingWait | undefined {
  if (hook?.sleep) return { seconds: hook.sleep.seconds ?? 0, write: (seconds) => ({ sleep: { seconds } }) };
  const command = hook?.exec?.command;
  // A number in a command is refused elsewhere; it is no wait, whatever it looks like.
  if (!command || command.length < 2 || !isCommand(command)) return undefined;
  const [program, ...words] = command;
  if (words.length === 1 && SLEEP.test(program)) {
    const wait = SECONDS.exec(words[0]);
    return wait ? { seconds: Number(wait[1]), write: (seconds) => ({ exec: { command: [program, String(seconds)] } }) } : undefined;
  }
  return SHELL.test(program) && words[0] === '-c' ? fromScript(command) : undefined;
}

function fromScript(command: readonly string[]): StandingWait | undefined {
  const script = command[2] ?? '';
  const composed = OWN_THEN_WAIT.exec(script) ?? WAIT_THEN_OWN.exec(script);
  const wait = composed ?? SLEEP_SCRIPT.exec(script);
  if (!wait) return undefined;
  const write = (seconds: number) => ({
    exec: { command: [...command.slice(0, 2), script.replace(SLEEP_IN_SCRIPT, (_, space: string) => `sleep${space}${seconds}`), ...command.slice(3)] },
  });
  return { seconds: Number(wait[1]), write, composed: composed !== null };
}
