import type { Figure } from '../figure';
import { Problem, shown } from '../problem';
import { termsOf } from './terms-of';

/** A field that an annotation keeps below what the plan needs: worth knowing, and its author's own decision. */
export function keptTooShort(field: string, found: number, { value, parts }: Figure): Problem {
  return {
    id: 'kept-too-short', field, found: shown(found), wanted: `at least ${value}: ${termsOf(parts)}`,
    remedy: 'An annotation keeps it as it is: what is still open then is cut.',
  };
}
