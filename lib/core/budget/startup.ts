import type { Probe } from '../manifest/types';
import { secondsToExit } from './lifetime';

/** A probe's times as the kubelet uses them. */
export interface ProbeTimes {
  readonly initialDelaySeconds: number;
  readonly periodSeconds: number;
  readonly timeoutSeconds: number;
  readonly successThreshold: number;
  readonly failureThreshold: number;
}

/**
 * A probe's times with the API server's defaults filled in: a 0 means the default, too, except for the initial delay.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.34.1/pkg/apis/core/v1/defaults.go SetDefaults_Probe
 *
 * @example
 * probeTimes({ periodSeconds: 0 }).periodSeconds; // => 10
 */
export function probeTimes(probe: Probe): ProbeTimes {
  return {
    initialDelaySeconds: probe.initialDelaySeconds ?? 0,
    periodSeconds: probe.periodSeconds || 10,
    timeoutSeconds: probe.timeoutSeconds || 1,
    successThreshold: probe.successThreshold || 1,
    failureThreshold: probe.failureThreshold || 3,
  };
}

/**
 * Seconds that a container surely has to start before the probe ends it: initialDelay + (failureThreshold - 1) * period.
 *
 * The first check may come as soon as the initial delay is over. The well-known failureThreshold * period is what it gets with luck.
 *
 * @param probe A startup probe; or, where there is none, the liveness probe.
 * @see https://github.com/kubernetes/kubernetes/blob/v1.32.10/pkg/kubelet/prober/worker.go
 *
 * @example
 * guaranteedStartSeconds({ periodSeconds: 10, failureThreshold: 3 }); // => 20
 */
export function guaranteedStartSeconds(probe: Probe): number {
  const { initialDelaySeconds, periodSeconds, failureThreshold } = probeTimes(probe);
  return initialDelaySeconds + (failureThreshold - 1) * periodSeconds;
}

/**
 * Seconds after which a container that never answers is ended at the latest:
 * initialDelay + period + (failureThreshold - 1) * max(period, timeout) + timeout.
 *
 * The kubelet makes one check at a time, so one that takes longer than the period puts the next one off.
 *
 * @see https://github.com/kubernetes/kubernetes/blob/v1.32.10/pkg/kubelet/prober/worker.go
 *
 * @example
 * latestKillSeconds({ initialDelaySeconds: 30, periodSeconds: 30, failureThreshold: 3 }); // => 121
 * latestKillSeconds({ periodSeconds: 5, timeoutSeconds: 30, failureThreshold: 3 }); // => 95
 */
export function latestKillSeconds(probe: Probe): number {
  const { initialDelaySeconds } = probeTimes(probe);
  return initialDelaySeconds + latestFailureSeconds(probe);
}

/** Seconds, at most, until a container that does not answer any more has failed its last check. */
function latestFailureSeconds(probe: Probe): number {
  const { periodSeconds, timeoutSeconds, failureThreshold } = probeTimes(probe);
  return periodSeconds + (failureThreshold - 1) * Math.max(periodSeconds, timeoutSeconds) + timeoutSeconds;
}

/**
 * The smallest failureThreshold with which the probe surely leaves the container so much time: ceil((start - initialDelay) / period) + 1.
 *
 * @param slowestStartSeconds From container start to the probe's first success, at worst, >= 0.
 * @param probe Its own failureThreshold does not count.
 *
 * @example
 * failureThresholdFor(60, { periodSeconds: 10 }); // => 7
 */
export function failureThresholdFor(slowestStartSeconds: number, probe: Probe): number {
  const { initialDelaySeconds, periodSeconds } = probeTimes(probe);
  return Math.max(0, Math.ceil((slowestStartSeconds - initialDelaySeconds) / periodSeconds)) + 1;
}

/** How a container ends that its liveness probe gave up; whole seconds, each >= 0. */
export interface RestartTimes {
  /** How long the preStop hook takes: it runs for such a restart, too. */
  readonly waitSeconds: number;
  /** What the application needs after SIGTERM. */
  readonly drainSeconds: number;
  /** Grace period of the pod; the probe's own goes before it. */
  readonly graceSeconds: number;
}

/**
 * Seconds, at most, from the moment a container hangs until it is gone and may start again:
 * period + (failureThreshold - 1) * max(period, timeout) + timeout + min(preStop + drain, the probe's grace, else the pod's).
 *
 * @see https://github.com/kubernetes/enhancements/tree/master/keps/sig-node/2238-liveness-probe-grace-period
 *
 * @example
 * restartOutageSeconds({ periodSeconds: 30, failureThreshold: 3 }, { waitSeconds: 30, drainSeconds: 30, graceSeconds: 60 }); // => 151
 */
export function restartOutageSeconds(probe: Probe, times: RestartTimes): number {
  const graceSeconds = probe.terminationGracePeriodSeconds ?? times.graceSeconds;
  return latestFailureSeconds(probe) + secondsToExit({ graceSeconds, preStopSeconds: times.waitSeconds }, times.drainSeconds);
}
