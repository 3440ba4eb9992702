import { InvalidInputError } from './invalid-input-error';

/** A number of pods, or a share of the replicas, as Kubernetes' `IntOrString` fields hold it. */
export interface IntOrPercent {
  /** A whole number >= 0, of `unit`. */
  readonly value: number;
  readonly unit: 'pods' | 'percent';
}

/** `maxSurge` and `maxUnavailable` as pods. */
export interface Fenceposts {
  /** Pods above the replicas, >= 0. */
  readonly surge: number;
  /** Pods below the replicas, >= 0; never 0 while `surge` is 0. */
  readonly unavailable: number;
}

/**
 * Reads a whole number >= 0, or a percentage such as '25%', as the API server does: `^[0-9]+%$`, so no sign, space or fraction,
 * and no number in a string.
 *
 * @returns Undefined for anything else. That 100 % is the most for some fields is the caller's check.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.1/pkg/apis/apps/validation/validation.go
 *
 * @example
 * parseIntOrPercent('25%'); // => { value: 25, unit: 'percent' }
 * parseIntOrPercent('25'); // => undefined
 */
export function parseIntOrPercent(raw: unknown): IntOrPercent | undefined {
  const percent = typeof raw === 'string' && /^[0-9]+%$/.test(raw);
  const value = percent ? Number(raw.slice(0, -1)) : raw;
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0) return undefined;
  return { value: value + 0, unit: percent ? 'percent' : 'pods' };
}

/** Is it 0, or 0 %? Not where nothing is said, and not of what is neither a number nor a percentage. */
export function isZeroShare(raw: unknown): boolean {
  return parseIntOrPercent(raw)?.value === 0;
}

/**
 * Pods that a number or a percentage stands for: round(percent * replicas / 100).
 *
 * @param replicas A whole number >= 0.
 */
export function podsOf(share: IntOrPercent, replicas: number, rounding: 'up' | 'down'): number {
  if (share.unit === 'pods') return share.value;
  const exact = share.value * replicas / 100;
  return rounding === 'up' ? Math.ceil(exact) : Math.floor(exact);
}

/**
 * `maxSurge` and `maxUnavailable` as the deployment controller resolves them: surge = ceil(share * replicas), unavailable =
 * floor(share * replicas), and where both come to 0, unavailable = 1, so that the rollout can move at all.
 *
 * @param replicas A whole number >= 0.
 * @param maxSurge A number or percentage. @default '25%', the API server's
 * @param maxUnavailable A number or percentage. @default '25%', the API server's
 * @throws {InvalidInputError} Where one is neither.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.1/pkg/controller/deployment/util/deployment_util.go ResolveFenceposts
 *
 * @example
 * resolveFenceposts(3, '25%', '25%'); // => { surge: 1, unavailable: 0 }
 * resolveFenceposts(5, 0, '10%'); // => { surge: 0, unavailable: 1 }
 */
export function resolveFenceposts(
  replicas: number,
  maxSurge: number | string = '25%',
  maxUnavailable: number | string = '25%',
): Fenceposts {
  const up = parseIntOrPercent(maxSurge);
  const down = parseIntOrPercent(maxUnavailable);
  if (up === undefined || down === undefined) {
    const wanted = 'a whole number >= 0 or a percentage such as \'25%\'';
    throw new InvalidInputError('resolve fenceposts', [
      ...up ? [] : [{ field: 'maxSurge', wanted, found: maxSurge }],
      ...down ? [] : [{ field: 'maxUnavailable', wanted, found: maxUnavailable }],
    ]);
  }
  const surge = podsOf(up, replicas, 'up');
  const unavailable = podsOf(down, replicas, 'down');
  return { surge, unavailable: surge === 0 && unavailable === 0 ? 1 : unavailable };
}
