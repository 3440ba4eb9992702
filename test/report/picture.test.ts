import * as fc from 'fast-check';
import { Axis, barSvg, ticksOf, xOf } from '../../lib/report/picture';
import { outageText, percentText, plannedText } from '../../lib/report/words';

const axis: Axis = { fromSeconds: -3, toSeconds: 47, leftPx: 100, rightPx: 600 };

describe(ticksOf, () => {
  test('steps as clocks do', () => {
    expect(ticksOf(axis)).toEqual([0, 5, 10, 15, 20, 25, 30, 35, 40, 45]);
    expect(ticksOf({ ...axis, fromSeconds: 0, toSeconds: 1800 })).toEqual([0, 300, 600, 900, 1200, 1500, 1800]);
    expect(ticksOf({ ...axis, fromSeconds: 0, toSeconds: 1 })).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
  });

  test('never has more than 13, and keeps inside the axis', () => {
    fc.assert(fc.property(fc.integer({ min: -60, max: 0 }), fc.integer({ min: 1, max: 100_000 }), (fromSeconds, toSeconds) => {
      const ticks = ticksOf({ ...axis, fromSeconds, toSeconds });
      expect(ticks.length).toBeLessThanOrEqual(13);
      for (const tick of ticks) expect(tick >= fromSeconds && tick <= toSeconds).toBe(true);
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
});

describe('words', () => {
  test('say times, shares and bounds', () => {
    expect([0, 420.4, 2900].map(outageText)).toEqual(['-', '420 ms', '2.9 s']);
    expect([0.00139, 0.15, 1].map(percentText)).toEqual(['0.14 %', '15 %', '100 %']);
    expect([undefined, {}, { atMost: 3 }, { atLeast: 2 }, { atLeast: 2, atMost: 3 }].map(plannedText)).toEqual(['-', '-', '3 s', 'at least 2 s', '2 to 3 s']);
  });
});
