import * as fc from 'fast-check';
import { Axis, barSvg, COLOURS, PAPERS, ticksOf, xOf } from '../../lib/report/picture';
import { countText, outageText, percentText, plannedText, slackText } from '../../lib/report/words';

const axis: Axis = { fromSeconds: -3, toSeconds: 47, leftPx: 100, rightPx: 600 };

describe(ticksOf, () => {
  test('steps as clocks do, as closely as the width has room for', () => {
    expect(ticksOf({ ...axis, rightPx: 850 })).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
    expect(ticksOf(axis)).toEqual([0, 10, 20, 30, 40]);
    expect(ticksOf({ ...axis, fromSeconds: 0, toSeconds: 1800 })).toEqual([0, 300, 600, 900, 1200, 1500, 1800]);
    expect(ticksOf({ ...axis, fromSeconds: 0, toSeconds: 1 })).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  });

  test('are at least 60 pixels apart, and inside the axis', () => {
    fc.assert(fc.property(fc.integer({ min: -60, max: 0 }), fc.integer({ min: 1, max: 100_000 }), (fromSeconds, toSeconds) => {
      const ticks = ticksOf({ ...axis, fromSeconds, toSeconds });
      for (const tick of ticks) expect(tick >= fromSeconds && tick <= toSeconds).toBe(true);
      expect((ticks.length - 1) * 60).toBeLessThanOrEqual(500);
    }));
  });
});

describe(xOf, () => {
  test('keeps the order of time, and puts what is outside on the edge', () => {
    expect([-10, -3, 22, 47, 99].map((seconds) => xOf(axis, seconds))).toEqual([100, 100, 350, 600, 600]);
  });
});

describe(barSvg, () => {
  test('leaves out a bar of no length', () => {
    expect(barSvg(axis, { from: 5, to: 5, y: 0, height: 1, kind: 'ready', title: '' })).toBe('');
    expect(barSvg(axis, { from: 50, to: 60, y: 0, height: 1, kind: 'ready', title: '' })).toBe('');
  });

  test('holds its label where it is long enough', () => {
    const bar = { y: 0, height: 16, kind: 'ready', title: 'a', label: '10 s' };
    expect(barSvg(axis, { ...bar, from: 0, to: 10 })).toContain('<text class="on" x="136" y="12">10 s</text>');
    expect(barSvg(axis, { ...bar, from: 0, to: 2 })).not.toContain('<text');
  });
});

describe('the colours', () => {
  const luminance = (colour: string) => [0.2126, 0.7152, 0.0722].reduce((sum, weight, i) => {
    const value = parseInt(colour.slice(1 + 2 * i, 3 + 2 * i), 16) / 255;
    return sum + weight * (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
  }, 0);
  const contrast = (one: string, other: string) => {
    const [darker, lighter] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (lighter + 0.05) / (darker + 0.05);
  };

  test('carry white text, and stand out from light and from dark paper', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    for (const colour of Object.values(COLOURS)) {
      expect(contrast(colour, '#ffffff')).toBeGreaterThanOrEqual(4.5);
      expect(contrast(colour, PAPERS.light)).toBeGreaterThanOrEqual(3);
      expect(contrast(colour, PAPERS.dark)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('words', () => {
  test('say times, counts, shares and bounds', () => {
    expect([0, 999, 1000, 1234567].map(countText)).toEqual(['0', '999', '1,000', '1,234,567']);
    expect([2, 0, -2.25].map(slackText)).toEqual(['2 s left', '0 s left', 'lacks 2.3 s']);
    expect([0, 420.4, 2900].map(outageText)).toEqual(['-', '420 ms', '2.9 s']);
    expect([0.00139, 0.15, 1].map(percentText)).toEqual(['0.14 %', '15 %', '100 %']);
    expect([undefined, {}, { atMost: 3 }, { atLeast: 2 }, { atLeast: 2, atMost: 3 }].map(plannedText)).toEqual(['-', '-', '3 s', 'at least 2 s', '2 to 3 s']);
  });
});
