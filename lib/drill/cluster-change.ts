/**
 * Something that happened in the cluster, in the order of a pod's life; `event` is what Kubernetes itself reported.
 *
 * An endpoint is what kube-proxy and load balancers read: `serving` while it may be sent to, `terminating` once its pod is deleted.
 */
export type ClusterChangeKind =
  | 'pod-seen' | 'pod-ready' | 'pod-unready' | 'pod-deleted' | 'pod-exited' | 'pod-gone'
  | 'endpoint-serving' | 'endpoint-not-serving' | 'endpoint-terminating' | 'endpoint-removed'
  | 'event';

/** A change in the cluster, as a watch saw it; plain data. */
export interface ClusterChange {
  /** Unix time in milliseconds. */
  readonly atMs: number;
  readonly kind: ClusterChangeKind;
  /** Name of the pod that it happened to. @default - it happened to something else */
  readonly pod?: string;
  /** As people read it: `web-1 (10.244.1.4) was deleted`. */
  readonly text: string;
}
