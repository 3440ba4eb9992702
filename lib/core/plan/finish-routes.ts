import { sumOf } from '../figure';
import type { Problem } from '../problem';
import type { BalancerMode, DrainProfile, ModeProfile, OutOfReach, ProviderProfile } from '../traffic/profile';
import { PROFILES } from '../traffic/profiles';
import type { RouteDraft } from './draft-routes';
import { planHealthCheck } from './health-check';
import { planIdleTimeout } from './idle-timeout';
import type { GracefulOptions } from './options';
import { keptDrain } from './kept-drain';
import { outOfReachOf } from './out-of-reach';
import { LONGER_GRACE } from './plan-grace';
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
    const removed = planRemoval(draft, shutdown, options, findings);
    const { entry, mode, profile, modeProfile, kept } = draft;
    const set = settings(draft, options, findings);
    if (draft.assumed !== undefined) findings.warnings.push(assumedMode(draft, draft.assumed));
    return {
      service: entry.service, mode, provider: profile?.id, delay: draft.delay, arrival: draft.arrival,
      drain: removed.drain, removed: removed.removed,
      annotations: 'annotations' in kept ? {} : {
        ...draft.assumed === undefined ? modeProfile?.annotations : {}, ...set, ...removed.annotations,
      },
      // What the Service says of its load balancer already needs no class; one that stands without can never get one.
      loadBalancerClass: modeProfile && draft.named !== profile?.id && !('loadBalancerClass' in kept) ? profile?.loadBalancerClass : undefined,
      externalTrafficPolicy: policyOf(draft),
      readinessGate: draft.readinessGate,
      sourceAddress: modeProfile?.sourceAddress ?? (mode === 'in-cluster' ? 'kept' : 'depends'),
      targets: modeProfile?.targets ?? 'none',
      quota: modeProfile && profile?.quota,
      kept,
    };
  });
}

/** 'Cluster' is what a Service without a word means, so it is only said against another word. */
function policyOf({ mode, trafficPolicy, kept }: RouteDraft): RoutePlan['externalTrafficPolicy'] {
  if ('externalTrafficPolicy' in kept) return undefined;
  if (mode === 'local') return 'Local';
  return mode === 'cluster' && trafficPolicy === 'Local' ? 'Cluster' : undefined;
}

function planRemoval(draft: RouteDraft, shutdown: ShutdownPlan, options: GracefulOptions, findings: Findings): Removed {
  const { modeProfile, mode, entry } = draft;
  if (!modeProfile) return { removed: 'nothing' };
  const isKept = 'annotations' in draft.kept;
  const outOfReach = modeProfile.drain && outOfReachOf('drain', draft);
  const drain = outOfReach ? undefined : modeProfile.drain;
  if (entry.keepsOpenConnections && drain) findings.problems.push(needlesslyKept(draft));
  if (modeProfile.removed === 'lives-with-pod') {
    const asked = drain?.read(draft.existing);
    if (outOfReach && modeProfile.drain?.read(draft.existing) !== undefined) findings.warnings.push(drainOutOfReach(draft, outOfReach));
    // Drain that is on cuts at its end, where none would let the connections live: then it has to be long enough.
    if (!drain || asked === undefined || isKept && !cutsAtEnd(drain, draft)) return { removed: 'lives-with-pod' };
    return isKept ? keptDrain(draft, asked, shutdown, options, findings) : drained(draft, drain, shutdown, asked, findings);
  }
  if (drain && isKept) return keptDrain(draft, drain.read(draft.existing), shutdown, options, findings);
  if (drain) return drained(draft, drain, shutdown, drain.read(draft.existing) ?? 0, findings);
  if (entry.keepsOpenConnections) return { removed: 'lives-with-pod' };
  if (mode === 'cluster') {
    if (options.longConnection) findings.warnings.push(nodeCuts(draft, outOfReach));
    return { removed: 'cut-at-once' };
  }
  // A request that is cut is one of many; a session is what the pod waits for.
  const session = options.longConnection?.longestSessionSeconds;
  if (session === undefined) findings.warnings.push(outOfReach ? drainOutOfReach(draft, outOfReach) : noDrainSetting(draft));
  else findings.problems.push(outOfReach ? { ...drainOutOfReach(draft, outOfReach), id: 'session-cut' } : sessionCut(draft, session));
  return { removed: 'cut-at-once' };
}

function drained(draft: RouteDraft, drain: DrainProfile, shutdown: ShutdownPlan, asked: number, { problems, warnings }: Findings): Removed {
  const grace = shutdown.terminationGracePeriodSeconds;
  const cuts = cutsAtEnd(drain, draft);
  if (cuts && grace.value > drain.maxSeconds) {
    if (draft.mode === 'cluster') warnings.push(nodeLeaves(draft, drain, grace.value));
    else problems.push(drainTooLong(draft, drain, shutdown));
  }
  const value = Math.min(Math.max(grace.value, asked, drain.minSeconds), drain.maxSeconds);
  const longer = asked === value ? { label: 'longer drain', source: 'manifest: annotations of the Service' } : { label: `range ${drain.minSeconds} to ${drain.maxSeconds} s`, source: drain.source };
  return {
    drain: sumOf(`${value < grace.value ? 'the most that there is' : 'at least the grace period'}, from the moment a target may be removed`, [
      { label: 'grace period', value: grace.value, source: 'a removed pod may use its whole grace' },
      { label: 'earliest removal', value: 0, source: 'controllers drop an ending endpoint at once' },
      ...value === grace.value ? [] : [{ ...longer, value: value - grace.value }],
    ]),
    removed: cuts ? 'cut-after-drain' : 'lives-with-pod',
    annotations: drain.annotations(value, draft.existing),
  };
}

function cutsAtEnd({ cuts }: DrainProfile, { existing, hasUdp }: RouteDraft): boolean {
  return cuts?.(existing, hasUdp) ?? true;
}

/** Health check, idle timeout and backend label, as far as the author asks for them. */
function settings(draft: RouteDraft, options: GracefulOptions, findings: Findings): Annotations {
  const { entry, profile } = draft;
  const check = planHealthCheck(draft, findings);
  const label = entry.backendLabel === undefined ? undefined : backendLabel(draft, findings);
  const idle = planIdleTimeout(draft, options, findings);
  return profile ? { ...check, ...label, ...idle } : {};
}

function backendLabel({ entry, mode, profile }: RouteDraft, { problems }: Findings): Annotations {
  if (profile?.backendLabelAnnotation) return { [profile.backendLabelAnnotation]: entry.backendLabel! };
  // Where no load balancer is at all, `checkIgnoredTraffic` tells.
  if (mode === 'in-cluster' || mode === 'ingress') return {};
  const why = profile ? `${profile.name} cannot choose nodes by label` : 'nothing shows which load balancer the Service gets';
  problems.push({
    id: 'no-backend-label', field: `backendLabel of Service/${entry.service}`, wanted: `absent, as ${why}`,
    found: entry.backendLabel!, remedy: profile ? 'Leave it out, or use pods as targets.' : 'Leave it out, or name the provider.',
  });
  return {};
}

function drainTooLong(draft: RouteDraft, drain: DrainProfile, shutdown: ShutdownPlan): Problem {
  const { entry, profile } = draft;
  return {
    id: 'drain-too-long', field: `drain of Service/${entry.service}`, found: `${shutdown.terminationGracePeriodSeconds.value} s, the grace period`,
    wanted: `at most ${drain.maxSeconds} s, as ${profile?.name} cuts the connections of a removed target then`,
    remedy: `Ways out: ${waysOut(draft, drain, shutdown).join('; ')}.`,
  };
}

function waysOut(draft: RouteDraft, { maxSeconds }: DrainProfile, shutdown: ShutdownPlan): readonly string[] {
  const { terminationGracePeriodSeconds: grace, containers } = shutdown;
  const living = othersLivingOn(draft, grace.value);
  const longer = grace.parts.find(({ label }) => label === LONGER_GRACE)?.value ?? 0;
  const needed = grace.value - longer;
  // A hand-over takes the place of the drain: the wait and the margin stay.
  const servers = containers.filter(({ role }) => role === 'serves');
  const handOver = maxSeconds - (needed - Math.max(0, ...servers.map((one) => one.drain.value)));
  return [
    ...longer > 0 ? [`a terminationGracePeriodSeconds of at most ${maxSeconds}, as ${longer} s of it are more than the sum needs`] : [],
    'mode \'cluster\', whose targets a roll does not change',
    ...longer === 0 && handOver > 0 && servers.every(({ onSigterm }) => onSigterm === 'drains')
      ? [`a hand-over of at most ${handOver} s, where clients move to another pod`] : [],
    ...living.length > 0 ? [`a provider that leaves them alone in this mode (${living.map(({ id }) => `'${id}'`).join(', ')})`] : [],
  ];
}

/** The other products that leave the connections of a removed target alone for so long in this mode. */
function othersLivingOn({ profile, mode, hasUdp }: RouteDraft, seconds: number): readonly ProviderProfile[] {
  return PROFILES.filter(({ id, modes }) => id !== profile?.id && livesOn(modes[mode as BalancerMode], seconds, hasUdp));
}

/** Does a product leave the connections of a removed target alone for so long? */
function livesOn(mode: ModeProfile | undefined, graceSeconds: number, hasUdp: boolean): boolean {
  if (mode?.removed !== 'lives-with-pod') return false;
  const { drain } = mode;
  return !drain || drain.read({}) === undefined || drain.cuts?.({}, hasUdp) === false || drain.maxSeconds >= graceSeconds;
}

const BEFORE_A_NODE_GOES = 'A roll cuts nothing in this mode; before a node goes, let the load balancer send it nothing new, and wait for its connections.';

function nodeLeaves({ entry, profile }: RouteDraft, drain: DrainProfile, graceSeconds: number): Problem {
  return {
    id: 'node-leaves', field: `drain of Service/${entry.service}`, found: `${drain.maxSeconds} s, the most that ${profile?.name} takes`,
    wanted: `${graceSeconds} s for the day a node leaves the load balancer`,
    remedy: BEFORE_A_NODE_GOES,
  };
}

function nodeCuts({ entry, profile }: RouteDraft, outOfReach: OutOfReach | undefined): Problem {
  const why = outOfReach?.why ?? `no such setting is known of ${profile?.name} in mode 'cluster'`;
  return {
    id: 'node-leaves', field: `drain of Service/${entry.service}`, found: `none, as ${why}`,
    wanted: 'set with effect, so that sessions outlive the day a node leaves the load balancer',
    remedy: `${BEFORE_A_NODE_GOES} ${outOfReach?.remedy ?? 'Say keepsOpenConnections where you know that this load balancer leaves them alone.'}`,
  };
}

function noDrainSetting({ entry, profile, mode }: RouteDraft): Problem {
  return {
    id: 'no-drain-setting', field: `drain of Service/${entry.service}`, found: 'none', wanted: 'set, so that a removed target keeps its open connections',
    remedy: `${profile?.name} has no such setting in mode '${mode}': what is open when a target is removed may be cut. Choose another mode or provider where that matters.`,
  };
}

function drainOutOfReach({ entry }: RouteDraft, { why, remedy }: OutOfReach): Problem {
  return {
    id: 'drain-out-of-reach', field: `drain of Service/${entry.service}`, found: `none, as ${why}`, remedy,
    wanted: 'set with effect, so that a removed target keeps its open connections',
  };
}

function sessionCut(draft: RouteDraft, sessionSeconds: number): Problem {
  const { entry, profile, mode } = draft;
  const living = othersLivingOn(draft, sessionSeconds);
  return {
    id: 'session-cut', field: `drain of Service/${entry.service}`, found: 'none',
    wanted: `set, so that a session of ${sessionSeconds} s outlives its target; no such setting is known of ${profile?.name} in mode '${mode}'`,
    remedy: 'Ways out: mode \'cluster\', whose targets a roll does not change; a hand-over, where clients move to another pod; '
      + `${living.length > 0 ? `a provider that leaves them alone in this mode (${living.map(({ id }) => `'${id}'`).join(', ')}); ` : ''}`
      + 'keepsOpenConnections, where you know that this load balancer leaves them alone.',
  };
}

function needlesslyKept({ entry, profile }: RouteDraft): Problem {
  return {
    id: 'contradicting-options', field: `keepsOpenConnections of Service/${entry.service}`, found: 'true',
    wanted: `left out, as ${profile?.name} is told how long to keep them`, remedy: 'Leave it out: the plan sets the drain.',
  };
}

function assumedMode({ entry, mode }: RouteDraft, assumed: string): Problem {
  return {
    id: 'assumed-mode', field: `mode of Service/${entry.service}`, found: `nothing, so '${mode}' is assumed`, wanted: 'said on the Service, or in traffic', remedy: `${assumed.replace(/\.?$/, '')}.`,
  };
}
