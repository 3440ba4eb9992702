import { isZeroShare } from '../budget/fenceposts';
import type { LabelSelector, PodSpec, Workload } from '../manifest/types';
import { Problem, shown } from '../problem';
import type { Findings } from './finish-routes';
import { minorOf } from './minor-of';
import type { GracefulOptions } from './options';
import { checkOwnSpread, HOSTNAME } from './own-spread';
import { planInPlace } from './plan-in-place';
import type { DisruptionPlan, PacePlan } from './rollout-plan';
import { takesNodePort } from './takes-node-port';

/** What the places of pods are planned from. */
export interface DisruptionRequest {
  readonly options: GracefulOptions;
  readonly workload: Workload;
  readonly pace: Pick<PacePlan, 'at' | 'maxSurge'>;
  /** Fields that the manifest keeps as they are. */
  readonly kept: Readonly<Record<string, string>>;
}

/**
 * Where the pods go. Spread over nodes as a wish, each version apart (`matchLabelKeys`): counting the old pods would push the
 * new ones to the wrong nodes. Nothing is required of the scheduler unless the author asks, as a surge pod that fits nowhere
 * stops the rollout.
 *
 * @see https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
 */
export function planDisruption(request: DisruptionRequest, findings: Findings): DisruptionPlan {
  const { options, workload, pace, kept } = request;
  const { inPlace } = options;
  const spec = workload.spec?.template?.spec ?? {};
  const { at } = pace;
  if (at.some(({ unavailable }) => unavailable === 0)) {
    warnScarceNodes(spec, findings.warnings);
    warnScarceRoom(request, findings.warnings);
  }
  const several = at[at.length - 1].replicas > 1;
  const isKept = 'topologySpreadConstraints' in kept;
  const hasOwn = Boolean(spec.topologySpreadConstraints?.length);
  if (inPlace?.required && several && (hasOwn || isKept)) checkOwnSpread({ inPlace, workload, at, isKept }, findings);
  const spread = options.spread !== false && several && !hasOwn && workload.spec?.selector;
  return {
    topologySpreadConstraint: spread ? spreadConstraint(options, spread) : undefined,
    ...inPlace ? planInPlace({ inPlace, workload, at, kept }, findings) : {},
  };
}

/** Fields that an older API server drops are left out. */
function spreadConstraint({ kubernetes, inPlace }: GracefulOptions, labelSelector: LabelSelector): Readonly<Record<string, unknown>> {
  const minor = minorOf(kubernetes);
  return {
    maxSkew: 1, topologyKey: HOSTNAME, whenUnsatisfiable: inPlace?.required ? 'DoNotSchedule' : 'ScheduleAnyway', labelSelector,
    ...minor >= 27 ? { matchLabelKeys: ['pod-template-hash'] } : {},
    // A tainted node counts as an empty one otherwise, which nothing can fill.
    ...inPlace?.required && minor >= 26 ? { nodeTaintsPolicy: 'Honor' } : {},
  };
}

interface PodAntiAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly { readonly matchLabelKeys?: unknown }[];
}

/** What lets one pod of a kind on a node only leaves no room for a surge pod where there are as many nodes as replicas. */
function warnScarceNodes(spec: PodSpec, warnings: Problem[]): void {
  const anti = spec.affinity?.podAntiAffinity as PodAntiAffinity | undefined;
  const remedy = 'A new pod needs a node without an old one: with as many nodes as replicas the rollout never takes its first step.';
  if (anti?.requiredDuringSchedulingIgnoredDuringExecution?.some((term) => term.matchLabelKeys === undefined)) {
    warnings.push({
      id: 'surge-may-not-fit', field: 'spec.template.spec.affinity.podAntiAffinity', found: 'required, for every version',
      wanted: 'preferred, or required with matchLabelKeys: [pod-template-hash]', remedy,
    });
  }
  if (takesNodePort(spec)) {
    warnings.push({ id: 'surge-may-not-fit', field: 'spec.template.spec', found: 'a port of the node', wanted: 'without hostPort and hostNetwork, as one pod takes the port of a node', remedy });
  }
}

/** The way out, and that there is none for a pod that is alone. */
function ownStep({ pace }: DisruptionRequest): string {
  return pace.at[0].replicas > 1
    ? 'kube-graceful/keep.maxSurge and kube-graceful/keep.maxUnavailable keep a step of your own, in which a pod goes before another comes.'
    : 'A pod that is alone cannot go before another comes without a gap: leave such a Deployment out of what is planned.';
}

/** A pod more than replicas needs what there may be for so many only: a volume that one node has at a time, a device, a licence. */
function warnScarceRoom(request: DisruptionRequest, warnings: Problem[]): void {
  const { options, workload, pace } = request;
  const { template, strategy } = workload.spec ?? {};
  const volumes = template?.spec?.volumes as readonly ({ readonly persistentVolumeClaim?: unknown } | null)[] | undefined;
  if (Array.isArray(volumes) && volumes.some((volume) => volume?.persistentVolumeClaim)) {
    warnings.push({
      id: 'surge-may-not-fit', field: 'spec.template.spec.volumes', found: 'a persistentVolumeClaim', wanted: 'such that a pod more than replicas can have them, on any node',
      remedy: `A new pod waits in vain for a volume that one node has at a time (ReadWriteOnce): the rollout never takes its first step. ${ownStep(request)}`,
    });
  }
  const said = strategy?.rollingUpdate?.maxSurge;
  if (options.maxSurge === undefined && isZeroShare(said) && !isZeroShare(pace.maxSurge)) {
    warnings.push({
      id: 'surge-may-not-fit', field: 'spec.strategy.rollingUpdate.maxSurge', found: `${shown(said)}, which becomes ${shown(pace.maxSurge)}`,
      wanted: 'above 0, so that a pod comes before another goes', remedy: `Where there is no room for one more, the rollout never takes its first step. ${ownStep(request)}`,
    });
  }
}
