/** Something that ends pods and does not wait longer than its ceiling. */
export interface Platform {
  /** Id that authors write in `platforms`: a contract. */
  readonly id: string;
  /** Name that people read. */
  readonly name: string;
  /** The longest grace that a pod really gets, in seconds. */
  readonly ceilingSeconds: number;
  /** Where the number was read. */
  readonly source: string;
  /** False where the number was not read in the product's own source or documentation: check it before you rely on it. */
  readonly verified: boolean;
}

/** What may end a pod sooner than its grace period, with the products' defaults. Karpenter has no ceiling unless its NodePool sets one. */
export const PLATFORMS: readonly Platform[] = [
  {
    id: 'cluster-autoscaler',
    name: 'Cluster Autoscaler',
    ceilingSeconds: 600,
    source: 'kubernetes/autoscaler cluster-autoscaler/FAQ.md: --max-graceful-termination-sec, default 600',
    verified: true,
  },
  {
    id: 'node-pressure-eviction',
    name: 'node-pressure eviction (hard)',
    ceilingSeconds: 1,
    source: 'kubernetes v1.32.10 pkg/kubelet/eviction/eviction_manager.go: immediateEvictionGracePeriodSeconds = 1',
    verified: true,
  },
  {
    id: 'aws-spot',
    name: 'AWS spot instance',
    ceilingSeconds: 120,
    source: 'docs.aws.amazon.com, spot instance termination notices: 2 min, best effort',
    verified: true,
  },
  {
    id: 'gke-spot',
    name: 'GKE spot VM',
    ceilingSeconds: 15,
    source: 'docs.cloud.google.com, GKE spot VMs: 30 s in all, of which 15 s for pods that are not the system\'s; may be raised to 120 s',
    verified: true,
  },
  {
    id: 'azure-spot',
    name: 'Azure spot VM',
    ceilingSeconds: 30,
    source: 'about 30 s notice; not read in Azure\'s documentation',
    verified: false,
  },
  {
    id: 'eks-node-group-update',
    name: 'EKS managed node group update',
    ceilingSeconds: 900,
    source: 'repost.aws, node group update timeouts: 15 min to drain a node, then the update fails unless forced',
    verified: false,
  },
  {
    id: 'aks-node-upgrade',
    name: 'AKS node upgrade',
    ceilingSeconds: 1800,
    source: 'learn.microsoft.com, AgentPoolUpgradeSettings: drainTimeoutInMinutes, default 30, then the upgrade fails',
    verified: true,
  },
  {
    id: 'gke-node-upgrade',
    name: 'GKE node upgrade',
    ceilingSeconds: 3600,
    source: '1 h for grace and disruption budgets; not read in GKE\'s documentation',
    verified: false,
  },
];

/**
 * The platform with this id; undefined where there is none.
 *
 * @example
 * tryFindPlatform('aws-spot')?.ceilingSeconds; // => 120
 */
export function tryFindPlatform(id: string): Platform | undefined {
  return PLATFORMS.find((platform) => platform.id === id);
}

/**
 * The grace that a pod really gets, in seconds: min(grace, ceiling).
 *
 * @example
 * effectiveGraceSeconds(900, 600); // => 600
 */
export function effectiveGraceSeconds(graceSeconds: number, ceilingSeconds: number): number {
  return Math.min(graceSeconds, ceilingSeconds);
}
