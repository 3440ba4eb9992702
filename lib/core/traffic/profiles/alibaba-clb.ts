import { clbOutOfReach } from '../alibaba/clb-out-of-reach';
import { alibabaDrain } from '../alibaba/drain';
import { alibabaHealthCheck } from '../alibaba/health-check';
import { alibabaKey, alibabaPodDirect, alibabaValue, BACKEND_TYPE } from '../alibaba/setting';
import type { ModeProfile, ProviderProfile } from '../profile';
import { wholeNumber } from '../whole-number';

const CONTROLLER = 'kubernetes/cloud-provider-alibaba-cloud:pkg/controller';
const PAGE = 'https://www.alibabacloud.com/help/en/ack/ack-managed-and-ack-dedicated/user-guide/'
  + 'add-annotations-to-the-yaml-file-of-a-service-to-configure-clb-instances';

const TYPE = alibabaKey('type');
const IDLE_TIMEOUT = alibabaKey('established-timeout');

/** TCP and UDP listeners only: CLB ignores it for HTTP and HTTPS, see `clbOutOfReach`. */
const DRAIN = alibabaDrain(`${CONTROLLER}/service/clbv1/listeners.go; ${PAGE}`);

function nodes(targets: ModeProfile['targets'], sourceAddress: ModeProfile['sourceAddress']): ModeProfile {
  return {
    annotations: { [BACKEND_TYPE]: 'ecs' },
    targets,
    sourceAddress,
    removed: 'cut-at-once',
    drain: DRAIN,
    source: `${CONTROLLER}/service/clbv1/vgroups.go`,
  };
}

/** Alibaba Cloud's CLB (classic load balancer), the one that a Service without a class gets on ACK. */
export const ALIBABA_CLB: ProviderProfile = {
  id: 'alibaba-clb',
  name: 'Alibaba Cloud CLB',
  annotationPrefixes: [alibabaKey(''), 'service.beta.kubernetes.io/alicloud-loadbalancer-', BACKEND_TYPE],
  // Any value of the first makes its controller ignore the Service; the second works only behind an alpha gate, so nobody knows.
  leavesAlone: (existing) => Boolean(existing['service.beta.kubernetes.io/class']) || alibabaValue(existing, TYPE) === 'nlb',
  podDirect: alibabaPodDirect,
  unsaidMode: `${BACKEND_TYPE} is not set, so the cluster decides: nodes with Flannel, pods with Terway on clusters made after 2020-08-10`,
  // 10 s, the reference's floor for a synchronous API; the lab's cloud with its 3 s an update needs 2 x 3 s and the watch.
  delay: [
    { label: 'controller sees the change', value: 2, source: 'ours: watch and queue, as three Services are reconciled at a time' },
    { label: 'update in flight', value: 4, source: `${CONTROLLER}/service/clbv1/vgroups.go: one reconcile adds, deletes, updates; ours: 4 s` },
    { label: 'update that removes the target', value: 4, source: `${CONTROLLER}/service/clbv1/vgroups.go: synchronous API calls; ours: 4 s` },
  ],
  healthCheck: alibabaHealthCheck({ intervalSeconds: 2, threshold: 3, needsFlag: false, source: `${CONTROLLER}/service/clbv1/listeners.go; ${PAGE}` }),
  modes: {
    cluster: nodes('nodes', 'lost'),
    local: nodes('nodes-with-a-pod', 'kept'),
    eni: {
      annotations: { [BACKEND_TYPE]: 'eni' },
      targets: 'pods',
      sourceAddress: 'kept',
      removed: 'cut-at-once',
      drain: DRAIN,
      readinessGate: (service) => `service.readiness.alibabacloud.com/${service}`,
      gateMeans: 'registered',
      source: `${CONTROLLER}/helper/service_utils.go; ${CONTROLLER}/helper/pod_utils.go`,
    },
  },
  outOfReach: clbOutOfReach,
  idleTimeout: {
    defaultSeconds: 900,
    range: [10, 900],
    annotations: (seconds) => ({ [IDLE_TIMEOUT]: String(seconds) }),
    read: (existing) => wholeNumber(alibabaValue(existing, IDLE_TIMEOUT)),
    source: `${CONTROLLER}/service/clbv1/listeners.go; ${PAGE}`,
  },
  backendLabelAnnotation: alibabaKey('backend-label'),
  quota: 'each node (ECS) of every Service counts: one may be attached to 50 load balancers, then no new listener can be made '
    + '(the second article, 2020)',
  limits: { loadBalancersPerNode: 50 },
  confidence: 'verified',
  remarks: [
    'The 4 s of each update are ours: nothing is published, so measure where it matters and declare `delaySeconds`.',
    'Drain and the established timeout are for TCP and UDP listeners; HTTP and HTTPS listeners ignore them.',
    'The default of 900 s for established-timeout is the product\'s; the page of the annotation does not say it.',
    'On a reused load balancer (`alibaba-cloud-loadbalancer-id`) settings of listeners, so drain, idle timeout and health check, '
      + 'arrive only with `alibaba-cloud-loadbalancer-force-override-listeners: "true"`.',
    'HTTP and HTTPS listeners check nothing unless `alibaba-cloud-loadbalancer-health-check-flag` is `on`; the plan never sets it, as it '
      + 'knows no path that may be asked.',
    'The gate opens once the pod is registered; its health is not asked.',
    'Pods as targets need the Terway network; externalTrafficPolicy has no effect then.',
  ],
};
