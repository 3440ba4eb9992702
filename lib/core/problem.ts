/**
 * Something that does not add up: a wrong option, or a plan that cannot hold. Plain data; `problemText` makes the sentence.
 */
export interface Problem {
  /** Stable name of the kind of problem, in kebab case: a contract, never renamed. */
  readonly id: string;
  /** The option or field, as its author wrote it: `longestRequestSeconds`, `spec.minReadySeconds`. */
  readonly field: string;
  /** What the value must be, with the reason where it is not obvious. */
  readonly wanted: string;
  /** The value found, already in words. */
  readonly found: string;
  /** What to do about it: one or more full sentences. */
  readonly remedy: string;
}

/**
 * A problem as one line.
 *
 * @example
 * problemText({ id: 'x', field: 'soakSeconds', wanted: 'a whole number >= 0', found: '-1', remedy: 'Leave it out for no soak.' });
 * // => 'soakSeconds must be a whole number >= 0: current value is -1. Leave it out for no soak.'
 */
export function problemText(problem: Problem): string {
  return `${problem.field} must be ${problem.wanted}: current value is ${problem.found}. ${problem.remedy}`;
}

/**
 * A value in an error message: JSON, except that NaN and Infinity keep their names (JSON makes them null).
 *
 * @example
 * shown(NaN); // => 'NaN'
 */
export function shown(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  return JSON.stringify(value) ?? String(value);
}

/** A rollout that cannot be planned, with all its problems at once. */
export class PlanRefusedError extends RangeError {
  public override readonly name = 'PlanRefusedError';

  /**
   * @param workload What was to be planned, as people write it: `Deployment/web`, or `Deployment/web in shop`.
   * @param problems At least one.
   */
  constructor(public readonly workload: string, public readonly problems: readonly Problem[]) {
    super(`Cannot plan the rollout of ${workload}:\n${problems.map((problem) => `  - ${problemText(problem)}`).join('\n')}`);
  }
}
