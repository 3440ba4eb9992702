import { secondsAfterSigterm, secondsToSigterm } from '../core';
import { hookIsUnknown, hooksDiffer, hookSeconds, WatchedContainer } from './hook-seconds';
import type { WatchEvent } from './watch';

/** The part of a Pod that is read. */
export interface WatchedPod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
    /** What this deletion gives it: less than the spec's where somebody asked for less. */
    readonly deletionGracePeriodSeconds?: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly ownerReferences?: readonly { readonly kind: string; readonly name: string; readonly controller?: boolean }[];
  };
  readonly spec?: {
    readonly nodeName?: string;
    readonly terminationGracePeriodSeconds?: number;
    readonly containers?: readonly WatchedContainer[];
    readonly initContainers?: readonly { readonly name: string; readonly restartPolicy?: string }[];
  };
  readonly status?: {
    readonly phase?: string;
    readonly podIP?: string;
    readonly conditions?: readonly { readonly type: string; readonly status: string }[];
    readonly containerStatuses?: readonly WatchedContainerStatus[];
    readonly initContainerStatuses?: readonly WatchedContainerStatus[];
  };
}

interface WatchedContainerStatus {
  readonly name?: string;
  readonly state?: { readonly terminated?: object };
}

/** The life of one pod as a watch saw it. Unix times in milliseconds. */
export interface PodLife {
  readonly name: string;
  readonly uid: string;
  /** `pod-template-hash`: pods of one ReplicaSet share it. @default - the pod has none */
  readonly templateHash?: string;
  /** @default - not scheduled yet */
  readonly node?: string;
  /** Its IP. @default - it had none yet */
  readonly address?: string;
  /** Grace period of its deletion, else of its spec. @default - not told */
  readonly graceSeconds?: number;
  /** The longest preStop wait of its containers: `sleep`, or `exec` of one sleep. @default - none, or it is not known */
  readonly preStopSeconds?: number;
  /** Whether a hook of its containers takes a time that does not stand in it: nobody can tell when SIGTERM came. @default false */
  readonly preStopUnknown?: boolean;
  /** Whether another of its containers waits shorter, or not at all: nobody can tell which one a connection led to. @default false */
  readonly preStopsDiffer?: boolean;
  readonly firstSeenAtMs: number;
  /** @default - it never was */
  readonly readyAtMs?: number;
  /** When it was no longer ready, for the first time after it was, and before it was deleted. @default - it stayed ready */
  readonly unreadyAtMs?: number;
  /** When it had a deletionTimestamp for the first time. @default - it was not deleted */
  readonly deletedAtMs?: number;
  /** When all its containers but the sidecars had ended. @default - it has no sidecars, or as with `exitedAtMs` */
  readonly containersExitedAtMs?: number;
  /**
   * When all its containers had ended, sidecars included: after its deletion, or, where nobody deleted it, when the kubelet evicted it.
   * @default - they run, or nobody saw it before the pod was gone
   */
  readonly exitedAtMs?: number;
  /** When the API server no longer had it. @default - it is still there */
  readonly goneAtMs?: number;
}

/**
 * When its application was told to end: deletion + the longest preStop wait, which the kubelet cuts short when the grace period is over.
 * Undefined where the pod was not deleted, or its preStop is not known: SIGTERM then came at some moment since its deletion.
 */
export function sigtermAtMs({ deletedAtMs, preStopSeconds = 0, preStopUnknown, graceSeconds = Infinity }: PodLife): number | undefined {
  return deletedAtMs === undefined || preStopUnknown ? undefined : deletedAtMs + secondsToSigterm({ preStopSeconds, graceSeconds }) * 1000;
}

/**
 * When SIGKILL comes: deletion + grace period, and at least 2 s after SIGTERM, where that is known. Undefined where the pod was not
 * deleted, or its grace is not known.
 */
export function sigkillAtMs({ deletedAtMs, preStopSeconds = 0, graceSeconds }: PodLife): number | undefined {
  if (deletedAtMs === undefined || graceSeconds === undefined) return undefined;
  const shutdown = { preStopSeconds, graceSeconds };
  return deletedAtMs + (secondsToSigterm(shutdown) + secondsAfterSigterm(shutdown)) * 1000;
}

/** Adds one event to what is known of the pods; keyed by uid, and nothing given is changed. */
export function withPodEvent(lives: ReadonlyMap<string, PodLife>, event: WatchEvent<WatchedPod>): ReadonlyMap<string, PodLife> {
  const { object: pod, seenAtMs, type } = event;
  const { name, uid, labels } = pod.metadata;
  const known = lives.get(uid);
  const life = defined<PodLife>({
    name,
    uid,
    templateHash: labels?.['pod-template-hash'],
    node: known?.node ?? pod.spec?.nodeName,
    address: known?.address ?? pod.status?.podIP,
    graceSeconds: graceOf(known, pod),
    preStopSeconds: known?.preStopSeconds ?? hookSeconds(pod.spec?.containers),
    preStopUnknown: known?.preStopUnknown ?? (hookIsUnknown(pod.spec?.containers) || undefined),
    preStopsDiffer: known?.preStopsDiffer ?? (hooksDiffer(pod.spec?.containers) || undefined),
    firstSeenAtMs: known?.firstSeenAtMs ?? seenAtMs,
    ...timesOf(known, pod, seenAtMs, type === 'DELETED'),
  });
  return new Map([...lives, [uid, life]]);
}

/**
 * Whether a pod is a Deployment's, and does not merely have the labels that it selects, as a Helm test's pod may: its controller is a
 * ReplicaSet, which Kubernetes names after the Deployment and the hash of the pod template.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#pod-template-hash-label
 */
export function isPodOf(deployment: string, { metadata: { labels, ownerReferences = [] } }: WatchedPod): boolean {
  const replicaSet = `${deployment}-${labels?.['pod-template-hash']}`;
  return ownerReferences.some(({ kind, name, controller }) => controller === true && kind === 'ReplicaSet' && name === replicaSet);
}

/** Whether it will never run again, though it is there still: a Job's pod that is done, one that the kubelet evicted. */
export function hasEnded({ status }: WatchedPod): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** What the deletion gave it when it began: the kubelet deletes a pod once more, with 0 s, when its containers have ended. */
function graceOf(known: PodLife | undefined, { metadata, spec }: WatchedPod): number | undefined {
  if (known?.deletedAtMs !== undefined) return known.graceSeconds;
  return metadata.deletionGracePeriodSeconds ?? spec?.terminationGracePeriodSeconds ?? known?.graceSeconds;
}

function timesOf(known: PodLife | undefined, pod: WatchedPod, seenAtMs: number, gone: boolean): Partial<PodLife> {
  const { conditions, containerStatuses = [] } = pod.status ?? {};
  const ready = conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True') ?? false;
  const deleted = pod.metadata.deletionTimestamp !== undefined || gone;
  const sidecars = sidecarsOf(pod);
  const containersExited = deleted && containerStatuses.length > 0 && containerStatuses.every(hasTerminated);
  const exited = hasEnded(pod) || (containersExited && sidecars.every(hasTerminated));
  const wasReady = known?.readyAtMs !== undefined && known.deletedAtMs === undefined;
  return {
    readyAtMs: known?.readyAtMs ?? (ready ? seenAtMs : undefined),
    unreadyAtMs: known?.unreadyAtMs ?? (wasReady && !ready && !deleted ? seenAtMs : undefined),
    deletedAtMs: known?.deletedAtMs ?? (deleted ? seenAtMs : undefined),
    containersExitedAtMs: known?.containersExitedAtMs ?? (containersExited && sidecars.length > 0 ? seenAtMs : undefined),
    exitedAtMs: known?.exitedAtMs ?? (exited ? seenAtMs : undefined),
    goneAtMs: known?.goneAtMs ?? (gone ? seenAtMs : undefined),
  };
}

/** Of the init containers only sidecars run beside the containers; they get SIGTERM when those have ended. */
function sidecarsOf({ spec, status }: WatchedPod): readonly WatchedContainerStatus[] {
  const names = spec?.initContainers?.filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name) ?? [];
  return status?.initContainerStatuses?.filter(({ name = '' }) => names.includes(name)) ?? [];
}

function hasTerminated({ state }: WatchedContainerStatus): boolean {
  return state?.terminated !== undefined;
}

/** Without what is undefined: `in` and toEqual then mean what they say. */
function defined<T>(fields: { [K in keyof T]: T[K] | undefined }): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
