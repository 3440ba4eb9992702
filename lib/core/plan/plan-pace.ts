import { isZeroShare, resolveFenceposts } from '../budget/fenceposts';
import { peakPods } from '../budget/peak-pods';
import { progressDeadline } from '../budget/progress-deadline';
import { rolloutBounds } from '../budget/rollout-bounds';
import { countWaves } from '../budget/waves';
import { Figure, largestOf, Part, sumOf } from '../figure';
import type { RolloutContext } from '../manifest/inventory';
import { nameOf } from '../manifest/name-of';
import { replicaRange } from '../manifest/replica-range';
import { DEFAULT_PROGRESS_DEADLINE_SECONDS, DEFAULT_SHARE, isDefaultShare } from '../manifest/toolkit-defaults';
import { Problem, shown } from '../problem';
import { DEFAULTS } from './defaults';
import type { RouteDraft } from './draft-routes';
import type { Findings } from './finish-routes';
import { keptTooShort } from './kept-too-short';
import type { KnownContainer } from './known-containers';
import type { GracefulOptions, WarmUpOptions } from './options';
import { PaceWithFigures, Share } from './pace-figures';
import type { PaceAt, PacePlan, ShutdownPlan, StartupPlan } from './rollout-plan';
import { OWN_HOOK } from './pre-stop';
import { termsOf } from './terms-of';
import { WayToReady, wayToReady } from './way-to-ready';

/** What a rollout's pace is planned from. */
export interface PaceRequest {
  readonly options: GracefulOptions;
  readonly known: readonly KnownContainer[];
  /** Fields that the manifest keeps as they are. */
  readonly kept: Readonly<Record<string, string>>;
  readonly context: RolloutContext;
  readonly routes: readonly RouteDraft[];
  readonly shutdown: ShutdownPlan;
  readonly startup: StartupPlan;
}

/** How many pods change at a time, how long each step waits, and what that makes of the whole rollout. */
export function planPace(request: PaceRequest, findings: Findings): PacePlan {
  const { context } = request;
  const strategy = planStrategy(request, findings.problems);
  const minReadySeconds = planMinReady(request, findings);
  const replicas = replicasOf(context);
  const gateSeconds = Math.max(0, ...request.routes.map((route) => route.gateSeconds ?? 0));
  const steps = { ...strategy, minReadySeconds: minReadySeconds.value, gateSeconds, way: wayToReady(request.startup, context.workload) };
  const at = replicas.map((count) => planAt(count, steps, request, findings.problems));
  return {
    maxSurge: strategy.maxSurge.value, maxUnavailable: strategy.maxUnavailable.value, minReadySeconds, at,
    scaled: context.autoscaler !== undefined,
    progressDeadlineSeconds: planDeadline(request, steps, findings),
  };
}

/** One pod after another, or half of them at a time: the articles' two strategies. None is given up while another comes. */
function planStrategy(request: PaceRequest, problems: Problem[]): Pick<Steps, 'maxSurge' | 'maxUnavailable'> {
  const standing = request.context.workload.spec?.strategy;
  if ((standing?.type ?? 'RollingUpdate') !== 'RollingUpdate') {
    problems.push({
      id: 'recreates', field: 'spec.strategy.type', wanted: '\'RollingUpdate\': any other ends all old pods before the first new one starts', found: shown(standing?.type),
      remedy: 'Remove it; where two versions must not run side by side, no rollout is without an interruption.',
    });
  }
  const maxSurge = surgeOf(request);
  const maxUnavailable = unavailableOf(request);
  if (isZeroShare(maxSurge.value) && isZeroShare(maxUnavailable.value)) {
    problems.push({
      id: 'no-step', field: 'maxSurge', wanted: 'above 0 while maxUnavailable is 0, as a rollout could not take its first step', found: shown(maxSurge.value),
      remedy: 'Leave it out for one pod at a time.',
    });
    return { maxSurge: { ...maxSurge, value: 1 }, maxUnavailable };
  }
  return { maxSurge, maxUnavailable };
}

function surgeOf({ options, context, kept }: PaceRequest): Share {
  const said = context.workload.spec?.strategy?.rollingUpdate?.maxSurge;
  if ('maxSurge' in kept) return { value: said ?? DEFAULT_SHARE, source: 'manifest: kube-graceful/keep.maxSurge' };
  if (options.maxSurge !== undefined) return { value: options.maxSurge, source: 'author: maxSurge' };
  if (options.pace !== undefined) return { value: options.pace === 'half' ? '50%' : 1, source: 'author: pace' };
  if (said !== undefined && !isDefaultShare(said) && !isZeroShare(said)) return { value: said, source: 'manifest: spec.strategy' };
  return options.inPlace ? { value: '50%', source: 'ours: the second article\'s pace of an in-place rollout' } : { value: 1, source: 'ours: one after another, the first article\'s pace' };
}

function unavailableOf({ options, context, kept }: PaceRequest): Share {
  const said = context.workload.spec?.strategy?.rollingUpdate?.maxUnavailable;
  if ('maxUnavailable' in kept) return { value: said ?? DEFAULT_SHARE, source: 'manifest: kube-graceful/keep.maxUnavailable' };
  if (options.maxUnavailable !== undefined) return { value: options.maxUnavailable, source: 'author: maxUnavailable' };
  return { value: isZeroShare(said) ? said! : 0, source: 'ours: no pod goes before another has come' };
}

/** A step may go on once the slowest load balancer feeds the new pod, and the author has had time to look at it. */
function planMinReady({ options, context, routes, known, kept }: PaceRequest, { problems, warnings }: Findings): Figure {
  const arrival = largestOf(routes.map((route) => route.arrival));
  const soak: Part[] = options.soakSeconds ? [{ label: 'soak', value: options.soakSeconds, source: 'author: soakSeconds' }] : [];
  const held = largestOf(known.filter(({ role }) => role === 'serves').map((one) => heldBack(one.options.warmUp)));
  const sum = sumOf('arrival at the load balancer + warm-up + soak', [...arrival.parts, ...held.parts, ...soak]);
  const said = options.minReadySeconds;
  const standing = context.workload.spec?.minReadySeconds ?? 0;
  if ('minReadySeconds' in kept) {
    if (standing < sum.value) warnings.push(keptTooShort('spec.minReadySeconds', standing, sum));
  } else if (said !== undefined && said < sum.value) {
    problems.push({
      id: 'min-ready-too-short', field: 'minReadySeconds', found: shown(said), wanted: `at least ${sum.value}: ${termsOf(sum.parts)}`,
      remedy: 'Leave it out to get the sum, or use soakSeconds for time of your own.',
    });
  }
  const value = 'minReadySeconds' in kept ? standing : Math.max(sum.value, said ?? standing);
  if (value === sum.value) return sum;
  const source = 'minReadySeconds' in kept ? 'manifest: kube-graceful/keep.minReadySeconds' : said === undefined ? 'manifest: spec.minReadySeconds' : 'author: minReadySeconds';
  return sumOf(sum.formula, [...sum.parts, { label: value > sum.value ? 'longer wait' : 'shorter wait', value: value - sum.value, source }]);
}

/** Successes that hold back the next step of the rollout, not the traffic. */
function heldBack(warmUp: WarmUpOptions | undefined): Figure {
  if (warmUp?.holds !== 'rollout') return sumOf('no warm-up', []);
  const { successes, periodSeconds = DEFAULTS.warmUpPeriodSeconds } = warmUp;
  return sumOf('warm-up', [{ label: `${successes} successes`, value: successes * periodSeconds, source: 'author: warmUp' }]);
}

/** Who says how many replicas there are. */
function replicasSource({ options, context }: PaceRequest): string {
  const { autoscaler, workload } = context;
  if (autoscaler) return options.autoscaler ? 'author: autoscaler' : `manifest: ${nameOf(autoscaler)}`;
  return (workload.spec?.replicas ?? undefined) === undefined ? 'Kubernetes\' default' : 'manifest: spec.replicas';
}

/** The numbers of replicas that a rollout may meet. */
function replicasOf(context: RolloutContext): readonly number[] {
  const [least, most] = replicaRange(context);
  return least === most ? [least] : [least, most];
}

interface Steps {
  readonly maxSurge: Share;
  readonly maxUnavailable: Share;
  readonly minReadySeconds: number;
  readonly gateSeconds: number;
  readonly way: WayToReady;
}

function planAt(replicas: number, steps: Steps, request: PaceRequest, problems: Problem[]): PaceAt {
  const { options, shutdown } = request;
  const { maxSurge, maxUnavailable, minReadySeconds, gateSeconds, way: { atMost: slowestStart } } = steps;
  const { surge, unavailable } = resolveFenceposts(replicas, maxSurge.value, maxUnavailable.value);
  if (replicas > 0 && unavailable >= replicas) {
    problems.push({
      id: 'no-pod-serves', field: 'maxUnavailable', wanted: `less than the ${replicas} replicas, so that a pod goes on serving`, found: shown(maxUnavailable.value),
      remedy: 'Leave it out: with a surge of one pod even a single replica is replaced without a gap.',
    });
  }
  const waves = countWaves(replicas, surge, unavailable);
  const graceSeconds = shutdown.terminationGracePeriodSeconds.value;
  const peak = peakPods({ replicas, surge, unavailable, minReadySeconds, graceSeconds });
  const schedule = schedulePart(options);
  const waitSeconds = surelyWaited(shutdown);
  const bounds = rolloutBounds({
    waves, unavailable, minReadySeconds, graceSeconds, arrivalSeconds: gateSeconds, slowestStartSeconds: slowestStart?.value,
    scheduleSeconds: schedule.value, waitSeconds,
  });
  const at = { replicas, surge, unavailable, waves, ...bounds, servingPods: peak.serving, existingPods: peak.existing };
  const gates: Part[] = gateSeconds > 0 ? [{ label: 'readiness gates', value: gateSeconds, source: 'arrival at the load balancer' }] : [];
  const sources = {
    replicas: replicasSource(request), maxSurge, maxUnavailable, minReadySeconds, waitSeconds, graceSeconds,
    toReady: slowestStart && [schedule, slowestStart, ...gates],
  };
  return new PaceWithFigures(at, sources);
}

function schedulePart({ scheduleSeconds }: GracefulOptions): Part {
  return scheduleSeconds === undefined
    ? { label: 'schedule and pull', value: DEFAULTS.scheduleSeconds, source: 'ours: a scheduler\'s round and an image of some hundred megabytes' }
    : { label: 'schedule and pull', value: scheduleSeconds, source: 'author: scheduleSeconds' };
}

/** An own hook takes so long at most: only what sleeps is sure. */
function surelyWaited({ containers, wait }: ShutdownPlan): number {
  if (containers.some(({ preStop }) => preStop?.httpGet)) return 0;
  return wait.parts.reduce((sum, { value, source }) => source === OWN_HOOK ? sum : sum + value, 0);
}

/** Written only where Kubernetes' default is too short; it is the slowest single pod that counts, not the rollout. */
function planDeadline(request: PaceRequest, steps: Steps, { problems, warnings }: Findings): Figure | undefined {
  const { options, context, kept } = request;
  const { minReadySeconds, gateSeconds, way } = steps;
  const needed = progressDeadline({
    schedule: schedulePart(options),
    slowestStart: way.atLeast, readiness: way.readiness, arrivalSeconds: gateSeconds, minReadySeconds,
    margin: { label: 'margin', value: 30, source: 'ours: the controllers\' own reaction, twice over' },
  });
  const standing = context.workload.spec?.progressDeadlineSeconds ?? DEFAULT_PROGRESS_DEADLINE_SECONDS;
  const said = 'progressDeadlineSeconds' in kept ? undefined : options.progressDeadlineSeconds;
  if (said !== undefined && said < needed.value) {
    problems.push({
      id: 'deadline-too-short', field: 'progressDeadlineSeconds', found: shown(said), wanted: `at least ${needed.value}: ${termsOf(needed.parts)}`,
      remedy: 'Leave it out, or shorten what it is made of; a rollout that is in time would be reported as failed.',
    });
  }
  if (said !== undefined) return { value: said, formula: 'as said', parts: [{ label: 'said', value: said, source: 'author: progressDeadlineSeconds' }] };
  if (!('progressDeadlineSeconds' in kept)) return needed.value > standing ? needed : undefined;
  if (standing <= minReadySeconds) {
    problems.push({
      id: 'deadline-too-short', field: 'spec.progressDeadlineSeconds', found: shown(standing), wanted: `above ${minReadySeconds}, minReadySeconds: the API server refuses less`,
      remedy: 'Raise it, or remove the annotation that keeps it.',
    });
  } else if (standing < needed.value) {
    warnings.push({
      id: 'kept-too-short', field: 'spec.progressDeadlineSeconds', found: shown(standing), wanted: `at least ${needed.value}: ${termsOf(needed.parts)}`,
      remedy: 'An annotation keeps it as it is: a rollout that is in time may be reported as failed.',
    });
  }
  return undefined;
}
