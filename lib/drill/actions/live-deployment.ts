/** The part of a live Deployment that is read. */
export interface LiveDeployment {
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly generation: number;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly spec: {
    readonly replicas: number;
    readonly paused?: boolean;
    readonly selector: object;
    readonly template: object;
    readonly [field: string]: unknown;
  };
  readonly status?: {
    readonly observedGeneration?: number;
    readonly replicas?: number;
    readonly updatedReplicas?: number;
    readonly availableReplicas?: number;
  };
}

/**
 * Whether all replicas are of the newest template and available, as `kubectl rollout status` sees it.
 *
 * @param generation The controller must have seen at least this one.
 */
export function isRolledOut({ metadata, spec, status = {} }: LiveDeployment, generation = metadata.generation): boolean {
  const { observedGeneration = 0, replicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status;
  return observedGeneration >= generation
    && updatedReplicas === spec.replicas && replicas === updatedReplicas && availableReplicas >= updatedReplicas;
}
