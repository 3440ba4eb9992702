import { InvalidInput, InvalidInputError } from '../core';

/** The command line says what cannot be meant. */
export function wrongUsage(field: string, wanted: string, found: unknown): InvalidInputError {
  const input: InvalidInput = { field, wanted, found };
  return new InvalidInputError('go on', [input]);
}

/** A number from the command line. */
export function numberOf(field: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || value < 0) throw wrongUsage(field, 'a number >= 0', text);
  return value;
}
