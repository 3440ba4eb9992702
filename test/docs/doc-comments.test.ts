import { join } from 'node:path';
import * as ts from 'typescript';
import { collectExamples, withChecks } from '../../scripts/docs/collect-examples';
import { missingDocs } from '../../scripts/docs/missing-docs';
import { entryFiles } from '../../scripts/docs/program';
import manifest from '../../package.json';

jest.setTimeout(60_000);

const entries = entryFiles(manifest.exports);
const badlyDocumented = join(__dirname, 'fixtures', 'badly-documented.ts');

describe(missingDocs, () => {
  test('finds nothing in what the package exports', () => {
    expect(missingDocs(entries)).toEqual([]);
  });

  test('reports each symbol, class member and optional property that lacks its part', () => {
    expect(missingDocs([badlyDocumented], 'test').map((line) => line.replace(/^.+:(\d+)/, '$1'))).toEqual([
      '1 silent has no docstring',
      '6 Options.soakSeconds has no @default',
      '8 Options.paceSeconds has no @default',
      '15 Thing.run has no docstring',
      '24 Result.drainSeconds has no @default',
    ]);
  });
});

describe('each @example with an arrow', () => {
  const examples = collectExamples(entries);

  test('is found', () => {
    expect(examples.length).toBeGreaterThan(0);
  });

  test.each(examples.map(({ title, code }) => [title, code]))('of %s gives what it says', (_, code) => {
    const checked = withChecks(code);
    expect(checked).toContain('check(');
    run(checked);
  });
});

describe(withChecks, () => {
  test('asserts a value on the same line and one on the lines that follow', () => {
    expect(withChecks('const one = 1;\none + 1; // => 2\n({ one });\n// => {\n//   one: 1,\n// }\n')).toBe(
      'const one = 1;\ncheck(() => (one + 1), () => (2));\ncheck(() => (({ one })), () => ({\n  one: 1,\n}));\n',
    );
  });

  test('makes an example with a wrong arrow fail', () => {
    expect(() => run(withChecks('sumOf("a", []).value; // => 1'))).toThrow('Expected: 1');
  });
});

/** Runs an example with all exports of the package in scope, and whatever it imports. */
function run(code: string): void {
  const scope: Record<string, unknown> = { check: (value: () => unknown, expected: () => unknown) => expect(value()).toEqual(expected()) };
  for (const entry of entries) Object.assign(scope, jest.requireActual(entry));
  const { outputText } = ts.transpileModule(code, { compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 } });
  const names = Object.keys(scope).filter((name) => name !== '__esModule');
  new Function('require', 'exports', ...names, outputText)(jest.requireActual, {}, ...names.map((name) => scope[name]));
}
