import type { Figure } from '../figure';
import type { LifecycleHandler, Probe } from '../manifest/types';
import type { Problem } from '../problem';
import type { ContainerRole, OnSigterm, TrafficMode } from './options';

/** Everything a rollout needs, each number with its sum. Plain data: what is to be written, and why. */
export interface RolloutPlan {
  /** `Deployment/web`. */
  readonly workload: string;
  /** Where the workload and its Services are. @default - 'default' */
  readonly namespace?: string;
  readonly routes: readonly RoutePlan[];
  readonly shutdown: ShutdownPlan;
  readonly startup: StartupPlan;
  readonly pace: PacePlan;
  readonly disruption: DisruptionPlan;
  /** The grace that the pod really gets on each declared platform. */
  readonly ceilings: readonly CeilingPlan[];
  /** Fields of the workload that stay as they are because the manifest says so, each with the reason given there. */
  readonly kept: Readonly<Record<string, string>>;
  /** True, but worth knowing: nothing here stops the plan. */
  readonly warnings: readonly Problem[];
}

/** How one Service brings clients to the pods. */
export interface RoutePlan {
  /** Name of the Service. */
  readonly service: string;
  readonly mode: TrafficMode;
  /** Id of the provider's profile; none where no load balancer is involved. */
  readonly provider?: string;
  /** Seconds from deletion until nobody sends new connections any more. */
  readonly delay: Figure;
  /** Seconds from a pod's readiness until the load balancer feeds it. */
  readonly arrival: Figure;
  /**
   * Seconds that the load balancer is told to drain a removed target: whether its end cuts connections, `removed` says.
   * @default - there is no such setting, or none is needed
   */
  readonly drain?: Figure;
  /** What a target's removal does to its open connections with the plan applied. */
  readonly removed: 'nothing' | 'cut-after-drain' | 'cut-at-once' | 'lives-with-pod';
  /** What the Service must carry; values are kept where they are as good or better. */
  readonly annotations: Readonly<Record<string, string>>;
  /** Class to write. @default - the Service names its provider already, or the provider has no class */
  readonly loadBalancerClass?: string;
  /** Policy to write. @default - Kubernetes' own, or what stands there, is right */
  readonly externalTrafficPolicy?: 'Cluster' | 'Local';
  /** Condition that each pod must wait for. @default - none that is written by hand */
  readonly readinessGate?: string;
  /** Does the application see the client's address? */
  readonly sourceAddress: 'kept' | 'lost' | 'depends';
  /** What becomes a target of the load balancer, and so counts against its quota. */
  readonly targets: 'pods' | 'nodes' | 'nodes-with-a-pod' | 'none';
  /** What the provider's quota says, with its source. @default - nothing is known */
  readonly quota?: string;
  /** Fields of the Service that stay as they are because it says so, each with the reason given there. @default - none */
  readonly kept?: Readonly<Record<string, string>>;
}

/** How a pod ends. */
export interface ShutdownPlan {
  /** Seconds from deletion to SIGTERM of the containers that serve. */
  readonly wait: Figure;
  /** Seconds from SIGTERM to the exit of the slowest container that serves. */
  readonly drain: Figure;
  readonly terminationGracePeriodSeconds: Figure;
  readonly containers: readonly ContainerShutdown[];
}

/** How one container ends, on its own clock. */
export interface ContainerShutdown {
  readonly name: string;
  readonly role: ContainerRole | 'sidecar' | 'injected';
  readonly onSigterm: OnSigterm;
  /** Position: containers come first, then initContainers; none for an injected one. */
  readonly at?: { readonly list: 'containers' | 'initContainers'; readonly index: number };
  /** The hook to write; none where the container has to have none. */
  readonly preStop?: LifecycleHandler;
  readonly wait: Figure;
  readonly drain: Figure;
}

/** How pods start. */
export interface StartupPlan {
  readonly containers: readonly ContainerStartup[];
  /** Seconds from container start to ready, at worst; none where nobody said. */
  readonly slowestStart?: Figure;
}

/** The probes of one container. */
export interface ContainerStartup {
  readonly name: string;
  readonly at: { readonly list: 'containers' | 'initContainers'; readonly index: number };
  /** Probe to write. @default - what stands there stays as it is */
  readonly readinessProbe?: PlannedProbe;
  /** Probe to write. @default - what stands there stays as it is */
  readonly livenessProbe?: PlannedProbe;
  /** Probe to write, or to take away. @default - what stands there stays as it is */
  readonly startupProbe?: PlannedProbe;
}

/** A probe to write, or to remove. */
export interface PlannedProbe {
  /** The probe to write; none: the one that stands there is to go. */
  readonly probe?: Probe;
  /** Why it is as it is: one sentence. */
  readonly reason: string;
  /** Where each number of the probe comes from: seconds, or checks for the thresholds. @default - the probe is removed */
  readonly figures?: ProbeFigures;
  /**
   * Seconds, at most: until a container that never starts is told to end (start-up), or one that hangs is gone (liveness).
   * @default - a readiness probe ends nothing, nor does one that is removed
   */
  readonly ends?: Figure;
}

/** The numbers that a probe has. */
export type ProbeNumber =
  'initialDelaySeconds' | 'periodSeconds' | 'timeoutSeconds' | 'successThreshold' | 'failureThreshold' | 'terminationGracePeriodSeconds';

/** Each number that stands in a probe, with its sum. */
export type ProbeFigures = Readonly<Partial<Record<ProbeNumber, Figure>>>;

/** How many pods change at a time, and how long that takes. */
export interface PacePlan {
  readonly maxSurge: number | string;
  readonly maxUnavailable: number | string;
  readonly minReadySeconds: Figure;
  /** None where Kubernetes' default of 600 s is enough. */
  readonly progressDeadlineSeconds?: Figure;
  /** The same rollout at each number of replicas it may meet: one entry, or two where something scales the workload. */
  readonly at: readonly PaceAt[];
  /** Something else owns the number of replicas. */
  readonly scaled: boolean;
}

/** What a rollout does at one number of replicas. */
export interface PaceAt {
  readonly replicas: number;
  /** Pods, after Kubernetes' rounding. */
  readonly surge: number;
  readonly unavailable: number;
  readonly waves: number;
  /** Seconds until the last new pod is available: at least, and at most where the slowest start is known. */
  readonly rolledOut: Bounds;
  /** Seconds until the last old pod is gone. */
  readonly lastPodGone: Bounds;
  /** Pods at most: serving, and existing (those that are ending included). */
  readonly servingPods: number;
  readonly existingPods: number;
  /** The same numbers, each with its sum. */
  readonly figures: PaceFigures;
}

/** Where the numbers of one rollout come from. */
export interface PaceFigures {
  readonly surge: Figure;
  readonly unavailable: Figure;
  readonly waves: Figure;
  readonly rolledOut: BoundFigures;
  readonly lastPodGone: BoundFigures;
  readonly servingPods: Figure;
  readonly existingPods: Figure;
}

/** Where both ends of a time come from; the upper one where the slowest start is known. */
export interface BoundFigures {
  readonly atLeastSeconds: Figure;
  /** @default - not known, as the slowest start is not */
  readonly atMostSeconds?: Figure;
}

/** A time that depends on how fast pods start and end. */
export interface Bounds {
  readonly atLeastSeconds: number;
  /** @default - not known, as the slowest start is not */
  readonly atMostSeconds?: number;
}

/** Where the pods go. */
export interface DisruptionPlan {
  /** Constraint to add; none where the author has one or wants none. */
  readonly topologySpreadConstraint?: Readonly<Record<string, unknown>>;
  /** Preferred node affinity term to add; none unless in place. */
  readonly preferredNodeAffinity?: Readonly<Record<string, unknown>>;
  /** Required node selector term to add; none unless in place and required. */
  readonly requiredNodeAffinity?: Readonly<Record<string, unknown>>;
}

/** What a platform leaves of the grace period. */
export interface CeilingPlan {
  readonly platform: string;
  readonly ceilingSeconds: number;
  /** min(grace, ceiling). */
  readonly graceSeconds: number;
  readonly source: string;
}
