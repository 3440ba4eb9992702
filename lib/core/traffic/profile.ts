import type { Part } from '../figure';

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
  /** Annotation keys, or beginnings of keys, that only its Services carry. */
  readonly annotationPrefixes: readonly string[];
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
  readonly idleTimeout?: IdleTimeoutProfile;
  /** Annotation that limits the nodes which become targets; its value is `key=value,...`. */
  readonly backendLabelAnnotation?: string;
  /** What counts against which limit, with its source. */
  readonly quota?: string;
}

/** What a product does in one mode. */
export interface ModeProfile {
  /** Annotations that choose the mode. */
  readonly annotations: Readonly<Record<string, string>>;
  readonly targets: 'pods' | 'nodes' | 'nodes-with-a-pod';
  readonly sourceAddress: 'kept' | 'lost' | 'depends';
  /** What becomes of the connections of a removed target while no drain is set. */
  readonly removed: 'cut-at-once' | 'lives-with-pod';
  /** How drain is set; absent where there is no such setting. */
  readonly drain?: DrainProfile;
  /** Condition that a pod waits for, given the Service's name; only where it is written by hand. */
  readonly readinessGate?: (service: string) => string;
  /** What the gate's opening means: the load balancer knows the pod, or finds it healthy. */
  readonly gateMeans?: 'registered' | 'healthy';
  /** Where these facts were read. */
  readonly source: string;
}

export interface DrainProfile {
  readonly minSeconds: number;
  readonly maxSeconds: number;
  /** Annotations for so many seconds, given those that the Service has (some share one value among several settings). */
  readonly annotations: (seconds: number, existing: Readonly<Record<string, string>>) => Readonly<Record<string, string>>;
  /** Seconds that a Service's annotations ask for; undefined where drain is off. */
  readonly read: (existing: Readonly<Record<string, string>>) => number | undefined;
  readonly source: string;
}

export interface HealthCheckProfile {
  readonly intervalSeconds: number;
  readonly healthyThreshold: number;
  readonly unhealthyThreshold: number;
  /** Inclusive ranges. */
  readonly intervalRange: readonly [number, number];
  readonly thresholdRange: readonly [number, number];
  /** Annotations for these settings; only those that differ from the provider's defaults need writing. */
  readonly annotations: (check: { intervalSeconds: number; healthyThreshold: number; unhealthyThreshold: number }) => Readonly<Record<string, string>>;
  /** The settings that a Service's annotations ask for; what they do not name is absent. */
  readonly read: (existing: Readonly<Record<string, string>>) => { intervalSeconds?: number; healthyThreshold?: number; unhealthyThreshold?: number };
  readonly source: string;
}

export interface IdleTimeoutProfile {
  readonly defaultSeconds: number;
  /** Absent where it cannot be set. */
  readonly range?: readonly [number, number];
  readonly annotations?: (seconds: number, ports: readonly number[]) => Readonly<Record<string, string>>;
  readonly source: string;
}
