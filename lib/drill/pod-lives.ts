import type { WatchEvent } from './watch';

/** The part of a Pod that is read. */
export interface WatchedPod {
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly deletionTimestamp?: string;
    readonly labels?: Readonly<Record<string, string>>;
  };
  readonly spec?: { readonly nodeName?: string };
  readonly status?: { readonly conditions?: readonly { readonly type: string; readonly status: string }[] };
}

/** The life of one pod as a watch saw it. Unix times in milliseconds. */
export interface PodLife {
  readonly name: string;
  readonly uid: string;
  /** `pod-template-hash`: pods of one ReplicaSet share it. @default - the pod has none */
  readonly templateHash?: string;
  /** @default - not scheduled yet */
  readonly node?: string;
  readonly firstSeenAtMs: number;
  /** @default - it never was */
  readonly readyAtMs?: number;
  /** When it had a deletionTimestamp for the first time. @default - it was not deleted */
  readonly deletedAtMs?: number;
  /** When the API server no longer had it. @default - it is still there */
  readonly goneAtMs?: number;
}

/** Adds one event to what is known of the pods; keyed by uid, and nothing given is changed. */
export function withPodEvent(lives: ReadonlyMap<string, PodLife>, event: WatchEvent<WatchedPod>): ReadonlyMap<string, PodLife> {
  const { object: pod, seenAtMs, type } = event;
  const { name, uid, deletionTimestamp, labels } = pod.metadata;
  const known = lives.get(uid);
  const ready = pod.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status === 'True');
  const node = known?.node ?? pod.spec?.nodeName;
  const templateHash = labels?.['pod-template-hash'];
  const readyAtMs = known?.readyAtMs ?? (ready ? seenAtMs : undefined);
  const deletedAtMs = known?.deletedAtMs ?? (deletionTimestamp || type === 'DELETED' ? seenAtMs : undefined);
  const life: PodLife = {
    name,
    uid,
    firstSeenAtMs: known?.firstSeenAtMs ?? seenAtMs,
    ...(templateHash && { templateHash }),
    ...(node && { node }),
    ...(readyAtMs && { readyAtMs }),
    ...(deletedAtMs && { deletedAtMs }),
    ...(type === 'DELETED' && { goneAtMs: seenAtMs }),
  };
  return new Map([...lives, [uid, life]]);
}
