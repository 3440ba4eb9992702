import { lineReader } from '../../lib/drill/line-reader';

describe('lineReader', () => {
  test('calls back for complete lines, wherever the pieces were cut', () => {
    const lines: string[] = [];
    const read = lineReader((line) => lines.push(line));
    for (const piece of ['{"a"', ':1}\n{"b":', '2}\n\n', 'rest']) read(piece);
    expect(lines).toEqual(['{"a":1}', '{"b":2}', '']);
  });
});
