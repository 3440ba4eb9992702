import { Figure, largestOf, Part, sumOf } from '../figure';
import { DEFAULT_GRACE_SECONDS, isDefaultGrace } from '../manifest/toolkit-defaults';
import { Problem, shown } from '../problem';
import { DEFAULTS } from './defaults';
import type { Findings } from './finish-routes';
import { keptTooShort } from './kept-too-short';
import type { GracefulOptions } from './options';
import type { ShutdownRequest } from './plan-shutdown';
import type { ContainerShutdown } from './rollout-plan';
import { termsOf } from './terms-of';

/** Label of the part by which a grace period is longer than it has to be. */
export const LONGER_GRACE = 'longer grace';

/** The grace period that holds each container's wait and drain, then the sidecars' drains, then the margin. */
export function planGrace(containers: readonly ContainerShutdown[], { spec, options, kept }: ShutdownRequest, findings: Findings): Figure {
  const sum = neededGrace(containers, options);
  const standing = spec.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS;
  if ('terminationGracePeriodSeconds' in kept) return keptGrace(standing, sum, containers, findings);
  const said = options.terminationGracePeriodSeconds;
  if (said !== undefined && said < sum.value) findings.problems.push(graceTooShort(said, sum));
  const value = Math.max(sum.value, said ?? (isDefaultGrace(spec) ? 0 : standing));
  if (value === sum.value) return sum;
  const source = said === undefined ? 'manifest: terminationGracePeriodSeconds' : 'author: terminationGracePeriodSeconds';
  return sumOf(sum.formula, [...sum.parts, { label: LONGER_GRACE, value: value - sum.value, source }]);
}

/** What the slowest way to the end is made of, the margin apart: a wait and a drain, then the sidecars' drains. */
export function slowestEnd(containers: readonly ContainerShutdown[]): readonly Part[] {
  // A sidecar's hook starts with all the others, but it gets SIGTERM only once every container has left, one after the other (KEP-753).
  const needed = containers.map((one) => one.role === 'sidecar' ? one.wait : sumOf('', [...one.wait.parts, ...one.drain.parts]));
  return [...largestOf(needed).parts, ...containers.filter((one) => one.role === 'sidecar').flatMap((one) => one.drain.parts)];
}

function neededGrace(containers: readonly ContainerShutdown[], options: GracefulOptions): Figure {
  const margin: Part = {
    label: 'margin', value: options.marginSeconds ?? DEFAULTS.marginSeconds,
    source: options.marginSeconds === undefined ? 'ours: the kubelet counts whole seconds from when it hears of the deletion' : 'author: marginSeconds',
  };
  const formula = containers.some((one) => one.role === 'sidecar') ? 'preStop wait + drain + sidecars\' drains + margin' : 'preStop wait + drain + margin';
  return sumOf(formula, [...slowestEnd(containers), margin]);
}

/** The manifest's word holds, whatever it means: the plan goes on with the grace that the pod really gets. */
function keptGrace(standing: number, sum: Figure, containers: readonly ContainerShutdown[], { problems, warnings }: Findings): Figure {
  if (standing < sum.value) warnings.push(keptTooShort('terminationGracePeriodSeconds', standing, sum));
  for (const { name, preStop } of containers) {
    if (preStop?.sleep === undefined || preStop.sleep.seconds <= standing) continue;
    problems.push({
      id: 'sleep-beyond-grace', field: 'terminationGracePeriodSeconds', found: shown(standing),
      wanted: `at least ${preStop.sleep.seconds}, the preStop sleep of container ${name}: the API server refuses less`,
      remedy: 'Raise it, or remove the annotation that keeps it.',
    });
  }
  const value = standing - sum.value;
  return value === 0 ? sum : sumOf(sum.formula, [...sum.parts, { label: value > 0 ? LONGER_GRACE : 'shorter grace', value, source: 'manifest: kube-graceful/keep.terminationGracePeriodSeconds' }]);
}

function graceTooShort(said: number, sum: Figure): Problem {
  return {
    id: 'grace-too-short', field: 'terminationGracePeriodSeconds', found: shown(said),
    wanted: `at least ${sum.value}: ${termsOf(sum.parts)}`,
    remedy: 'Leave it out to get the sum, or shorten what it is made of.',
  };
}
