/** Width of everything that is printed, in columns. */
export const COLUMNS = 100;

/**
 * Breaks a text into lines at its spaces; a word that is longer than a line (a link) is cut, behind a slash where it has one.
 *
 * @param width Of a line, in columns, >= 1.
 *
 * @example
 * wrap('one two three', 8); // => ['one two', 'three']
 */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (let word of text.trim().split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    while (word.length > width) {
      const end = word.lastIndexOf('/', width - 1) + 1 || width;
      lines.push(word.slice(0, end));
      word = word.slice(end);
    }
    line = word;
  }
  lines.push(line);
  return lines;
}

/**
 * A text behind a prefix, its further lines as far to the right.
 *
 * @example
 * hanging('  - ', 'one two three', 12); // => ['  - one two', '    three']
 */
export function hanging(prefix: string, text: string, columns: number = COLUMNS): readonly string[] {
  const indent = ' '.repeat(prefix.length);
  return wrap(text, Math.max(1, columns - prefix.length)).map((line, index) => ((index === 0 ? prefix : indent) + line).trimEnd());
}

/**
 * Rows with each column as wide as its widest cell; the last column is left-aligned and never padded, the others as `align` says.
 *
 * @param align One letter a column: `l` or `r`.
 *
 * @example
 * table('rl', [['a', 'b'], ['10', 'c']]); // => [' a  b', '10  c']
 */
export function table(align: string, rows: readonly (readonly string[])[]): readonly string[] {
  const widths = [...align].map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => {
    const width = widths[column] ?? 0;
    return align[column] === 'r' ? cell.padStart(width) : cell.padEnd(width);
  }).join('  ').trimEnd());
}

/**
 * Seconds as people read them; exact.
 *
 * @example
 * duration(119); // => '119 s'
 * duration(600); // => '10 min'
 * duration(7265); // => '2 h 1 min 5 s'
 */
export function duration(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const parts = [[Math.floor(seconds / 3600), 'h'], [Math.floor(seconds / 60) % 60, 'min'], [seconds % 60, 's']] as const;
  return parts.filter(([value]) => value > 0).map(([value, unit]) => `${value} ${unit}`).join(' ');
}
