import { shown } from '../problem';

/** One value that a function cannot take. */
export interface InvalidInput {
  /** As the caller wrote it: `maxSurge`. */
  readonly field: string;
  /** What it must be, in words. */
  readonly wanted: string;
  /** As it came. */
  readonly found: unknown;
}

/**
 * The caller passed what a function cannot take: one line for each such value.
 *
 * @example
 * new InvalidInputError('count waves', [{ field: 'surge', wanted: 'at least 1', found: 0 }]).message;
 * // => 'Cannot count waves as surge must be at least 1: current value is 0'
 */
export class InvalidInputError extends RangeError {
  public override readonly name = 'InvalidInputError';

  /**
   * @param action What was to be done: `count waves`.
   * @param inputs At least one.
   */
  constructor(public readonly action: string, public readonly inputs: readonly InvalidInput[]) {
    super(inputs.map(({ field, wanted, found }) => `Cannot ${action} as ${field} must be ${wanted}: current value is ${shown(found)}`).join('\n'));
  }
}
