import { failureThresholdFor } from '../budget/startup';
import type { Probe } from '../manifest/types';
import { checkPort } from './check-port';
import { DEFAULTS } from './defaults';
import type { Findings } from './finish-routes';
import { firstTcpPort } from './first-tcp-port';
import type { KnownContainer } from './known-containers';
import type { WarmUpOptions } from './options';

import type { ContainerStartup } from './rollout-plan';

/** ours: what a start may take before the successes are counted, where the author does not say. */
const UNKNOWN_START_SECONDS = 60;

type Warmed = Pick<ContainerStartup, 'readinessProbe' | 'startupProbe'>;

/**
 * "N successes in a row before the first traffic, one to recover": no API server takes that as a start-up probe's
 * successThreshold, so it is reached by the best of the ways that the author's facts allow. In this order: the application's
 * own start-up endpoint; a start-up command that a shell repeats; `minReadySeconds`, where only the rollout is to wait; else
 * readiness with N successes, which needs N to recover, too.
 */
export function planWarmUp(known: KnownContainer, readiness: Probe | undefined, findings: Findings): Warmed {
  const { warmUp, slowestStartSeconds } = known.options;
  if (!warmUp) return {};
  const { successes, periodSeconds = DEFAULTS.warmUpPeriodSeconds } = warmUp;
  const startSeconds = slowestStartSeconds ?? UNKNOWN_START_SECONDS + successes * periodSeconds;
  if (warmUp.endpoint) return overEndpoint(known, warmUp, periodSeconds, startSeconds, findings);
  if (warmUp.command) return { startupProbe: { probe: repeated(warmUp, periodSeconds, startSeconds), reason: `a shell runs the check ${successes} times in a row, ${periodSeconds} s apart` } };
  if (warmUp.holds === 'rollout') return {};
  return overReadiness(known, warmUp, periodSeconds, readiness, findings);
}

function overEndpoint(
  { name, container }: KnownContainer, warmUp: WarmUpOptions, periodSeconds: number, startSeconds: number, { problems }: Findings,
): Warmed {
  const { successes, endpoint } = warmUp;
  const { path, port = firstTcpPort(container) } = endpoint!;
  if (port === undefined) {
    problems.push({
      id: 'missing-port', field: `warmUp.endpoint.port of container ${name}`, wanted: 'given, as the container declares no port', found: 'nothing',
      remedy: 'Declare the port, or name it in warmUp.endpoint.',
    });
    return {};
  }
  checkPort(port, container, `warmUp.endpoint.port of container ${name}`, problems);
  const probe = { httpGet: { path, port }, periodSeconds };
  return { startupProbe: { probe: { ...probe, failureThreshold: failureThresholdFor(startSeconds, probe) }, reason: `the application itself counts ${successes} checks before it answers 200` } };
}

/** One run makes all the checks and ends at the first that fails, so no state outlives it; the next run starts anew. */
function repeated({ successes, command = [] }: WarmUpOptions, periodSeconds: number, startSeconds: number): Probe {
  const script = `n=0; while "$@"; do n=$((n+1)); [ $n -ge ${successes} ] && exit 0; sleep ${periodSeconds}; done; exit 1`;
  const probe = { exec: { command: ['sh', '-c', script, 'warm-up', ...command] }, periodSeconds, timeoutSeconds: successes * (periodSeconds + 1) };
  return { ...probe, failureThreshold: failureThresholdFor(startSeconds, probe) };
}

function overReadiness(
  { name }: KnownContainer, { successes }: WarmUpOptions, periodSeconds: number, readiness: Probe | undefined, findings: Findings,
): Warmed {
  if (!readiness) {
    findings.problems.push({
      id: 'warm-up-needs-probe', field: `warmUp of container ${name}`, wanted: 'given an endpoint, a command, or beside a readiness probe that can count', found: 'none of them',
      remedy: 'Give the container a readiness probe, or the warm-up an endpoint.',
    });
    return {};
  }
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
