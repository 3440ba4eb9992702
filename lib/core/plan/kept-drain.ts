import { Figure, sumOf } from '../figure';
import type { Problem } from '../problem';
import type { RouteDraft } from './draft-routes';
import type { Findings } from './finish-routes';
import { keptTooShort } from './kept-too-short';
import type { GracefulOptions } from './options';
import type { RoutePlan, ShutdownPlan } from './rollout-plan';

/**
 * The drain that an annotation keeps as it stands: the load balancer goes by that one, whatever the plan would set. Too short, it is what
 * no drain would be: a session is refused, and requests are warned of, but not in Cluster mode, where a roll removes no target.
 *
 * @param standing Seconds that the Service asks for. @default - drain is off
 */
export function keptDrain(
  { entry, mode }: RouteDraft, standing: number | undefined, shutdown: ShutdownPlan, options: GracefulOptions, findings: Findings,
): Pick<RoutePlan, 'drain' | 'removed'> {
  const grace = shutdown.terminationGracePeriodSeconds;
  const seconds = standing ?? 0;
  const field = `drain of Service/${entry.service}`;
  if (seconds < grace.value && mode !== 'cluster') {
    const session = options.longConnection?.longestSessionSeconds;
    if (session === undefined) findings.warnings.push(keptTooShort(field, seconds, grace));
    else findings.problems.push(sessionCut(field, seconds, session, grace));
  }
  return seconds === 0 ? { removed: 'cut-at-once' } : { drain: figureOf(seconds, grace), removed: 'cut-after-drain' };
}

function figureOf(seconds: number, grace: Figure): Figure {
  const value = seconds - grace.value;
  const source = 'manifest: kube-graceful/keep.annotations';
  return sumOf('as the Service has it, from the moment a target may be removed', [
    { label: 'grace period', value: grace.value, source: 'a removed pod may use its whole grace' },
    ...value === 0 ? [] : [{ label: value > 0 ? 'longer drain' : 'shorter drain', value, source }],
  ]);
}

function sessionCut(field: string, seconds: number, sessionSeconds: number, grace: Figure): Problem {
  return {
    id: 'session-cut', field, found: seconds === 0 ? 'none' : `${seconds} s`,
    wanted: `at least ${grace.value} s, the grace period, so that a session of ${sessionSeconds} s outlives its target`,
    remedy: 'Raise it, or remove the annotation that keeps it.',
  };
}
