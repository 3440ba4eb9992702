import type { ModeProfile, ProviderProfile } from '../profile';

const DIRECT_ACCESS = 'service.cloud.tencent.com/direct-access';
const GRACE_SHUTDOWN = 'service.cloud.tencent.com/enable-grace-shutdown';
const ONLY_NODES_WITH_POD = 'service.kubernetes.io/local-svc-only-bind-node-with-pod';
const PAGES = 'https://cloud.tencent.com/document/product/457';

function nodes(targets: ModeProfile['targets'], sourceAddress: ModeProfile['sourceAddress'], more?: Record<string, string>): ModeProfile {
  return {
    annotations: { [DIRECT_ACCESS]: 'false', ...more },
    targets,
    sourceAddress,
    removed: 'cut-at-once',
    source: `${PAGES}/51258; ours: no page says what becomes of connections through a node that leaves, so the worst is assumed`,
  };
}

/** Tencent Cloud's CLB on TKE. Its controller is closed: every row rests on the vendor's pages. */
export const TENCENT_CLB: ProviderProfile = {
  id: 'tencent-clb',
  name: 'Tencent Cloud CLB',
  annotationPrefixes: ['service.cloud.tencent.com/', 'service.kubernetes.io/tke-', ONLY_NODES_WITH_POD],
  podDirect: (existing) => existing[DIRECT_ACCESS] === undefined ? undefined : existing[DIRECT_ACCESS] === 'true',
  unsaidMode: `${DIRECT_ACCESS} is not set, so the cluster decides: nodes, or pods where EnableDefaultDirectAccess is on (new clusters)`,
  delay: [
    { label: 'controller sees the change', value: 3, source: 'ours: watch and queue, nothing is published' },
    { label: 'update in flight', value: 6, source: `${PAGES}/109977: the CLB API is called asynchronously; ours: 6 s` },
    { label: 'update that sets the weight to 0', value: 6, source: `${PAGES}/60064: weight 0 once the pod is being deleted; ours: 6 s` },
  ],
  healthCheck: {
    intervalSeconds: 5,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
    intervalRange: [5, 300],
    thresholdRange: [2, 10],
    annotations: () => ({}),
    read: () => ({}),
    elsewhere: 'intervalTime, healthNum and unHealthNum of a TkeServiceConfig, which tke-service-config names',
    source: `${PAGES}/45490`,
  },
  modes: {
    cluster: nodes('nodes', 'lost'),
    local: nodes('nodes-with-a-pod', 'kept', { [ONLY_NODES_WITH_POD]: 'true' }),
    eni: {
      // Grace shutdown is for direct access only, so it belongs to the mode: the pod's life is the drain, there is no time to set.
      annotations: { [DIRECT_ACCESS]: 'true', [GRACE_SHUTDOWN]: 'true' },
      targets: 'pods',
      sourceAddress: 'kept',
      removed: 'lives-with-pod',
      injectedGate: 'cloud.tencent.com/load-balancer-backendgroup-ready',
      source: `${PAGES}/41897; ${PAGES}/60064`,
    },
  },
  quota: `each target counts: a CLB takes 100 to 200 backends by default (${PAGES}/41897)`,
  limits: { targetsPerLoadBalancer: 100 },
  confidence: 'documented',
  remarks: [
    'The vendor\'s sample waits 5 s before SIGTERM; the 15 s here are ours, as the calls to CLB are asynchronous.',
    'Without enable-grace-shutdown the connections of a removed pod are cut; older controllers have it off by default.',
    'enable-grace-deletion (controller v2.5.0) sets the weight to 0 before the pod is stopped; it may replace most of the wait.',
    'A webhook adds the readiness gate to pods with direct access; it opens when CLB finds them healthy. Never write it by hand.',
    'Do not switch direct-access of an existing Service during a rollout.',
    'No annotation for the idle timeout of TCP listeners was found.',
  ],
};
