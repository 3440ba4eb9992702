import type { InvalidInput } from '../core';
import type { FLAGS } from './parse-drill';

/** What the command line of a drill says, flag by flag, as text. */
export type Values = { readonly [K in keyof typeof FLAGS]?: (typeof FLAGS)[K] extends { multiple: true } ? string[]
  : (typeof FLAGS)[K] extends { type: 'boolean' } ? boolean : string };

/** Reads flags, and keeps all that is wrong with them. */
export interface FlagReader {
  readonly values: Values;
  readonly problems: readonly InvalidInput[];
  /** Keeps a problem unless something holds. */
  must(holds: boolean, field: string, wanted: string, found: unknown): void;
  /** A flag's number, >= 0; undefined where the flag is not there, NaN where it says something else, which is kept as a problem. */
  number(flag: keyof Values): number | undefined;
  /** The same for one text of a flag that may be repeated. */
  numberIn(flag: keyof Values, text: string): number;
  /** Without what is undefined. */
  given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> };
}

const A_NAME: readonly (keyof Values)[] = ['context', 'namespace', 'node', 'pod'];
const A_FILE: readonly (keyof Values)[] = ['kubeconfig', 'manifest', 'json', 'html', 'svg'];
const A_COMMAND: readonly (keyof Values)[] = ['command', 'from'];

/** Reads flags. One without a text, such as of a variable that is not set, is a problem: kubectl would take it for the current context. */
export function flagReader(values: Values): FlagReader {
  const problems: InvalidInput[] = [];
  const must = (holds: boolean, field: string, wanted: string, found: unknown) => {
    if (!holds) problems.push({ field, wanted, found });
  };
  for (const [wanted, flags] of [['a name', A_NAME], ['a file', A_FILE], ['a command', A_COMMAND]] as const) {
    for (const flag of flags) must(values[flag] !== '', `--${flag}`, wanted, values[flag]);
  }
  const numberIn = (flag: keyof Values, text: string) => {
    const value = Number(text);
    const holds = text.trim() !== '' && Number.isFinite(value) && value >= 0;
    must(holds, `--${flag}`, 'a number >= 0', text);
    return holds ? value : NaN;
  };
  return {
    values, problems, must, numberIn,
    number: (flag) => {
      const text = values[flag];
      return typeof text === 'string' ? numberIn(flag, text) : undefined;
    },
    given: <T extends object>(fields: T) =>
      Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> },
  };
}
