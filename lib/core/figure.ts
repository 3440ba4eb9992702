/** One term of a sum, and where it came from. */
export interface Part {
  /** What it stands for, in a few words: `longest request`. */
  readonly label: string;
  /** In the unit of its figure. */
  readonly value: number;
  /** `author: <option>`, `manifest: <field>`, a link with what was read there, or `ours: <why>`. */
  readonly source: string;
}

/** A number of a plan together with its sum: nothing in a plan is a bare constant. */
export interface Figure {
  /** Whole seconds, pods or checks, as the field that holds the figure says. */
  readonly value: number;
  /** How the parts make the value, in words: `preStop wait + drain + margin`. */
  readonly formula: string;
  readonly parts: readonly Part[];
}

/**
 * The sum of its parts.
 *
 * @example
 * sumOf('a + b', [{ label: 'a', value: 1, source: 'ours' }, { label: 'b', value: 2, source: 'ours' }]).value; // => 3
 */
export function sumOf(formula: string, parts: readonly Part[]): Figure {
  let value = 0;
  for (const part of parts) value += part.value;
  return { value, formula, parts };
}

/**
 * The largest of several figures, the first where some are equal; a figure of zero where there are none.
 *
 * @example
 * largestOf([{ value: 1, formula: 'a', parts: [] }, { value: 2, formula: 'b', parts: [] }]).formula; // => 'b'
 */
export function largestOf(figures: readonly Figure[], otherwise = 'nothing needs it'): Figure {
  let largest = figures[0] ?? { value: 0, formula: otherwise, parts: [] };
  for (const figure of figures) if (figure.value > largest.value) largest = figure;
  return largest;
}
