import type { Part } from '../figure';

/** What is assumed where the author says nothing. All are ours; each says why. Seconds unless the name says otherwise. */
export const DEFAULTS = {
  /** ours: what Kubernetes' own default grace period of 30 s seems to have in mind for a whole shutdown. */
  longestRequestSeconds: 30,
  /** ours: a client that uses its connection at least every 10 s meets the notice; longer silences are rarely pooled by clients. */
  closeNoticeSeconds: 10,
  /** ours: the kubelet counts whole seconds, and its clock starts when it hears of the deletion, not when that happens. */
  marginSeconds: 5,
  /** ours: a helper or sidecar flushes what it holds. */
  drainSeconds: 5,
  /** ours: a scheduler's round and an image of some hundred megabytes. */
  scheduleSeconds: 120,
  /** The first Kubernetes whose API server and kubelets have `preStop.sleep` on (KEP-3960). */
  kubernetes: '1.30',
  /** ours, the first article's pace: a check every five seconds. */
  warmUpPeriodSeconds: 5,
  /** ours, the second article's liveness probe: 30 s, 3 failures, 1 s. */
  livenessPeriodSeconds: 30,
  /** ours, see `livenessPeriodSeconds`; failures in a row. */
  livenessFailureThreshold: 3,
  /** ours, see `livenessPeriodSeconds`. */
  livenessTimeoutSeconds: 1,
  /** ours: a hung server is ended within half a minute once it is found, however long the pod's own grace is. */
  livenessGraceSeconds: 30,
  /** ours: below it, the pod's own grace is short enough for a hung server, too. */
  longGraceSeconds: 60,
} as const;

/**
 * kube-proxy on every node follows an EndpointSlice: it writes its rules at most once a second, and hears of a change through a
 * watch.
 */
export const KUBE_PROXY_DELAY: Part = {
  label: 'kube-proxy on every node follows',
  value: 5,
  source: 'ours: its rules are written at most once a second (minSyncPeriod 1 s), 1 to 3 s seen in small clusters; KEP-3960 uses 5 s',
};

/** The cluster's DNS answers for a headless Service; how long its clients keep an answer only the author knows. */
export const CLUSTER_DNS_DELAY: Part = {
  label: 'cluster DNS follows', value: 5, source: 'ours: it hears of a change through the same watch as kube-proxy; caches are not in it',
};

/** The wait ends a moment after the delay does, not in the same second. */
export const WAIT_MARGIN: Part = { label: 'wait margin', value: 2, source: 'ours: delays are measured in whole seconds, and so is the sleep' };
