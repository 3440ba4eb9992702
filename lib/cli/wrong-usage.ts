import { InvalidInput, InvalidInputError } from '../core';

/** The command line says what cannot be meant. */
export function wrongUsage(field: string, wanted: string, found: unknown): InvalidInputError {
  const input: InvalidInput = { field, wanted, found };
  return new InvalidInputError('go on', [input]);
}
