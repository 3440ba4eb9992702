import type { Duration } from 'cdk8s';
import type { AutoscalerBounds, ContainerRole, InPlaceOptions, OnSigterm, Pace, TrafficMode } from '../../core/index';

/**
 * What an author knows about a workload and wishes for its rollouts: the options of the core in cdk8s' words. What the core
 * calls `longestRequestSeconds` is `longestRequest` here and takes a `Duration` of whole seconds; everything else is the same.
 *
 * @example
 * const props: GracefulProps = { longestRequest: Duration.seconds(20), onSigterm: 'exits' };
 */
export interface GracefulProps extends GracefulContainerProps {
  /**
   * Containers that differ from the main one, by name. Where several serve, times beside it hold for each, and what speaks of one image,
   * hook or endpoint (`shell`, `preStopHook`, `drainEndpoint`, `warmUp`, `liveness`) has to be said here.
   * @default - only what stands beside it
   */
  readonly containers?: Readonly<Record<string, GracefulContainerProps>>;
  /** Containers that a webhook adds to the pod later, so that no manifest shows them. @default - none */
  readonly injectedSidecars?: readonly InjectedSidecarProps[];
  /** What is left over at the end of the grace period. @default Duration.seconds(5) */
  readonly margin?: Duration;
  /** Connections that outlive a request: games, meetings, streams. @default - requests only */
  readonly longConnection?: LongConnectionProps;
  /** Every way clients reach the pods that no Service in the app tells. @default - what the Services say */
  readonly traffic?: readonly TrafficProps[];
  /** Between which numbers of replicas something scales the workload, if nothing in the app tells. @default - what the autoscaler says */
  readonly autoscaler?: AutoscalerBounds;
  /** The older of control plane and nodes, `major.minor`. @default '1.30' */
  readonly kubernetes?: string;
  /** What may end a pod sooner than its grace period: ids of platforms, or a name with its own ceiling. @default - none */
  readonly platforms?: readonly (string | PlatformCeilingProps)[];
  /** How many pods change at a time. @default 'one-by-one' */
  readonly pace?: Pace;
  /** Pods above `replicas` during a rollout: a number, or a percentage such as '25%'. @default - as `pace` says */
  readonly maxSurge?: number | string;
  /** Pods below `replicas` during a rollout; anything but 0 gives up capacity. @default 0 */
  readonly maxUnavailable?: number | string;
  /** Time between two steps that the author wants for looking at the new version. @default - none */
  readonly soak?: Duration;
  /** Held as it is, or refused when it is too small. @default - the sum of what the load balancers and the soak need */
  readonly minReady?: Duration;
  /** Held as it is, or refused when it is too small. @default - Kubernetes' 10 minutes unless the slowest pod needs more */
  readonly progressDeadline?: Duration;
  /** Held as it is, or refused when it is too small. @default - preStop wait + drain + margin */
  readonly terminationGracePeriod?: Duration;
  /** Longest time to schedule a pod and pull its image. @default Duration.minutes(2) */
  readonly schedule?: Duration;
  /**
   * Prefers to spread the pods over nodes, each version apart; `inPlace.required` needs it. The scheduler's own default, which prefers
   * zones, too, holds only for pods without a constraint: where it matters, false, or constraints of your own.
   * @default true
   */
  readonly spread?: boolean;
  /** Keeps the pods on labelled nodes. @default - any node */
  readonly inPlace?: InPlaceOptions;
  /**
   * Gives the workload a TCP readiness probe on its declared port where it has none.
   * @default - true in a construct that creates the workload, false where a mixin finds one
   */
  readonly defaultReadinessProbe?: boolean;
}

/** What an author knows of one container. */
export interface GracefulContainerProps {
  /** What a client may wait for at most. @default Duration.seconds(30) */
  readonly longestRequest?: Duration;
  /** What the application does on SIGTERM. @default 'drains' */
  readonly onSigterm?: OnSigterm;
  /**
   * How long after SIGTERM the application still answers, saying `Connection: close` (HTTP/2: GOAWAY).
   * @default - 10 seconds where the application drains, else none
   */
  readonly closeNotice?: Duration;
  /** The image has a shell and `sleep`. @default false */
  readonly shell?: boolean;
  /** An endpoint of the application that answers only once it may be stopped; it takes the place of the wait. @default - none */
  readonly drainEndpoint?: DrainEndpointProps;
  /** The preStop hook that the container has already: when it runs and how long it takes. @default - it has none */
  readonly preStopHook?: PreStopHookProps;
  /**
   * What the container is for; only in `containers`. `proxy` stands before one that serves, or is needed by it to its end; a `helper` gets
   * SIGTERM at once.
   * @default - 'serves' where it has a port, or is the first of containers that all have none; else 'helper'
   */
  readonly role?: ContainerRole;
  /** Time a proxy, helper or sidecar takes after SIGTERM; not of what serves. @default Duration.seconds(5) */
  readonly drain?: Duration;
  /**
   * From container start to ready, at worst.
   * @default - not known: start-up probes are left as they are; a warm-up's leaves 60 s and its successes, or as much as the one before it
   */
  readonly slowestStart?: Duration;
  /** Several successes before the first traffic, one to recover. @default - one success */
  readonly warmUp?: WarmUpProps;
  /** A liveness probe. @default - what the container has */
  readonly liveness?: LivenessProps;
}

/** A container that a webhook adds to the pod. */
export interface InjectedSidecarProps {
  readonly name: string;
  /** How long it goes on after SIGTERM. */
  readonly drain: Duration;
  /** Injected as an init container with `restartPolicy: Always`. @default false */
  readonly native?: boolean;
}

/** An endpoint of the application that blocks until it may be stopped. */
export interface DrainEndpointProps {
  readonly path: string;
  readonly port: number | string;
  /** How long it blocks at most: at least as long as the last proxy keeps sending. */
  readonly longest: Duration;
}

/** A preStop hook that the container has already. */
export interface PreStopHookProps {
  /** `before-wait` for taking oneself out of a registry; `after-wait` for what stops the application. */
  readonly runs: 'before-wait' | 'after-wait';
  readonly longest: Duration;
}

/** Connections that outlive a request. Exactly one of `longestSession` and `handOver`. */
export interface LongConnectionProps {
  /** The longest a session may last: the pod stays for it. @default - `handOver` is given */
  readonly longestSession?: Duration;
  /** Clients are told to move on SIGTERM, and have so long for it; an empty pod may leave. @default - `longestSession` is given */
  readonly handOver?: Duration;
  /** How often either side speaks on a silent connection. @default - not known */
  readonly heartbeat?: Duration;
}

/** Several successes before the first traffic. */
export interface WarmUpProps {
  /** Successes in a row before the first traffic, >= 2. */
  readonly successes: number;
  /** Time between two checks. @default - where the readiness probe counts: its own period; else Duration.seconds(5) */
  readonly period?: Duration;
  /** The application's own start-up endpoint, which answers 200 only after that many checks of its own. @default - none */
  readonly endpoint?: WarmUpEndpointProps;
  /** A command that checks once; needs `shell`. @default - none */
  readonly command?: readonly string[];
  /** What the successes hold back: the first traffic, or only the next step of the rollout. @default 'traffic' */
  readonly holds?: 'traffic' | 'rollout';
}

/** Where the application tells that it has warmed up. */
export interface WarmUpEndpointProps {
  readonly path: string;
  /** @default - the container's first port */
  readonly port?: number | string;
}

/** A liveness probe; without `path`, a TCP connection to the port. */
export interface LivenessProps {
  /** @default - TCP */
  readonly path?: string;
  /** @default - the container's first port */
  readonly port?: number | string;
  /** @default Duration.seconds(30) */
  readonly period?: Duration;
  /** @default 3 */
  readonly failureThreshold?: number;
  /** @default Duration.seconds(1) */
  readonly timeout?: Duration;
  /** Grace of a container that this probe ends. @default - the pod's, or 30 seconds where that is above 60 */
  readonly terminationGracePeriod?: Duration;
}

/** What is known about one load balancer and how it finds its targets. */
export interface RouteProps {
  /** From deletion until the last proxy or load balancer has stopped sending. @default - as the provider's profile says */
  readonly delay?: Duration;
  /** From a pod's readiness until the load balancer knows it. @default - `delay`, else as the profile says */
  readonly registration?: Duration;
  /** How the load balancer finds a new target healthy. @default - as the profile says */
  readonly healthCheck?: HealthCheckProps;
  /**
   * How long the load balancer, or the ingress, keeps a silent connection: written where the provider has a setting for it, and held
   * against `longConnection.heartbeat`.
   * @default - the provider's
   */
  readonly idleTimeout?: Duration;
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

/** One way to the pods. */
export interface TrafficProps extends RouteProps {
  /** Name of the Service. */
  readonly service: string;
  /** @default - what the Service in the app says */
  readonly mode?: TrafficMode;
  /** Id of a provider profile. @default - recognised from the Service */
  readonly provider?: string;
}

/** A load balancer's health check. */
export interface HealthCheckProps {
  /** @default - the provider's */
  readonly interval?: Duration;
  /** Successes in a row, >= 1. @default - the provider's */
  readonly healthyThreshold?: number;
  /** Failures in a row, >= 1. @default - the provider's */
  readonly unhealthyThreshold?: number;
}

/** A platform that may end pods early. */
export interface PlatformCeilingProps {
  readonly name: string;
  /** The longest grace that a pod really gets there. */
  readonly ceiling: Duration;
}
