import * as fc from 'fast-check';
import { disruptionBudgetSpec, disruptionsAllowed } from '../../../lib/core/budget';

describe(disruptionBudgetSpec, () => {
  test('lets one pod go, and broken ones always', () => {
    const selector = { matchLabels: { app: 'web' } };
    expect(disruptionBudgetSpec(selector)).toEqual({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector });
  });

  test('allows one eviction with any number of replicas', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1000 }), (replicas) => {
      expect(disruptionsAllowed(replicas, disruptionBudgetSpec({}))).toBe(1);
    }));
  });
});

describe(disruptionsAllowed, () => {
  test.each([
    [3, { maxUnavailable: 1 }, 1],
    [3, { maxUnavailable: 5 }, 3],
    [3, { maxUnavailable: 0 }, 0],
    [3, { maxUnavailable: '1%' }, 1],
    [10, { maxUnavailable: '25%' }, 3],
    [3, { maxUnavailable: '0%' }, 0],
    [1, { minAvailable: 1 }, 0],
    [1, { minAvailable: '100%' }, 0],
    [3, { minAvailable: 2 }, 1],
    [3, { minAvailable: 9 }, 0],
    [99, { minAvailable: '99%' }, 0],
    [100, { minAvailable: '99%' }, 1],
    [7, { minAvailable: '50%' }, 3],
    [0, { maxUnavailable: 1 }, 0],
    [3, {}, undefined],
    [3, { minAvailable: 1, maxUnavailable: 1 }, undefined],
    [3, { minAvailable: '1' }, undefined],
    [3, { maxUnavailable: -1 }, undefined],
    [3, { minAvailable: 3, maxUnavailable: null as never }, 0], // as a Helm chart leaves a value blank
    [3, { minAvailable: null as never, maxUnavailable: 1 }, 1],
    [3, { minAvailable: null as never, maxUnavailable: null as never }, undefined],
  ])('of %i replicas with %j is %p', (replicas, budget, pods) => {
    expect(disruptionsAllowed(replicas, budget)).toBe(pods);
  });
});
