/**
 * The parts of Kubernetes' objects that a plan reads or writes, as parsed JSON. Everything else is kept as it is, so each
 * type is open: a field that is not named here is `unknown`, never dropped.
 */

/** Any Kubernetes object. */
export interface Manifest {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly metadata?: Metadata;
  readonly [field: string]: unknown;
}

export interface Metadata {
  readonly name?: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly [field: string]: unknown;
}

/** A port by number, or by the name that the container gives it. */
export type PortRef = number | string;

export interface Probe {
  readonly httpGet?: { readonly path?: string; readonly port?: PortRef; readonly [field: string]: unknown };
  readonly tcpSocket?: { readonly port?: PortRef; readonly [field: string]: unknown };
  readonly exec?: { readonly command?: readonly string[] };
  readonly grpc?: { readonly port?: number; readonly [field: string]: unknown };
  readonly initialDelaySeconds?: number;
  readonly periodSeconds?: number;
  readonly timeoutSeconds?: number;
  readonly successThreshold?: number;
  readonly failureThreshold?: number;
  readonly terminationGracePeriodSeconds?: number;
}

/** What a preStop hook does: exactly one of the four. */
export interface LifecycleHandler {
  readonly sleep?: { readonly seconds: number };
  readonly exec?: { readonly command?: readonly string[] };
  readonly httpGet?: { readonly path?: string; readonly port?: PortRef; readonly [field: string]: unknown };
  readonly tcpSocket?: { readonly [field: string]: unknown };
}

export interface Container {
  readonly name?: string;
  readonly ports?: readonly { readonly containerPort?: number; readonly name?: string; readonly protocol?: string }[];
  readonly lifecycle?: { readonly preStop?: LifecycleHandler; readonly [field: string]: unknown };
  readonly readinessProbe?: Probe;
  readonly livenessProbe?: Probe;
  readonly startupProbe?: Probe;
  /** `Always` on an init container makes it a sidecar. */
  readonly restartPolicy?: string;
  readonly [field: string]: unknown;
}

export interface LabelSelector {
  readonly matchLabels?: Readonly<Record<string, string>>;
  readonly matchExpressions?: readonly { readonly key: string; readonly operator: string; readonly values?: readonly string[] }[];
}

export interface PodSpec {
  readonly containers?: readonly Container[];
  readonly initContainers?: readonly Container[];
  readonly terminationGracePeriodSeconds?: number;
  readonly readinessGates?: readonly { readonly conditionType: string }[];
  readonly topologySpreadConstraints?: readonly { readonly [field: string]: unknown }[];
  readonly affinity?: { readonly [field: string]: unknown };
  readonly hostNetwork?: boolean;
  readonly [field: string]: unknown;
}

/** A Deployment. */
export interface Workload extends Manifest {
  readonly spec?: {
    readonly replicas?: number;
    readonly minReadySeconds?: number;
    readonly progressDeadlineSeconds?: number;
    readonly selector?: LabelSelector;
    readonly strategy?: {
      readonly type?: string;
      readonly rollingUpdate?: { readonly maxSurge?: number | string; readonly maxUnavailable?: number | string };
    };
    readonly template?: { readonly metadata?: Metadata; readonly spec?: PodSpec };
    readonly [field: string]: unknown;
  };
}

export interface Service extends Manifest {
  readonly spec?: {
    readonly type?: string;
    readonly selector?: Readonly<Record<string, string>>;
    readonly ports?: readonly {
      readonly port?: number;
      readonly targetPort?: PortRef;
      readonly name?: string;
      readonly [field: string]: unknown;
    }[];
    readonly externalTrafficPolicy?: string;
    readonly healthCheckNodePort?: number;
    readonly loadBalancerClass?: string;
    readonly publishNotReadyAddresses?: boolean;
    readonly [field: string]: unknown;
  };
}

/** A HorizontalPodAutoscaler, or a KEDA ScaledObject: what scales a workload. */
export interface Autoscaler extends Manifest {
  readonly spec?: {
    readonly scaleTargetRef?: { readonly kind?: string; readonly name?: string };
    readonly minReplicas?: number;
    readonly maxReplicas?: number;
    readonly minReplicaCount?: number;
    readonly maxReplicaCount?: number;
    readonly [field: string]: unknown;
  };
}

export interface DisruptionBudget extends Manifest {
  readonly spec?: {
    readonly minAvailable?: number | string;
    readonly maxUnavailable?: number | string;
    readonly selector?: LabelSelector;
    readonly [field: string]: unknown;
  };
}
