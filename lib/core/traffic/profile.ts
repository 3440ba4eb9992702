import type { Part } from '../figure';

/** Annotations of a Service: always strings. */
export type Annotations = Readonly<Record<string, string>>;

/** The modes in which a load balancer reaches pods. */
export type BalancerMode = 'cluster' | 'local' | 'eni';

/** One load balancer product, as data with sources: what it does by itself, and how it is told otherwise. One profile a file. */
export interface ProviderProfile {
  /** Id that authors write, in options, annotations and commands: a contract. */
  readonly id: string;
  /** Name that people read. */
  readonly name: string;
  /** Class that its Services carry; absent where the provider takes those without a class. */
  readonly loadBalancerClass?: string;
  /** Annotation keys, or beginnings of keys, that only its Services carry: the domain in full, then `/` and all or part of the name. */
  readonly annotationPrefixes: readonly string[];
  /**
   * Does its controller leave a Service without a class alone, although it carries such a key?
   * @default - it takes each Service that carries one
   */
  readonly leavesAlone?: (existing: Annotations) => boolean;
  /**
   * Are the pods themselves the targets, as a Service's annotations say? Undefined where they say nothing, so that a default
   * decides which no manifest shows.
   * @default - annotations never say
   */
  readonly podDirect?: (existing: Annotations) => boolean | undefined;
  /** Which default decides where `podDirect` is undefined, as a sentence for people. @default - nodes, always */
  readonly unsaidMode?: string;
  /**
   * From deletion until the load balancer has stopped sending, part by part: the controller's reaction, then up to two updates
   * (one in flight when the change came, and the one that carries it). Absent: the author must declare it.
   */
  readonly delay?: readonly Part[];
  /** From readiness until the load balancer knows a target. @default - the same as `delay` */
  readonly registration?: readonly Part[];
  /** Absent: the author must declare it. */
  readonly healthCheck?: HealthCheckProfile;
  readonly modes: Readonly<Partial<Record<BalancerMode, ModeProfile>>>;
  /**
   * Why the annotations of a setting have no effect, as the others of a Service and its TCP ports say; undefined where they have.
   * @default - they always have
   */
  readonly outOfReach?: (setting: BalancerSetting, existing: Annotations, ports: readonly number[]) => OutOfReach | undefined;
  /** How long a silent connection is kept. @default - not known */
  readonly idleTimeout?: IdleTimeoutProfile;
  /** Annotation that limits the nodes which become targets; its value is `key=value,...`. @default - none: nodes cannot be chosen */
  readonly backendLabelAnnotation?: string;
  /** What counts against which limit, with its source. @default - not known */
  readonly quota?: string;
  /** The same in figures, as far as they are known. @default - no limit is checked */
  readonly limits?: LimitsProfile;
  /** How sure the figures are: read in the controller's source, or in the vendor's pages only. @default 'verified' */
  readonly confidence?: 'verified' | 'documented' | 'assumed';
  /** What people must know of the figures: doubts, conflicts between sources, traps. Full sentences. @default - none */
  readonly remarks?: readonly string[];
}

/** What a Service tells its load balancer, and may tell it in vain. */
export type BalancerSetting = 'drain' | 'idleTimeout' | 'healthCheck';

/** A setting that a Service carries in vain. */
export interface OutOfReach {
  /** Why it does nothing: the end of a sentence. */
  readonly why: string;
  /** Seconds that hold whatever the Service says, for some listener at least. @default - not known */
  readonly holdsSeconds?: number;
  /** What to do about it: full sentences. */
  readonly remedy: string;
}

/** Limits of a product, each >= 1. */
export interface LimitsProfile {
  /** Load balancers that one node may be a target of. @default - not known */
  readonly loadBalancersPerNode?: number;
  /** Targets of one load balancer. @default - not known */
  readonly targetsPerLoadBalancer?: number;
}

/** What a product does in one mode. */
export interface ModeProfile {
  /**
   * Annotations that choose the mode and what only belongs to it. To be written where the author said the mode, never where it was
   * merely recognised: a default that no manifest shows may have decided otherwise.
   */
  readonly annotations: Annotations;
  readonly targets: 'pods' | 'nodes' | 'nodes-with-a-pod';
  readonly sourceAddress: 'kept' | 'lost' | 'depends';
  /** What becomes of the connections of a removed target while no drain is set. */
  readonly removed: 'cut-at-once' | 'lives-with-pod';
  /** How drain is set; absent where there is no such setting. */
  readonly drain?: DrainProfile;
  /** Condition that a pod waits for, given the Service's name; only where it is written by hand. */
  readonly readinessGate?: (service: string) => string;
  /** Name of the condition, or its beginning, that a webhook may add to each pod; it opens with the pod's health. @default - none */
  readonly injectedGate?: string;
  /** What the gate's opening means: the load balancer knows the pod, or finds it healthy. @default - there is no gate */
  readonly gateMeans?: 'registered' | 'healthy';
  /** Where these facts were read. */
  readonly source: string;
}

/** How a product is told to leave the connections of a removed target alone for a while. */
export interface DrainProfile {
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** Annotations for so many seconds, given those that the Service has (some share one value among several settings). */
  readonly annotations: (seconds: number, existing: Annotations) => Annotations;
  /** Seconds that a Service's annotations ask for; 0 where drain is on without a usable time, undefined where it is off. */
  readonly read: (existing: Annotations) => number | undefined;
  /**
   * Does the end of the drain cut what is still open, as a Service's annotations say, and whether it has UDP ports?
   * @default - it always does
   */
  readonly cuts?: (existing: Annotations, hasUdp: boolean) => boolean;
  readonly source: string;
}

/** How a load balancer checks its targets: seconds between two checks, successes and failures in a row. */
export interface HealthCheckTimes {
  readonly intervalSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
}

/** How a product finds out whether a target is healthy. */
export interface HealthCheckProfile {
  readonly intervalSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Inclusive ranges. */
  readonly intervalRange: readonly [number, number];
  readonly thresholdRange: readonly [number, number];
  /** Annotations for these settings; only those that differ from the provider's defaults need writing. */
  readonly annotations: (check: HealthCheckTimes) => Annotations;
  /** The settings that a Service's annotations ask for; what they do not name is absent. */
  readonly read: (existing: Annotations) => Partial<HealthCheckTimes>;
  /**
   * Why nothing is checked, as a Service's annotations and its TCP ports say; undefined where something is.
   * @default - it is always on
   */
  readonly off?: (existing: Annotations, ports: readonly number[]) => OutOfReach | undefined;
  /** Where the settings live when annotations cannot say them; `annotations` gives none then. @default - in annotations */
  readonly elsewhere?: string;
  readonly source: string;
}

/** How long a product keeps a silent connection. */
export interface IdleTimeoutProfile {
  /** In seconds. */
  readonly defaultSeconds: number;
  /** Absent where it cannot be set. */
  readonly range?: readonly [number, number];
  /**
   * `ports` are the Service's TCP ports; `existing` what it carries, for settings that share one value.
   * @default - it cannot be set
   */
  readonly annotations?: (seconds: number, ports: readonly number[], existing?: Annotations) => Annotations;
  /** The shortest that a Service's annotations ask for; undefined where they ask for nothing. @default - cannot be read */
  readonly read?: (existing: Annotations) => number | undefined;
  readonly source: string;
}
