import * as fc from 'fast-check';
import { duration, hanging, table, wrap } from '../../../lib/core/explain/text';

describe(wrap, () => {
  test.each([
    ['one two three', 8, ['one two', 'three']],
    ['one two three', 7, ['one two', 'three']],
    ['', 8, ['']],
    ['see https://example.com/path', 12, ['see', 'https://', 'example.com/', 'path']],
    ['0123456789', 4, ['0123', '4567', '89']],
  ])('breaks %j at %i columns', (text, width, lines) => {
    expect(wrap(text, width)).toEqual(lines);
  });

  test('fits, and loses nothing but spaces', () => {
    fc.assert(fc.property(fc.string(), fc.integer({ min: 1, max: 40 }), (text, width) => {
      const lines = wrap(text, width);
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(width);
      expect(lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
    }));
  });
});

describe(hanging, () => {
  test('puts further lines as far to the right', () => {
    expect(hanging('  - ', 'one two three', 12)).toEqual(['  - one two', '    three']);
  });
});

describe(table, () => {
  test('makes each column as wide as its widest cell', () => {
    expect(table('rl', [['a', 'bb'], ['10', 'c']])).toEqual([' a  bb', '10  c']);
  });
});

describe(duration, () => {
  test.each([[0, '0 s'], [119, '119 s'], [120, '2 min'], [125, '2 min 5 s'], [3600, '1 h'], [7265, '2 h 1 min 5 s'], [3605, '1 h 5 s']])(
    'says %i seconds as %s', (seconds, text) => {
      expect(duration(seconds)).toBe(text);
    },
  );
});
