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

/** Where a block leaves something out, a comment of three dots stands alone in its line. */
const partsOf = (code: string) => code.split(/^[ \t]*(?:#|\/\/) \.\.\.\n/m);

const shown = blocks.map(({ place, kind, code }) => [place, ...kind.split(' '), code]).filter((block) => block.length === 4);
const isFile = ([, , name]: readonly string[]) => name.includes('/');

describe('what Markdown shows of an example', () => {
  const ofExamples = shown.filter((block) => !isFile(block));

  test('is found', () => {
    expect(ofExamples.map(([, language]) => language)).toEqual(expect.arrayContaining(['ts', 'yaml', 'text']));
  });

  test.each(ofExamples)('%s (%s of %s) is what it gives', (_, language, name, code) => {
    const folder = join(__dirname, '..', '..', 'examples', name);
    const { yaml, explanation } = runExample(folder);
    const whole = { ts: readFileSync(join(folder, 'main.ts'), 'utf8'), yaml, text: explanation }[language];
    for (const part of partsOf(code)) expect(whole).toContain(part);
  });
});

describe('what Markdown shows of a file', () => {
  const ofFiles = shown.filter(isFile);

  test('is found', () => {
    expect(ofFiles.map(([, language]) => language)).toEqual(expect.arrayContaining(['js', 'go', 'nginx', 'sh', 'python', 'java']));
  });

  test.each(ofFiles)('%s (%s of %s) stands there', (_place, _language, file, code) => {
    const whole = readFileSync(join(__dirname, '..', '..', file), 'utf8');
    for (const part of partsOf(code)) expect(whole).toContain(part);
  });
});
