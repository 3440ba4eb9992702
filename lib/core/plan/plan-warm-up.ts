import { failureThresholdFor } from '../budget/startup';
import type { Probe } from '../manifest/types';
import { DEFAULTS } from './defaults';
import type { Findings } from './finish-routes';
import type { WarmUpOptions } from './options';
import type { KnownContainer } from './plan-shutdown';
import type { ContainerStartup } from './rollout-plan';

/** ours: what a start may take before the successes are counted, where the author does not say. */
const UNKNOWN_START_SECONDS = 60;

/**
 * "N successes in a row before the first traffic, one to recover": no API server takes that as a start-up probe's
 * successThreshold, so it is reached by the best of the ways that the author's facts allow. In this order: the application's
 * own start-up endpoint; a start-up command that a shell repeats; `minReadySeconds`, where only the rollout is to wait; else
 * readiness with N successes, which needs N to recover, too.
 */
export function planWarmUp(known: KnownContainer, readiness: Probe | undefined, findings: Findings): Pick<ContainerStartup, 'readinessProbe' | 'startupProbe'> {
  const { warmUp, slowestStartSeconds } = known.options;
  if (!warmUp) return {};
  const { successes, periodSeconds = DEFAULTS.warmUpPeriodSeconds } = warmUp;
  const startSeconds = slowestStartSeconds ?? UNKNOWN_START_SECONDS + successes * periodSeconds;
  if (warmUp.endpoint) {
    const { path, port = known.container.ports?.[0]?.containerPort ?? 80 } = warmUp.endpoint;
    const probe = { httpGet: { path, port }, periodSeconds };
    return { startupProbe: { probe: { ...probe, failureThreshold: failureThresholdFor(startSeconds, probe) }, reason: `the application itself counts ${successes} checks before it answers 200` } };
  }
  if (warmUp.command) return { startupProbe: { probe: repeated(warmUp, periodSeconds, startSeconds), reason: `a shell runs the check ${successes} times in a row, ${periodSeconds} s apart` } };
  if (warmUp.holds === 'rollout') return {};
  return overReadiness(known, warmUp, periodSeconds, readiness, findings);
}

/** One run makes all the checks and ends at the first that fails, so no state outlives it; the next run starts anew. */
function repeated({ successes, command = [] }: WarmUpOptions, periodSeconds: number, startSeconds: number): Probe {
  const script = `n=0; while "$@"; do n=$((n+1)); [ $n -ge ${successes} ] && exit 0; sleep ${periodSeconds}; done; exit 1`;
  const probe = { exec: { command: ['sh', '-c', script, 'warm-up', ...command] }, periodSeconds, timeoutSeconds: successes * (periodSeconds + 1) };
  return { ...probe, failureThreshold: failureThresholdFor(startSeconds, probe) };
}

function overReadiness({ name }: KnownContainer, { successes }: WarmUpOptions, periodSeconds: number, readiness: Probe | undefined, findings: Findings): Pick<ContainerStartup, 'readinessProbe'> {
  if (!readiness) return {};
  findings.warnings.push({
    id: 'recovery-needs-all', field: `warmUp of container ${name}`, wanted: 'given an endpoint, or a command and shell: true, so that one success is enough to recover',
    found: `only the readiness probe, which needs ${successes} successes after each failure, too`, remedy: 'Let the application count its own checks behind an endpoint.',
  });
  return {
    readinessProbe: {
      probe: { ...readiness, periodSeconds, successThreshold: Math.max(successes, readiness.successThreshold ?? 1) },
      reason: `${successes} successes in a row before traffic: the first time, and after each failure`,
    },
  };
}
