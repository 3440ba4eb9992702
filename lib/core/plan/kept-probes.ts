import { guaranteedStartSeconds } from '../budget/startup';
import type { Probe } from '../manifest/types';
import type { Problem } from '../problem';
import type { KnownContainer } from './known-containers';
import { unknownStart } from './unknown-start';

/** Does an annotation keep the very probe that would count a warm-up's successes? Then nothing counts them. */
export function keepsWarmUpOut({ name, options }: KnownContainer, kept: Readonly<Record<string, string>>, warnings: Problem[]): boolean {
  const { warmUp } = options;
  if (!warmUp) return false;
  const asks = (warmUp.endpoint ?? warmUp.command) !== undefined;
  const kind = asks ? 'startupProbe' : 'readinessProbe';
  if (!asks && warmUp.holds === 'rollout' || !(kind in kept)) return false;
  warnings.push({
    id: 'kept-too-short', field: `${kind} of container ${name}`, wanted: `written for the ${warmUp.successes} successes of warmUp`, found: 'the one that stands there',
    remedy: 'An annotation keeps it as it is: nothing counts the successes.',
  });
  return true;
}

/** Without a start-up probe, which may be kept out as well, it is the liveness probe that ends a slow start. */
export function checkKeptStart({ container, name, options }: KnownContainer, liveness: Probe | undefined, warnings: Problem[]): void {
  const inForce = container.startupProbe ?? liveness;
  if (!inForce) return;
  const slowest = options.slowestStartSeconds;
  const seconds = guaranteedStartSeconds(inForce);
  if (slowest === undefined) {
    if (liveness) warnings.push(unknownStart(name, inForce));
  } else if (seconds < slowest) {
    warnings.push({
      id: 'kept-too-short', field: `startupProbe of container ${name}`, wanted: `one that surely leaves ${slowest} s, the slowest start`,
      found: container.startupProbe ? `${seconds} s` : `none, so that the liveness probe leaves ${seconds} s`,
      remedy: 'An annotation keeps it as it is: a slower start is ended.',
    });
  }
}
