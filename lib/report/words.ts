import type { DrillFigure } from './drill-report';

/**
 * Seconds to one decimal.
 *
 * @example
 * secondsText(12.34); // '12.3 s'
 */
export function secondsText(seconds: number): string {
  return `${Math.round(seconds * 10) / 10} s`;
}

/**
 * A count, in thousands.
 *
 * @example
 * countText(1234567); // '1,234,567'
 */
export function countText(count: number): string {
  return `${count}`.replace(/\B(?=(\d{3})+$)/g, ',');
}

/** A time without an answer: milliseconds below a second, or `-`. */
export function outageText(ms: number): string {
  if (ms <= 0) return '-';
  return ms < 1000 ? `${Math.round(ms)} ms` : secondsText(ms / 1000);
}

/** A share as a percentage with two digits that count: `0.05 %`. */
export function percentText(share: number): string {
  return `${Number((share * 100).toPrecision(2))} %`;
}

/** What is left of a setting, or missing. */
export function slackText(slack: number): string {
  return slack < 0 ? `lacks ${secondsText(-slack)}` : `${secondsText(slack)} left`;
}

/** `18 to 40 s`, `at least 18 s`, `12 s`, or `-`. */
export function plannedText(planned: DrillFigure['planned']): string {
  const { atLeast, atMost } = planned ?? {};
  if (atLeast !== undefined && atMost !== undefined) return `${atLeast} to ${atMost} s`;
  if (atLeast !== undefined) return `at least ${atLeast} s`;
  return atMost === undefined ? '-' : `${atMost} s`;
}

/** What is said beside a plan that nobody told anything for. */
export const ASSUMED_TEXT = 'Planned with what is assumed of every workload, as neither --options nor the annotation kube-graceful/options '
  + 'says what its author knows.';

/** Characters that move a cursor, end a line or turn its direction, and those that XML 1.0 does not take. */
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/**
 * What a cluster, or a server, said, as one line that a terminal may show: a space for each character that would do something.
 *
 * @example
 * plainText('\u001b[2Jgone\n'); // ' [2Jgone '
 */
export function plainText(text: string): string {
  return text.replace(CONTROL, ' ');
}

/** Text that may stand in XML and HTML, attributes included. */
export function escaped(text: string): string {
  return plainText(text).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
