import { Problem } from '../problem';
import { PROFILES } from '../traffic/profiles';
import type { DrainProfile } from '../traffic/profile';
import { healthCheckOf, RouteDraft } from './draft-routes';
import type { GracefulOptions } from './options';
import type { RoutePlan, ShutdownPlan } from './rollout-plan';

type Annotations = Readonly<Record<string, string>>;
type Removed = Pick<RoutePlan, 'drain' | 'removed'> & { readonly annotations?: Annotations };

/** What found its way into a plan that still stands. */
export interface Findings {
  readonly problems: Problem[];
  readonly warnings: Problem[];
}

/** Routes with all that depends on the grace period: how long the load balancer leaves the connections of what it removed alone. */
export function finishRoutes(
  drafts: readonly RouteDraft[], shutdown: ShutdownPlan, options: GracefulOptions, findings: Findings,
): readonly RoutePlan[] {
  return drafts.map((draft) => {
    const removed = planRemoval(draft, shutdown, findings);
    const { entry, mode, profile, modeProfile } = draft;
    if (draft.assumed !== undefined) findings.warnings.push(assumedMode(draft, draft.assumed));
    return {
      service: entry.service, mode, provider: profile?.id, delay: draft.delay, arrival: draft.arrival,
      drain: removed.drain, removed: removed.removed,
      annotations: { ...draft.assumed === undefined ? modeProfile?.annotations : {}, ...settings(draft, options, findings), ...removed.annotations },
      loadBalancerClass: modeProfile && profile?.loadBalancerClass,
      externalTrafficPolicy: mode === 'local' ? 'Local' : undefined,
      readinessGate: draft.readinessGate,
      sourceAddress: modeProfile?.sourceAddress ?? (mode === 'in-cluster' ? 'kept' : 'depends'),
      targets: modeProfile?.targets ?? 'none',
      quota: modeProfile && profile?.quota,
    };
  });
}

function planRemoval(draft: RouteDraft, shutdown: ShutdownPlan, findings: Findings): Removed {
  const { modeProfile, mode } = draft;
  if (!modeProfile) return { removed: 'nothing' };
  const { drain } = modeProfile;
  if (modeProfile.removed === 'lives-with-pod') {
    const asked = drain?.read(draft.existing);
    // Drain that is on cuts, where none would let the connections live: then it has to be long enough.
    return drain && asked !== undefined ? drained(draft, drain, shutdown, asked, findings) : { removed: 'lives-with-pod' };
  }
  if (drain) return drained(draft, drain, shutdown, drain.read(draft.existing) ?? 0, findings);
  if (mode !== 'cluster') findings.warnings.push(noDrainSetting(draft));
  return { removed: 'cut-at-once' };
}

function drained(draft: RouteDraft, drain: DrainProfile, shutdown: ShutdownPlan, asked: number, { problems, warnings }: Findings): Removed {
  const grace = shutdown.terminationGracePeriodSeconds;
  const wanted = Math.max(grace.value, asked, drain.minSeconds);
  if (wanted > drain.maxSeconds) {
    if (draft.mode === 'cluster') warnings.push(nodeLeaves(draft, drain, grace.value));
    else problems.push(drainTooLong(draft, drain, shutdown));
  }
  const value = Math.min(wanted, drain.maxSeconds);
  return {
    drain: {
      value, formula: 'at least the grace period, from the moment a target may be removed',
      parts: [
        { label: 'grace period', value: grace.value, source: 'a removed pod may use its whole grace' },
        { label: 'earliest removal', value: 0, source: 'controllers drop an ending endpoint at once' },
        { label: `range ${drain.minSeconds} to ${drain.maxSeconds} s`, value: value - grace.value, source: drain.source },
      ].filter((part, index) => index < 2 || part.value !== 0),
    },
    removed: 'cut-after-drain',
    annotations: drain.annotations(value, draft.existing),
  };
}

/** Health check, idle timeout and backend label, as far as the author asks for them. */
function settings(draft: RouteDraft, options: GracefulOptions, findings: Findings): Annotations {
  const { entry, profile, existing } = draft;
  if (!profile) return {};
  const written: Record<string, string> = {};
  const check = entry.healthCheck && healthCheckOf(entry, profile.healthCheck, existing);
  if (check) Object.assign(written, profile.healthCheck?.annotations(check));
  if (entry.backendLabel !== undefined) Object.assign(written, backendLabel(draft, findings));
  return { ...written, ...idleTimeout(draft, options.longConnection?.heartbeatSeconds, findings) };
}

function backendLabel({ entry, profile }: RouteDraft, { problems }: Findings): Annotations {
  if (profile?.backendLabelAnnotation) return { [profile.backendLabelAnnotation]: entry.backendLabel! };
  problems.push({
    id: 'no-backend-label', field: `backendLabel of Service/${entry.service}`, wanted: `absent, as ${profile?.name} cannot choose nodes by label`,
    found: entry.backendLabel!, remedy: 'Leave it out, or use pods as targets.',
  });
  return {};
}

/** A load balancer that forgets a silent connection cuts it without a word: it must wait longer than the silence lasts. */
function idleTimeout({ entry, profile, ports }: RouteDraft, heartbeatSeconds: number | undefined, { problems }: Findings): Annotations {
  const idle = profile?.idleTimeout;
  if (!idle) return {};
  const needed = heartbeatSeconds === undefined ? 0 : heartbeatSeconds + 1;
  const wanted = entry.idleTimeoutSeconds ?? Math.max(idle.defaultSeconds, Math.min(2 * (needed - 1), idle.range?.[1] ?? 0));
  const [shortest, longest] = idle.range ?? [idle.defaultSeconds, idle.defaultSeconds];
  if (wanted < needed || wanted < shortest || wanted > longest) {
    problems.push({
      id: 'idle-timeout', field: `idle timeout of Service/${entry.service}`, found: `${wanted} s`,
      wanted: `from ${Math.max(shortest, needed)} to ${longest} s, so that it outlasts the silence between two heartbeats`,
      remedy: `Let the application speak more often than every ${longest} s, or choose a provider that waits longer.`,
    });
    return {};
  }
  return wanted === idle.defaultSeconds && entry.idleTimeoutSeconds === undefined ? {} : idle.annotations?.(wanted, ports) ?? {};
}

function drainTooLong({ entry, mode, profile }: RouteDraft, drain: DrainProfile, { terminationGracePeriodSeconds: grace, drain: needed }: ShutdownPlan): Problem {
  const living = PROFILES.filter((other) => other.id !== profile?.id && other.modes[mode as 'eni' | 'local']?.removed === 'lives-with-pod');
  const handOver = drain.maxSeconds - (grace.value - needed.value);
  return {
    id: 'drain-too-long', field: `drain of Service/${entry.service}`, found: `${grace.value} s, the grace period`,
    wanted: `at most ${drain.maxSeconds} s, as ${profile?.name} cuts the connections of a removed target then`,
    remedy: [
      'Ways out: mode \'cluster\', whose targets a roll does not change',
      `a hand-over of at most ${Math.max(0, handOver)} s, where clients move to another pod`,
      ...living.length > 0 ? [`a provider that leaves them alone in this mode (${living.map(({ id }) => `'${id}'`).join(', ')})`] : [],
    ].join('; ') + '.',
  };
}

function nodeLeaves({ entry, profile }: RouteDraft, drain: DrainProfile, graceSeconds: number): Problem {
  return {
    id: 'node-leaves', field: `drain of Service/${entry.service}`, found: `${drain.maxSeconds} s, the most that ${profile?.name} takes`,
    wanted: `${graceSeconds} s for the day a node leaves the load balancer`,
    remedy: 'A roll cuts nothing in this mode; before a node goes, take it out of service first and wait for its connections.',
  };
}

function noDrainSetting({ entry, profile, mode }: RouteDraft): Problem {
  return {
    id: 'no-drain-setting', field: `drain of Service/${entry.service}`, found: 'none', wanted: 'set, so that a removed target keeps its open connections',
    remedy: `${profile?.name} has no such setting in mode '${mode}': what is open when a target is removed may be cut. Choose another mode or provider where that matters.`,
  };
}

function assumedMode({ entry, mode }: RouteDraft, assumed: string): Problem {
  return {
    id: 'assumed-mode', field: `mode of Service/${entry.service}`, found: `nothing, so '${mode}' is assumed`, wanted: 'said on the Service, or in traffic', remedy: `${assumed.replace(/\.?$/, '')}.`,
  };
}
