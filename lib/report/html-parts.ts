import { escaped } from './words';

/** A part of a page under a heading; nothing, where it has no content. */
export function section(title: string, content: string): string {
  return content === '' ? '' : `<section>\n<h2>${escaped(title)}</h2>\n${content}\n</section>`;
}

/** A column of a table: its heading, and whether it holds numbers. */
export interface Column {
  readonly head: string;
  /** @default false */
  readonly number?: boolean;
}

/** A table whose first column names its rows; on a phone each row is a card of its own. Nothing, where it has no rows. */
export function table(label: string, columns: readonly Column[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const number = (i: number) => (columns[i].number ? ' class="number"' : '');
  const head = columns.map((column, i) => `<th scope="col"${number(i)}>${escaped(column.head)}</th>`).join('');
  const lines = rows.map((row) => `<tr>${row.map((cell, i) => i === 0
    ? `<th scope="row"${number(i)}>${escaped(cell)}</th>` : `<td${number(i)} data-head="${escaped(columns[i].head)}">${escaped(cell)}</td>`).join('')}</tr>`);
  return [
    `<table aria-label="${escaped(label)}">`, `<thead><tr>${head}</tr></thead>`, '<tbody>', ...lines, '</tbody>', '</table>',
  ].join('\n');
}

/**
 * A list; nothing, where it has no items.
 *
 * @param items HTML, escaped by the caller.
 */
export function list(kind: string, items: readonly string[]): string {
  return items.length === 0 ? '' : [`<ul class="${kind}">`, ...items.map((item) => `<li>${item}</li>`), '</ul>'].join('\n');
}
