import type { Part } from '../figure';
import type { Probe, Workload } from '../manifest/types';
import type { StartupPlan } from './rollout-plan';

/** What a container needs until it is ready, as far as anybody says. */
export interface WayToReady {
  /** Seconds from container start, at least that at worst: no probe succeeds before its first check. 0 where nothing is known. */
  readonly atLeast: Part;
  /** The same as an upper bound. @default - not known, as the slowest start is not */
  readonly atMost?: Part;
  /** Seconds that the successes of the slowest readiness probe take: successThreshold * periodSeconds. 0 where no container has one. */
  readonly readiness: Part;
}

const NOT_KNOWN: Part = { label: 'slowest start', value: 0, source: 'not known' };
const NO_READINESS: Part = { label: 'readiness', value: 0, source: 'no container has a readinessProbe' };
/** @see https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/#configure-probes */
const DEFAULT_PERIOD_SECONDS = 10;

/** The slowest way to ready of all containers, by the probes as they will be. */
export function wayToReady({ containers, slowestStart }: StartupPlan, { spec }: Workload): WayToReady {
  const told = slowestStart?.parts[0];
  let atLeast = told ?? NOT_KNOWN;
  let readiness = NO_READINESS;
  for (const { at, readinessProbe, startupProbe } of containers) {
    const container = spec?.template?.spec?.[at.list]?.[at.index];
    const ready = readinessProbe ? readinessProbe.probe : container?.readinessProbe;
    const started = startupProbe ? startupProbe.probe : container?.startupProbe;
    atLeast = laterOf(laterOf(atLeast, firstCheck('readinessProbe', ready)), firstCheck('startupProbe', started));
    readiness = laterOf(readiness, ready && successes(ready));
  }
  return { atLeast, atMost: told && atLeast, readiness };
}

function firstCheck(kind: string, probe: Probe | undefined): Part | undefined {
  return probe?.initialDelaySeconds ? { label: 'first check', value: probe.initialDelaySeconds, source: `${kind}: initialDelaySeconds` } : undefined;
}

function successes({ successThreshold, periodSeconds }: Probe): Part {
  // The API server takes 0 for the default.
  const count = successThreshold || 1;
  const period = periodSeconds || DEFAULT_PERIOD_SECONDS;
  return { label: 'readiness', value: count * period, source: `readinessProbe: ${count} x ${period} s${periodSeconds ? '' : ', Kubernetes\' default period'}` };
}

function laterOf(one: Part, other: Part | undefined): Part {
  return other && other.value > one.value ? other : one;
}
