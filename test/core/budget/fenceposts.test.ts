import * as fc from 'fast-check';
import { isZeroShare, parseIntOrPercent, podsOf, resolveFenceposts } from '../../../lib/core/budget';

describe(isZeroShare, () => {
  test('is of a number and of a percentage', () => {
    expect([0, '0%', '00%', 1, '1%', '0', undefined].map(isZeroShare)).toEqual([true, true, true, false, false, false, false]);
  });
});

describe(parseIntOrPercent, () => {
  test.each([
    [0, { value: 0, unit: 'pods' }],
    [-0, { value: 0, unit: 'pods' }],
    [7, { value: 7, unit: 'pods' }],
    ['0%', { value: 0, unit: 'percent' }],
    ['25%', { value: 25, unit: 'percent' }],
    ['025%', { value: 25, unit: 'percent' }],
    ['250%', { value: 250, unit: 'percent' }],
  ])('reads %p', (raw, expected) => {
    expect(parseIntOrPercent(raw)).toEqual(expected);
  });

  test.each([
    [-1], [1.5], [NaN], [Infinity], ['25'], [' 5%'], ['5 %'], ['5%\n'], ['-5%'], ['2.5%'], ['%'], [''], [null], [undefined], [true], [{}],
    ['99999999999999999999%'],
  ])('refuses %p', (raw) => {
    expect(parseIntOrPercent(raw)).toBeUndefined();
  });
});

describe(podsOf, () => {
  test('leaves a number of pods as it is', () => {
    expect(podsOf({ value: 7, unit: 'pods' }, 3, 'down')).toBe(7);
  });

  test('rounds within one pod, up or down', () => {
    fc.assert(fc.property(fc.nat(200), fc.nat(1000), (value, replicas) => {
      const share = { value, unit: 'percent' } as const;
      const down = podsOf(share, replicas, 'down');
      const up = podsOf(share, replicas, 'up');
      expect(down * 100).toBeLessThanOrEqual(value * replicas);
      expect(up * 100).toBeGreaterThanOrEqual(value * replicas);
      expect(up - down).toBe(value * replicas % 100 === 0 ? 0 : 1);
    }));
  });
});

describe(resolveFenceposts, () => {
  test.each([
    [1, undefined, undefined, { surge: 1, unavailable: 0 }],
    [3, '25%', '25%', { surge: 1, unavailable: 0 }],
    [4, '25%', '25%', { surge: 1, unavailable: 1 }],
    [5, '25%', '25%', { surge: 2, unavailable: 1 }],
    [5, '50%', '0%', { surge: 3, unavailable: 0 }],
    [10, 3, 2, { surge: 3, unavailable: 2 }],
    [5, 0, '10%', { surge: 0, unavailable: 1 }],
    [5, '0%', 0, { surge: 0, unavailable: 1 }],
    [0, '25%', '25%', { surge: 0, unavailable: 1 }],
    [2, '200%', '100%', { surge: 4, unavailable: 2 }],
  ])('resolves for %i replicas maxSurge %p and maxUnavailable %p', (replicas, maxSurge, maxUnavailable, expected) => {
    expect(resolveFenceposts(replicas, maxSurge, maxUnavailable)).toEqual(expected);
  });

  test('always lets the rollout move', () => {
    fc.assert(fc.property(fc.nat(200), fc.nat(100), fc.nat(100), (replicas, up, down) => {
      const { surge, unavailable } = resolveFenceposts(replicas, `${up}%`, `${down}%`);
      expect(surge + unavailable).toBeGreaterThan(0);
    }));
  });

  test('never misses a pod where the author allows none and surges', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 100 }), (replicas, up) => {
      expect(resolveFenceposts(replicas, `${up}%`, 0).unavailable).toBe(0);
    }));
  });

  test('throws with all that it cannot read', () => {
    expect(() => resolveFenceposts(3, '25', -1)).toThrow(new RangeError([
      'Cannot resolve fenceposts as maxSurge must be a whole number >= 0 or a percentage such as \'25%\': current value is "25"',
      'Cannot resolve fenceposts as maxUnavailable must be a whole number >= 0 or a percentage such as \'25%\': current value is -1',
    ].join('\n')));
  });
});
