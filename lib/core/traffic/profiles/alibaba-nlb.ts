import { alibabaDrain } from '../alibaba/drain';
import { alibabaHealthCheck } from '../alibaba/health-check';
import { reusedListeners, reusedServerGroups } from '../alibaba/reused';
import { alibabaKey, alibabaPodDirect, alibabaValue, BACKEND_TYPE } from '../alibaba/setting';
import type { ModeProfile, ProviderProfile } from '../profile';
import { wholeNumber } from '../whole-number';

const CONTROLLER = 'kubernetes/cloud-provider-alibaba-cloud:pkg/controller';
const JOBS = 'kubernetes/cloud-provider-alibaba-cloud:pkg/provider/alibaba/nlb/servergroup.go';
const USAGE = 'alibaba/alibaba-load-balancer-controller:docs/nlb-usage.md';
const PAGE = 'https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/configure-nlb-instances-by-using-annotations';

const IDLE_TIMEOUT = alibabaKey('idle-timeout');

/** Of the server group, so for every protocol. Off means that NLB does not close what it no longer feeds. */
const DRAIN = alibabaDrain(`${CONTROLLER}/service/nlbv2/server_groups.go; ${PAGE}; ${USAGE}`);

function nodes(targets: ModeProfile['targets'], sourceAddress: ModeProfile['sourceAddress']): ModeProfile {
  return {
    annotations: { [BACKEND_TYPE]: 'ecs' },
    targets,
    sourceAddress,
    removed: 'lives-with-pod',
    drain: DRAIN,
    source: `${CONTROLLER}/service/nlbv2/server_groups.go; ${USAGE}`,
  };
}

/** Alibaba Cloud's NLB (network load balancer), which a Service asks for by its class. */
export const ALIBABA_NLB: ProviderProfile = {
  id: 'alibaba-nlb',
  name: 'Alibaba Cloud NLB',
  loadBalancerClass: 'alibabacloud.com/nlb',
  annotationPrefixes: [],
  podDirect: alibabaPodDirect,
  unsaidMode: `${BACKEND_TYPE} is not set, so the cluster decides: nodes with Flannel, pods with Terway on clusters made after 2020-08-10`,
  // 45 s in all: asynchronous jobs, polled every 1.2 s for up to 30 s each, in batches of 40; a removal waits for the job that adds.
  delay: [
    { label: 'controller sees the change', value: 5, source: 'ours: watch and queue, as three Services are reconciled at a time' },
    { label: 'job in flight that adds targets', value: 20, source: `${JOBS}: polled every 1.2 s, up to 30 s; ours: 20 s` },
    { label: 'job that removes the target', value: 20, source: `${JOBS}: waits for the job that adds; ours: 20 s` },
  ],
  healthCheck: alibabaHealthCheck({ intervalSeconds: 10, threshold: 2, needsFlag: true, source: `${CONTROLLER}/service/nlbv2/server_groups.go; ${PAGE}` }),
  modes: {
    cluster: nodes('nodes', 'lost'),
    local: nodes('nodes-with-a-pod', 'depends'),
    eni: {
      annotations: { [BACKEND_TYPE]: 'eni' },
      targets: 'pods',
      sourceAddress: 'depends',
      removed: 'lives-with-pod',
      drain: DRAIN,
      readinessGate: (service) => `service.readiness.alibabacloud.com/${service}`,
      gateMeans: 'registered',
      source: `${CONTROLLER}/helper/service_utils.go; ${CONTROLLER}/helper/pod_utils.go; ${USAGE}`,
    },
  },
  // Drain and health check belong to server groups, the idle timeout to listeners.
  outOfReach: (setting, existing) => setting === 'idleTimeout' ? reusedListeners(setting, existing) : reusedServerGroups(setting, existing),
  idleTimeout: {
    defaultSeconds: 900,
    range: [10, 900],
    annotations: (seconds) => ({ [IDLE_TIMEOUT]: String(seconds) }),
    read: (existing) => wholeNumber(alibabaValue(existing, IDLE_TIMEOUT)),
    source: `${CONTROLLER}/service/nlbv2/listeners.go; ${PAGE}`,
  },
  backendLabelAnnotation: alibabaKey('backend-label'),
  confidence: 'verified',
  remarks: [
    'Two jobs that both run into their 30 s would take 60 s and more: declare `delaySeconds: 65` for rollouts of many pods at a time.',
    'Drain that is on without its time is sent as 0 s, which cuts at once; `connection-drain: "true"` is off.',
    'The sources disagree on the shortest drain, 0 or 10 s, and on the default of preserve-client-ip: set the latter.',
    'Each setting of the health check is ignored unless `health-check-flag` is `on`.',
    'On a reused NLB (`alibaba-cloud-loadbalancer-id`) the idle timeout arrives only with '
      + '`alibaba-cloud-loadbalancer-force-override-listeners: "true"`; drain and health check do, unless `alibaba-cloud-loadbalancer-vgroup-port` names the '
      + 'server group, too.',
    'The class is immutable: changing between CLB and NLB means a new Service and a new address.',
  ],
};
