import * as fc from 'fast-check';
import { InvalidInputError, countWaves } from '../../../lib/core/budget';
import { SimulatedRollout } from './a-deployment';

const rollouts = fc.record({ replicas: fc.nat(60), surge: fc.nat(60), unavailable: fc.nat(60) })
  .filter(({ surge, unavailable }) => surge + unavailable > 0)
  .map((rollout) => ({ ...rollout, unavailable: Math.min(rollout.unavailable, Math.max(1, rollout.replicas)) }));

function simulatedWaves(replicas: number, surge: number, unavailable: number): number {
  const rollout = new SimulatedRollout(replicas, surge, unavailable);
  let waves = 0;
  rollout.reconcile();
  while (!rollout.done) {
    rollout.becomeAvailable(rollout.unavailable);
    rollout.reconcile();
    waves += 1;
    if (waves > 1000) throw new Error('The simulated rollout hangs');
  }
  return waves;
}

describe(countWaves, () => {
  test.each([
    [0, 1, 0, 0], [1, 1, 0, 1], [3, 1, 0, 3], [5, 3, 0, 2], [10, 3, 2, 2], [10, 1, 0, 10], [4, 0, 1, 4], [2, 0, 5, 1], [2, 5, 0, 1],
  ])('counts for %i replicas with surge %i and %i unavailable: %i', (replicas, surge, unavailable, waves) => {
    expect(countWaves(replicas, surge, unavailable)).toBe(waves);
  });

  test('equals what the deployment controller does', () => {
    fc.assert(fc.property(rollouts, ({ replicas, surge, unavailable }) => {
      expect(countWaves(replicas, surge, unavailable)).toBe(simulatedWaves(replicas, surge, unavailable));
    }), { numRuns: 500 });
  });

  test('never grows with more surge', () => {
    fc.assert(fc.property(rollouts, ({ replicas, surge, unavailable }) => {
      expect(countWaves(replicas, surge + 1, unavailable)).toBeLessThanOrEqual(countWaves(replicas, surge, unavailable));
    }));
  });

  test('throws where the rollout could never move', () => {
    expect(() => countWaves(3, 0, 0)).toThrow(InvalidInputError);
    expect(() => countWaves(3, 0, 0)).toThrow(/^Cannot count waves as surge \+ unavailable must be at least 1 pod: current value is 0$/);
  });
});
