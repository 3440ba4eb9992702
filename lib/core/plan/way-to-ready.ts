import type { Part } from '../figure';
import type { Probe, Workload } from '../manifest/types';
import type { StartupPlan } from './rollout-plan';

/** What a container needs until it is ready, as far as anybody says. */
export interface WayToReady {
  /** Seconds from container start, at least that at worst: no probe succeeds before its first check. 0 where nothing is known. */
  readonly atLeast: Part;
  /** The same as an upper bound. @default - not known, as the slowest start is not */
  readonly atMost?: Part;
  /** Successes that readiness needs, >= 1, and the period between them in seconds, >= 1. */
  readonly readiness: { readonly successThreshold: number; readonly periodSeconds: number };
}

const NOT_KNOWN: Part = { label: 'slowest start', value: 0, source: 'not known' };

/** The slowest way to ready of all containers, by the probes as they will be. */
export function wayToReady({ containers, slowestStart }: StartupPlan, { spec }: Workload): WayToReady {
  const told = slowestStart?.parts[0];
  let atLeast = told ?? NOT_KNOWN;
  let readiness = { successThreshold: 1, periodSeconds: 10 };
  for (const { at, readinessProbe, startupProbe } of containers) {
    const container = spec?.template?.spec?.[at.list]?.[at.index];
    const ready = readinessProbe ? readinessProbe.probe : container?.readinessProbe;
    const started = startupProbe ? startupProbe.probe : container?.startupProbe;
    atLeast = laterOf(laterOf(atLeast, firstCheck('readinessProbe', ready)), firstCheck('startupProbe', started));
    const own = { successThreshold: ready?.successThreshold || 1, periodSeconds: ready?.periodSeconds || 10 };
    if (own.successThreshold * own.periodSeconds > readiness.successThreshold * readiness.periodSeconds) readiness = own;
  }
  return { atLeast, atMost: told && atLeast, readiness };
}

function firstCheck(kind: string, probe: Probe | undefined): Part | undefined {
  return probe?.initialDelaySeconds ? { label: 'first check', value: probe.initialDelaySeconds, source: `${kind}: initialDelaySeconds` } : undefined;
}

function laterOf(one: Part, other: Part | undefined): Part {
  return other && other.value > one.value ? other : one;
}
