import { blocksOf, compileBlocks, markdownFiles } from '../../scripts/docs/markdown-blocks';

jest.setTimeout(60_000);

describe(compileBlocks, () => {
  test('finds no error in what readers copy from our Markdown', () => {
    const blocks = markdownFiles().flatMap(blocksOf);
    expect(blocks.map(({ place }) => place)).toContainEqual(expect.stringMatching(/^README\.md:/));
    expect(compileBlocks(blocks)).toEqual([]);
  });

  test('reports the block with the error', () => {
    expect(compileBlocks([{ place: 'x.md:3', code: "import { sumOf } from 'kube-graceful';\nsumOf(1, []);" }]))
      .toEqual(["x.md:3: Argument of type 'number' is not assignable to parameter of type 'string'."]);
  });
});
