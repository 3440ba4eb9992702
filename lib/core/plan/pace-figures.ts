import { MINIMUM_GRACE_SECONDS } from '../budget/lifetime';
import { REACTION_SECONDS } from '../budget/rollout-bounds';
import { Figure, Part, sumOf } from '../figure';
import type { BoundFigures, Bounds, PaceAt, PaceFigures } from './rollout-plan';

const CONTROLLER = 'kubernetes v1.34.1 pkg/controller/deployment';
const REACTION: Part = {
  label: 'reaction', value: REACTION_SECONDS,
  source: 'ours: readiness counts in whole seconds, availability is looked at once a second, and two controllers hear of it in turn',
};
const LEAST_AFTER_SIGTERM: Part = {
  label: 'least after SIGTERM', value: MINIMUM_GRACE_SECONDS,
  source: 'kubernetes v1.32.10 kuberuntime_container.go: minimumGracePeriodInSeconds',
};

/** What the numbers of a rollout are made of; each part in whole seconds. */
export interface PaceSources {
  /** Who says the number of replicas. */
  readonly replicas: string;
  readonly maxSurge: Share;
  readonly maxUnavailable: Share;
  readonly minReadySeconds: number;
  /**
   * What a new pod takes until it is ready, at worst: schedule, start, readiness gates.
   * @default - not known, as the slowest start is not
   */
  readonly toReady?: readonly Part[];
  /** What surely passes from the last deletion until SIGTERM. */
  readonly waitSeconds: number;
  readonly graceSeconds: number;
}

type Numbers = Omit<PaceAt, 'figures'>;

/** `maxSurge` or `maxUnavailable`, and who says it. */
export interface Share {
  readonly value: number | string;
  readonly source: string;
}

/**
 * The numbers of a rollout with their sums, which are made when somebody looks, as most apps ask for no explanation. They are an own
 * property all the same, as a plan is data; its getter is one for all, since objects that each have their own share no shape.
 */
export class PaceWithFigures implements PaceAt {
  private static readonly figures: PropertyDescriptor & ThisType<PaceWithFigures> = {
    enumerable: true,
    get() {
      return paceFigures(this, this.#sources);
    },
  };

  declare public readonly replicas: number;
  declare public readonly surge: number;
  declare public readonly unavailable: number;
  declare public readonly waves: number;
  declare public readonly rolledOut: Bounds;
  declare public readonly lastPodGone: Bounds;
  declare public readonly servingPods: number;
  declare public readonly existingPods: number;
  declare public readonly figures: PaceFigures;
  readonly #sources: PaceSources;

  public constructor(at: Numbers, sources: PaceSources) {
    Object.assign(this, at);
    this.#sources = sources;
    Object.defineProperty(this, 'figures', PaceWithFigures.figures);
  }
}

/** Each number of a rollout with its sum: `countWaves`, `rolloutBounds` and `peakPods`, told part by part. */
function paceFigures(at: Numbers, sources: PaceSources): PaceFigures {
  const { replicas, surge, unavailable, waves, servingPods, existingPods } = at;
  const replicasPart: Part = { label: 'replicas', value: replicas, source: sources.replicas };
  const serving: Part[] = [replicasPart, { label: 'surge', value: servingPods - replicas, source: sources.maxSurge.source }];
  return {
    surge: resolved('ceil(maxSurge of the replicas)', surge, sources.maxSurge),
    unavailable: resolved('floor(maxUnavailable of the replicas)', unavailable, sources.maxUnavailable),
    waves: sumOf('ceil(replicas / (surge + unavailable))', [{
      label: `${replicas} replicas, ${surge + Math.min(unavailable, replicas)} at a time`, value: waves, source: `${CONTROLLER}/rolling.go`,
    }]),
    ...boundFigures(at, sources),
    servingPods: sumOf('replicas + surge', serving),
    existingPods: sumOf('min(2 x replicas, serving + (surge + unavailable) x (floor((grace + 2) / minReadySeconds) + 1))', [
      ...serving, { label: 'still ending', value: existingPods - servingPods, source: 'the controller does not wait for pods that end (KEP-5882)' },
    ]),
  };
}

function resolved(formula: string, pods: number, { value, source }: Share): Figure {
  return sumOf(formula, [{ label: `of ${value}`, value: pods, source: `${source}; rounding: ${CONTROLLER}/util/deployment_util.go` }]);
}

/** An upper bound stands where the plan has one: with no replicas at all, both ends are 0. */
function boundFigures(
  { waves, unavailable, rolledOut }: Numbers, sources: PaceSources,
): Record<'rolledOut' | 'lastPodGone', BoundFigures> {
  const available: Part = { label: 'minReadySeconds', value: sources.minReadySeconds, source: 'minReadySeconds' };
  const wave = sources.toReady && [...sources.toReady, available, REACTION];
  const slowest = wave?.map((part) => times(waves, part));
  const some = waves > 0;
  const wait: Part = { label: 'preStop wait', value: sources.waitSeconds, source: 'preStop wait, as far as it is sure' };
  const grace: Part = { label: 'grace period', value: sources.graceSeconds, source: 'terminationGracePeriodSeconds' };
  const most = 'waves x (schedule + slowest start + readiness gates + minReadySeconds + reaction)';
  const upTo = (formula: string, parts: readonly Part[] = []) =>
    rolledOut.atMostSeconds === undefined ? {} : { atMostSeconds: sumOf(formula, some ? parts : []) };
  // Where pods may be missing, the last old ones go before the last wave comes.
  const before = unavailable === 0 ? { text: 'waves', count: waves } : { text: '(waves - 1)', count: waves - 1 };
  return {
    rolledOut: { atLeastSeconds: sumOf('waves x minReadySeconds', some ? [times(waves, available)] : []), ...upTo(most, slowest) },
    lastPodGone: {
      atLeastSeconds: sumOf(`${before.text} x minReadySeconds + preStop wait`, some ? [times(before.count, available), wait] : []),
      ...upTo(`${most} + grace + 2 s`, [...slowest ?? [], grace, LEAST_AFTER_SIGTERM]),
    },
  };
}

function times(count: number, { label, value, source }: Part): Part {
  return { label: `${count} x ${label}`, value: count * value, source };
}
