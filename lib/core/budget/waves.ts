import { InvalidInputError } from './invalid-input-error';

/**
 * How many pods one after another a rolling update has to wait for: waves = ceil(R / (S + min(U, R))).
 *
 * At no time are more than S + U new pods unavailable, so each further S + U of them begin only when as many are available: a
 * wave takes one pod's way from creation to availability.
 *
 * @param replicas R, a whole number >= 0.
 * @param surge S, pods, >= 0.
 * @param unavailable U, pods, >= 0; at least one of S and U is above 0, as `resolveFenceposts` makes sure.
 * @returns A whole number; 0 where there are no replicas.
 * @throws {InvalidInputError} Where surge and unavailable are both 0: such a rollout never moves.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.1/pkg/controller/deployment/rolling.go (the test simulates it)
 *
 * @example
 * countWaves(5, 2, 0); // => 3
 */
export function countWaves(replicas: number, surge: number, unavailable: number): number {
  if (surge + unavailable <= 0) {
    throw new InvalidInputError('count waves', [{ field: 'surge + unavailable', wanted: 'at least 1 pod', found: surge + unavailable }]);
  }
  return replicas <= 0 ? 0 : Math.ceil(replicas / (surge + Math.min(unavailable, replicas)));
}
