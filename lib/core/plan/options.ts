/** What an application does when it gets SIGTERM. */
export type OnSigterm = 'drains' | 'exits' | 'ignores';

/**
 * How clients reach the pods: from inside the cluster; through a load balancer whose targets are all nodes (`cluster`), the
 * nodes that host a pod (`local`) or the pods themselves (`eni`); or through an ingress, or a gateway (`ingress`).
 */
export type TrafficMode = 'in-cluster' | 'cluster' | 'local' | 'eni' | 'ingress';

/** The two paces of the articles: one pod after another, or half of the replicas at a time. */
export type Pace = 'one-by-one' | 'half';

/** What an author knows about a workload and wishes for its rollouts. Every number is a whole number of its unit. */
export interface GracefulOptions extends ContainerOptions {
  /**
   * Containers that differ from the main one, by name. Where several serve, times beside it hold for each, and what speaks of one image,
   * hook or endpoint (`shell`, `preStopHook`, `drainEndpoint`, `warmUp`, `liveness`) has to be said here.
   * @default - only what stands beside it
   */
  readonly containers?: Readonly<Record<string, ContainerOptions>>;
  /** Containers that a webhook adds to the pod later, so that no manifest shows them. @default - none */
  readonly injectedSidecars?: readonly InjectedSidecar[];
  /** What is left over at the end of the grace period, in seconds, >= 0. @default 5 */
  readonly marginSeconds?: number;
  /** Connections that outlive a request: games, meetings, streams. @default - requests only */
  readonly longConnection?: LongConnectionOptions;
  /** Every way clients reach the pods that no Service beside the workload tells. @default - what the Services say */
  readonly traffic?: readonly TrafficOptions[];
  /** Between which numbers of replicas something scales the workload, if no manifest tells. @default - what the autoscaler says */
  readonly autoscaler?: AutoscalerBounds;
  /** The older of control plane and nodes, `major.minor`. @default '1.30' */
  readonly kubernetes?: string;
  /** What may end a pod sooner than its grace period: ids of `PLATFORMS`, or a name with its own ceiling. @default - none */
  readonly platforms?: readonly (string | PlatformCeiling)[];
  /** How many pods change at a time. @default 'one-by-one' */
  readonly pace?: Pace;
  /** Pods above `replicas` during a rollout: a number, or a percentage such as '25%'. @default - as `pace` says */
  readonly maxSurge?: number | string;
  /** Pods below `replicas` during a rollout; anything but 0 gives up capacity. @default 0 */
  readonly maxUnavailable?: number | string;
  /** Time between two steps that the author wants for looking at the new version, in seconds, >= 0. @default 0 */
  readonly soakSeconds?: number;
  /** Held as it is, or refused when it is too small. @default - the sum of what the load balancers and the soak need */
  readonly minReadySeconds?: number;
  /** Held as it is, or refused when it is too small. @default - Kubernetes' 600 s unless the slowest pod needs more */
  readonly progressDeadlineSeconds?: number;
  /** Held as it is, or refused when it is too small. @default - preStop wait + drain + margin */
  readonly terminationGracePeriodSeconds?: number;
  /** Longest time to schedule a pod and pull its image, in seconds, >= 0. @default 120 */
  readonly scheduleSeconds?: number;
  /**
   * Prefers to spread the pods over nodes, each version apart; `inPlace.required` needs it. The scheduler's own default, which prefers
   * zones, too, holds only for pods without a constraint: where it matters, false, or constraints of your own.
   * @default true
   */
  readonly spread?: boolean;
  /** Keeps the pods on labelled nodes (the second article's recipe). @default - any node */
  readonly inPlace?: InPlaceOptions;
  /**
   * Whoever creates the workload may give it a TCP readiness probe on its declared port; a manifest that somebody else wrote
   * is never given one.
   * @default false
   */
  readonly defaultReadinessProbe?: boolean;
}

/** Between which numbers of replicas something scales a workload. */
export interface AutoscalerBounds {
  /** @default 1 */
  readonly minReplicas?: number;
  readonly maxReplicas: number;
}

/** What an author knows of one container. */
export interface ContainerOptions {
  /** What a client may wait for at most, in seconds, >= 0. @default 30 */
  readonly longestRequestSeconds?: number;
  /** What the application does on SIGTERM. @default 'drains' */
  readonly onSigterm?: OnSigterm;
  /**
   * How long after SIGTERM the application still answers, saying `Connection: close` (HTTP/2: GOAWAY), so that clients which
   * reuse connections leave by themselves; in seconds, >= 0.
   * @default 10 where the application drains, else 0
   */
  readonly closeNoticeSeconds?: number;
  /** The image has a shell and `sleep`. @default false */
  readonly shell?: boolean;
  /** An endpoint of the application that answers only once it may be stopped; it takes the place of the wait. @default - none */
  readonly drainEndpoint?: DrainEndpoint;
  /** The preStop hook that the container has already: when it runs and how long it takes. @default - it has none */
  readonly preStopHook?: PreStopHookOptions;
  /**
   * `serves`: answers clients, waits and drains. `proxy`: stands before one that serves, or is needed by it to its end, so it leaves
   * after it. `helper`: neither; it gets SIGTERM at once and takes `drainSeconds`. Only in `containers`.
   * @default - 'serves' where it has a port, or is the first of containers that all have none; else 'helper'
   */
  readonly role?: ContainerRole;
  /** Time a proxy, helper or sidecar takes after SIGTERM, in seconds, >= 0; not of what serves. @default 5 */
  readonly drainSeconds?: number;
  /**
   * From container start to ready, at worst, in seconds, >= 0.
   * @default - not known: start-up probes are left as they are; a warm-up's leaves 60 s and its successes, or as much as the one before it
   */
  readonly slowestStartSeconds?: number;
  /** Several successes before the first traffic, one to recover. @default - one success */
  readonly warmUp?: WarmUpOptions;
  /** A liveness probe. @default - what the container has */
  readonly liveness?: LivenessOptions;
}

/** What a container is for, as far as traffic is concerned: see `ContainerOptions.role`. */
export type ContainerRole = 'serves' | 'proxy' | 'helper';

/** A container that only the running pod shows. */
export interface InjectedSidecar {
  readonly name: string;
  /** How long it goes on after SIGTERM, in seconds, >= 0. */
  readonly drainSeconds: number;
  /** Injected as an init container with `restartPolicy: Always`. @default false */
  readonly native?: boolean;
}

/** An endpoint that a preStop httpGet hook asks: its status does not count, only that it answers late enough. */
export interface DrainEndpoint {
  readonly path: string;
  readonly port: number | string;
  /** How long it blocks at most, in seconds: at least as long as the last proxy keeps sending. */
  readonly longestSeconds: number;
}

/** An author's own preStop hook, beside which the wait is set. */
export interface PreStopHookOptions {
  /** `before-wait` for taking oneself out of a registry; `after-wait` for what stops the application. */
  readonly runs: 'before-wait' | 'after-wait';
  /** In seconds, >= 0. */
  readonly longestSeconds: number;
}

/** Exactly one of the two. */
export interface LongConnectionOptions {
  /** The longest a session may last, in seconds, >= 1: the pod stays for it. @default - clients are handed over */
  readonly longestSessionSeconds?: number;
  /**
   * Clients are told to move on SIGTERM, and have so long for it, in seconds, >= 1; the pod may leave as soon as it is empty.
   * @default - the pod waits for the longest session
   */
  readonly handOverSeconds?: number;
  /** How often either side speaks on a silent connection, in seconds, > 0. @default - not known */
  readonly heartbeatSeconds?: number;
}

/** How many successes a new pod needs before it counts, and who counts them. */
export interface WarmUpOptions {
  /** Successes in a row before the first traffic, >= 2. */
  readonly successes: number;
  /** Time between two checks, in seconds, >= 1. @default - where the readiness probe counts: its own period; else 5 */
  readonly periodSeconds?: number;
  /** The application's own start-up endpoint, which answers 200 only after that many checks of its own. @default - none */
  readonly endpoint?: { readonly path: string; readonly port?: number | string };
  /** A command that checks once; needs `shell`. @default - none */
  readonly command?: readonly string[];
  /** What the successes hold back: the first traffic, or only the next step of the rollout. @default 'traffic' */
  readonly holds?: 'traffic' | 'rollout';
}

/** A liveness probe; without `path`, a TCP connection to the port. */
export interface LivenessOptions {
  /** @default - TCP */
  readonly path?: string;
  /** @default - the container's first port */
  readonly port?: number | string;
  /** @default 30 */
  readonly periodSeconds?: number;
  /** @default 3 */
  readonly failureThreshold?: number;
  /** @default 1 */
  readonly timeoutSeconds?: number;
  /** Grace of a container that this probe ends, in seconds, >= 1. @default - the pod's, or 30 where that is above 60 */
  readonly terminationGracePeriodSeconds?: number;
}

/** One way to the pods. */
export interface TrafficOptions {
  /** Name of the Service. */
  readonly service: string;
  /** @default - what the Service in the same manifests says */
  readonly mode?: TrafficMode;
  /** Id of a provider profile. @default - recognised from the Service */
  readonly provider?: string;
  /**
   * From deletion until the last proxy or load balancer has stopped sending, in seconds, >= 0.
   * @default - as the provider's profile says
   */
  readonly delaySeconds?: number;
  /** From a pod's readiness until the load balancer knows it, in seconds, >= 0. @default - `delaySeconds`, else as the profile says */
  readonly registrationSeconds?: number;
  /** How the load balancer finds a new target healthy. @default - as the profile says */
  readonly healthCheck?: HealthCheckOptions;
  /**
   * How long the load balancer, or the ingress, keeps a silent connection, in seconds: written where the provider has a setting for it, and
   * held against `longConnection.heartbeatSeconds`.
   * @default - the provider's
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * Adds the provider's readiness gate to the pods, where it is written by hand; where a webhook adds it, false says that it does not.
   * @default true
   */
  readonly readinessGate?: boolean;
  /**
   * The load balancer leaves the open connections of a target that it removed alone until the pod is gone: only where the
   * provider's profile knows no drain setting, and so assumes that they are cut.
   * @default - as the profile says
   */
  readonly keepsOpenConnections?: boolean;
  /** Only nodes with these labels become targets, `key=value,...`. @default - all nodes */
  readonly backendLabel?: string;
}

/** How a load balancer checks its targets, where it is not as the Service or the provider's profile says. */
export interface HealthCheckOptions {
  /** In seconds, >= 1. @default - as the Service says, else the profile */
  readonly intervalSeconds?: number;
  /** Successes in a row, >= 1. @default - as the Service says, else the profile */
  readonly healthyThreshold?: number;
  /** Failures in a row, >= 1. @default - as the Service says, else the profile */
  readonly unhealthyThreshold?: number;
}

/** Something that ends pods and is not in `PLATFORMS`. */
export interface PlatformCeiling {
  readonly name: string;
  /** The longest grace that a pod really gets there, in seconds, >= 0. */
  readonly ceilingSeconds: number;
}

/** Labelled nodes that each should have a pod at any time. */
export interface InPlaceOptions {
  /** The label of the nodes, such as `{ key: 'deploy', value: 'nginx' }`. */
  readonly nodeLabel: { readonly key: string; readonly value: string };
  /** How many nodes carry it, >= 1. */
  readonly nodes: number;
  /** Holds the pods to these nodes, instead of preferring them. @default false */
  readonly required?: boolean;
}
