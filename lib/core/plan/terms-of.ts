import type { Part } from '../figure';

/**
 * A sum of seconds in a message.
 *
 * @example
 * termsOf([{ label: 'margin', value: 5, source: 'ours' }]); // => '5 s margin'
 */
export function termsOf(parts: readonly Part[]): string {
  return parts.map((part) => `${part.value} s ${part.label}`).join(' + ');
}
