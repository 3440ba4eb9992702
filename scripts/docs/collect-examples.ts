import * as ts from 'typescript';
import { createProgram, exportedSymbols, place } from './program';

/** One `@example` of a doc comment. */
export interface DocExample {
  /** `sumOf (lib/core/figure.ts:22)`. */
  readonly title: string;
  readonly code: string;
}

/** The examples with `// =>` in the doc comments of everything that the entries export. */
export function collectExamples(entries: readonly string[]): DocExample[] {
  const exported = exportedSymbols(createProgram(entries), entries);
  return exported.flatMap(({ name, declaration }) => exampleTexts(declaration)
    .filter((code) => code.includes('// =>'))
    .map((code) => ({ title: `${name} (${place(declaration)})`, code })));
}

function exampleTexts(declaration: ts.Declaration): string[] {
  return ts.getJSDocTags(declaration)
    .filter((tag) => tag.tagName.text === 'example')
    .map((tag) => ts.getTextOfJSDocComment(tag.comment) ?? '');
}

/**
 * An example as code that checks itself: `expression; // => value`, on one line or with the arrow on the next ones, becomes
 * `check(() => (expression), () => (value));`.
 */
export function withChecks(code: string): string {
  const source = ts.createSourceFile('example.ts', code, ts.ScriptTarget.ES2022, true);
  return source.statements.map((statement, index) => {
    const end = source.statements[index + 1]?.getStart(source) ?? code.length;
    const comment = code.slice(statement.getEnd(), end);
    const expected = arrowOf(comment);
    if (expected === undefined || !ts.isExpressionStatement(statement)) return `${statement.getText(source)}\n`;
    return `check(() => (${statement.expression.getText(source)}), () => (${expected}));\n`;
  }).join('');
}

/** The value after `// =>`, which goes on over the comment lines that follow. */
function arrowOf(comment: string): string | undefined {
  const lines = comment.split('\n').map((line) => line.trim());
  const start = lines.findIndex((line) => line.startsWith('// =>'));
  if (start < 0) return undefined;
  const rest = lines.slice(start);
  const end = rest.findIndex((line, index) => index > 0 && !line.startsWith('//'));
  return rest.slice(0, end < 0 ? undefined : end).map((line) => line.replace(/^\/\/(?: =>)? ?/, '')).join('\n').trim();
}
