import type { Figure, Part } from '../figure';
import { hanging } from './text';

/** A figure and what it is called. */
export interface NamedFigure {
  /** `preStop wait`. */
  readonly name: string;
  /** In seconds. */
  readonly figure: Figure;
}

type Term = Omit<Part, 'source'> & { readonly source?: string };

const LABEL_COLUMNS = 36;

/**
 * One figure as text: its name, value and formula, then each part with its source.
 *
 * @param known Figures that the reader has seen already: their parts are not told again, only their names.
 *
 * @example
 * explainFigure({ name: 'grace', figure: sumOf('a + b', [
 *   { label: 'a', value: 1, source: 'ours' }, { label: 'b', value: 2, source: 'author: b' },
 * ]) });
 * // => '     3 s  grace: a + b\n             1 s  a  ours\n             2 s  b  author: b'
 */
export function explainFigure({ name, figure }: NamedFigure, known: readonly NamedFigure[] = []): string {
  const terms = fold(figure.parts, known);
  const labelColumns = Math.min(LABEL_COLUMNS, Math.max(0, ...terms.map(({ label }) => label.length)));
  return [
    ...hanging(`${amount(figure.value, 8)}  `, `${name}: ${figure.formula}`),
    ...terms.flatMap((term) => termLines(term, labelColumns)),
  ].join('\n');
}

function termLines({ label, value, source }: Term, labelColumns: number): readonly string[] {
  const [first = '', ...rest] = hanging(`${amount(value, 16)}  `, label, 18 + LABEL_COLUMNS);
  if (source === undefined) return [first, ...rest];
  const lines = hanging(`${first.padEnd(18 + labelColumns)}  `, source);
  // A label of several lines goes on beside its source.
  const width = 20 + labelColumns;
  const below = lines.slice(1);
  const merged = rest.map((line, index) => (line.padEnd(width) + (below[index] ?? '').slice(width)).trimEnd());
  return [lines[0] ?? '', ...merged, ...below.slice(rest.length)];
}

function amount(value: number, columns: number): string {
  return `${value} s`.padStart(columns);
}

/** Parts that make up a figure which is known already become one term: its name. */
function fold(parts: readonly Part[], known: readonly NamedFigure[]): readonly Term[] {
  const terms: Term[] = [];
  for (let at = 0; at < parts.length;) {
    const match = longestAt(parts, at, known);
    if (match) {
      terms.push({ label: match.name, value: match.figure.value });
      at += match.figure.parts.length;
    } else {
      terms.push(parts[at]!);
      at += 1;
    }
  }
  return terms;
}

function longestAt(parts: readonly Part[], at: number, known: readonly NamedFigure[]): NamedFigure | undefined {
  let longest: NamedFigure | undefined;
  for (const one of known) {
    const length = one.figure.parts.length;
    if (length <= (longest?.figure.parts.length ?? 0)) continue;
    if (one.figure.parts.every((part, offset) => isSame(part, parts[at + offset]))) longest = one;
  }
  return longest;
}

function isSame(part: Part, other: Part | undefined): boolean {
  return part.label === other?.label && part.value === other.value && part.source === other.source;
}
