/**
 * A whole number >= 0 as an annotation holds it; undefined for anything else, so that nobody reckons with NaN.
 *
 * @example
 * wholeNumber('15'); // => 15
 * wholeNumber('15s'); // => undefined
 */
export function wholeNumber(text: string | undefined): number | undefined {
  return typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}
