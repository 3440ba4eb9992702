import * as fc from 'fast-check';
import { largestOf, sumOf } from '../../lib/core/figure';

const parts = fc.array(fc.record({ label: fc.string(), value: fc.nat(10_000), source: fc.string() }));

describe(sumOf, () => {
  test('is 0 without parts', () => {
    expect(sumOf('nothing', [])).toEqual({ value: 0, formula: 'nothing', parts: [] });
  });

  test('is the sum of its parts, and keeps them', () => {
    fc.assert(fc.property(parts, (some) => {
      const figure = sumOf('a + b', some);
      expect(figure.value).toBe(some.reduce((sum, { value }) => sum + value, 0));
      expect(figure.parts).toBe(some);
    }));
  });
});

describe(largestOf, () => {
  const figure = (value: number, formula: string) => sumOf(formula, [{ label: formula, value, source: 'ours' }]);

  test('is the largest figure itself', () => {
    const largest = figure(9, 'b');
    expect(largestOf([figure(1, 'a'), largest, figure(3, 'c')])).toBe(largest);
  });

  test('is the first of equal ones', () => {
    const first = figure(9, 'a');
    expect(largestOf([first, figure(9, 'b')])).toBe(first);
  });

  test('is the first of equal ones without parts', () => {
    const first = { value: 9, formula: 'a', parts: [] };
    expect(largestOf([first, { ...first, formula: 'b' }])).toBe(first);
  });

  test('is a figure of zero where there are none', () => {
    expect(largestOf([])).toEqual({ value: 0, formula: 'nothing needs it', parts: [] });
    expect(largestOf([], 'no load balancer').formula).toBe('no load balancer');
  });
});
