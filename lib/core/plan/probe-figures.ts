import { secondsToExit } from '../budget/lifetime';
import { probeTimes } from '../budget/startup';
import { Figure, Part, sumOf } from '../figure';
import type { Probe } from '../manifest/types';
import type { ProbeFigures, ProbeNumber, ShutdownPlan } from './rollout-plan';

/** How the kubelet makes its checks: one at a time, the first as soon as it may. */
const WORKER = 'kubernetes v1.32.10 pkg/kubelet/prober/worker.go';
const NUMBERS: readonly ProbeNumber[] = [
  'initialDelaySeconds', 'periodSeconds', 'timeoutSeconds', 'successThreshold', 'failureThreshold', 'terminationGracePeriodSeconds',
];

/**
 * Each number of a probe with its sum.
 *
 * @param said Who says a number, or its whole sum.
 * @param otherwise Who says every other number: `manifest: livenessProbe`.
 *
 * @example
 * probeFigures({ periodSeconds: 5 }, { periodSeconds: 'author: warmUp' }, 'manifest: startupProbe').periodSeconds?.value; // => 5
 */
export function probeFigures(probe: Probe, said: Readonly<Partial<Record<ProbeNumber, string | Figure>>>, otherwise: string): ProbeFigures {
  const figures: Partial<Record<ProbeNumber, Figure>> = {};
  for (const number of NUMBERS) {
    const value = probe[number] ?? undefined;
    if (value === undefined) continue;
    const known = said[number] ?? otherwise;
    figures[number] = typeof known === 'string' ? sumOf('as said', [{ label: number, value, source: known }]) : known;
  }
  return figures;
}

/**
 * The failureThreshold that surely leaves a start so long: ceil((start - initialDelay) / period) + 1, as `failureThresholdFor` says.
 *
 * @param source Who says how long the start may take.
 */
export function thresholdFigure(probe: Probe, startSeconds: number, source: string): Figure {
  const { initialDelaySeconds, periodSeconds, failureThreshold } = probeTimes(probe);
  return sumOf('ceil((start - initialDelaySeconds) / periodSeconds) + 1', [
    { label: `periods of ${periodSeconds} s in ${Math.max(0, startSeconds - initialDelaySeconds)} s`, value: failureThreshold - 1, source },
    { label: 'first check, which may come at once', value: 1, source: WORKER },
  ]);
}

/** Seconds, at most, until a container that never starts is told to end: `latestKillSeconds`, part by part. */
export function startEnds(probe: Probe): Figure {
  const { initialDelaySeconds } = probeTimes(probe);
  const delay: Part[] = initialDelaySeconds > 0 ? [{ label: 'initialDelaySeconds', value: initialDelaySeconds, source: 'the probe' }] : [];
  return sumOf('initialDelaySeconds + until the last check has failed', [...delay, ...lastFailure(probe)]);
}

/**
 * Seconds, at most, until a container that hangs is gone: `restartOutageSeconds`, part by part. What hangs may not hear SIGTERM either,
 * so it takes all the grace that it gets.
 */
export function hangEnds(probe: Probe, name: string, { containers, terminationGracePeriodSeconds }: ShutdownPlan): Figure {
  const { value: podGrace } = terminationGracePeriodSeconds;
  const waitSeconds = containers.find((one) => one.name === name)?.wait.value ?? 0;
  const own = probe.terminationGracePeriodSeconds ?? undefined;
  const end = secondsToExit({ graceSeconds: own ?? podGrace, preStopSeconds: waitSeconds }, podGrace);
  const source = own === undefined ? 'the pod\'s terminationGracePeriodSeconds' : 'the probe\'s own terminationGracePeriodSeconds';
  return sumOf('until the last check has failed + grace', [...lastFailure(probe), { label: 'grace', value: end, source }]);
}

function lastFailure(probe: Probe): readonly Part[] {
  const { periodSeconds, timeoutSeconds, failureThreshold } = probeTimes(probe);
  const apart = Math.max(periodSeconds, timeoutSeconds);
  const more = failureThreshold - 1;
  return [
    { label: 'first check', value: periodSeconds, source: `a period at most; ${WORKER}` },
    ...more > 0 ? [{ label: `${more} more, ${apart} s apart`, value: more * apart, source: `max(periodSeconds, timeoutSeconds); ${WORKER}` }] : [],
    { label: 'timeout of the last', value: timeoutSeconds, source: 'the probe, else Kubernetes\' default of 1 s' },
  ];
}
