import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { blocksOf, compileBlocks, markdownFiles } from '../../scripts/docs/markdown-blocks';
import { runExample } from '../support/run-example';

jest.setTimeout(60_000);

const blocks = markdownFiles().flatMap(blocksOf);

describe(compileBlocks, () => {
  test('finds no error in what readers copy from our Markdown', () => {
    const code = blocks.filter(({ kind }) => kind === 'ts');
    expect(code.map(({ place }) => place)).toContainEqual(expect.stringMatching(/^README\.md:/));
    expect(compileBlocks(code)).toEqual([]);
  });

  test('reports the block with the error', () => {
    expect(compileBlocks([{ place: 'x.md:3', kind: 'ts', code: "import { sumOf } from 'kube-graceful';\nsumOf(1, []);" }]))
      .toEqual(["x.md:3: Argument of type 'number' is not assignable to parameter of type 'string'."]);
  });
});

describe('what Markdown shows of an example', () => {
  const shown = blocks.map(({ place, kind, code }) => [place, ...kind.split(' '), code]).filter((block) => block.length === 4);

  test('is found', () => {
    expect(shown.map(([, language]) => language)).toEqual(expect.arrayContaining(['ts', 'yaml', 'text']));
  });

  test.each(shown)('%s (%s of %s) is what it gives', (_, language, name, code) => {
    const folder = join(__dirname, '..', '..', 'examples', name);
    const { yaml, explanation } = runExample(folder);
    const whole = { ts: readFileSync(join(folder, 'main.ts'), 'utf8'), yaml, text: explanation }[language];
    for (const part of code.split(/^ *# \.\.\.\n/m)) expect(whole).toContain(part);
  });
});
