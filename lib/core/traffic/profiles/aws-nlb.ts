import { mergeAttributes, readAttributes } from '../attributes';
import { healthCheckSettings } from '../health-check-settings';
import type { Annotations, DrainProfile, ModeProfile, OutOfReach, ProviderProfile } from '../profile';
import { wholeNumber } from '../whole-number';

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';
const TYPE = `${PREFIX}type`;
const TARGET_TYPE = `${PREFIX}nlb-target-type`;
const TARGET_GROUP = `${PREFIX}target-group-attributes`;
const LISTENER = `${PREFIX}listener-attributes.TCP-`;
const CERTIFICATE = `${PREFIX}ssl-cert`;
const TLS_PORTS = `${PREFIX}ssl-ports`;
/** Of each listener unless it is told otherwise; a TLS one cannot be told. */
const IDLE_DEFAULT = 350;
const DRAIN_SECONDS = 'deregistration_delay.timeout_seconds';
const CUTS_AT_THE_END = 'deregistration_delay.connection_termination.enabled';
const CUTS_UNHEALTHY = 'target_health_state.unhealthy.connection_termination.enabled';
const IDLE_SECONDS = 'tcp.idle_timeout.seconds';
const CONTROLLER = 'kubernetes-sigs/aws-load-balancer-controller';
const ATTRIBUTES = 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_TargetGroupAttribute.html';

/** The annotation for all ports, and those that exist for one port (`.<port>`, controller v2.14.0). */
function targetGroupKeys(existing: Annotations): readonly string[] {
  return [TARGET_GROUP, ...Object.keys(existing).filter((key) => key.startsWith(`${TARGET_GROUP}.`))];
}

/** Never off: without the attribute a new target group waits 300 s. The shortest of all ports counts. */
const DRAIN: DrainProfile = {
  minSeconds: 0,
  maxSeconds: 3600,
  annotations: (seconds, existing) => targetGroups(existing, { [DRAIN_SECONDS]: String(seconds) }),
  read: (existing) => {
    const said = askedOf(existing, DRAIN_SECONDS).map((text) => wholeNumber(text) ?? 0);
    return said.length === 0 ? 300 : Math.min(...said);
  },
  // Off unless asked for; of new target groups for UDP, it is on.
  cuts: (existing, hasUdp) => {
    const said = askedOf(existing, CUTS_AT_THE_END);
    return hasUdp && said.length === 0 || said.some((text) => text !== 'false');
  },
  source: `${ATTRIBUTES}; ${CONTROLLER}:docs/guide/service/annotations.md`,
};

/** A node that loses its last pod is not removed but turns unhealthy, upon which NLB cuts its flows unless told otherwise. */
const LOCAL_DRAIN: DrainProfile = {
  ...DRAIN,
  cuts: undefined,
  annotations: (seconds, existing) => targetGroups(existing, { [DRAIN_SECONDS]: String(seconds), [CUTS_UNHEALTHY]: 'false' }),
  read: (existing) => {
    const said = askedOf(existing, CUTS_UNHEALTHY);
    return said.length > 0 && said.every((text) => text === 'false') ? DRAIN.read(existing) : undefined;
  },
};

function targetGroups(existing: Annotations, attributes: Annotations): Annotations {
  return Object.fromEntries(targetGroupKeys(existing).map((key) => [key, mergeAttributes(existing[key], attributes)]));
}

function askedOf(existing: Annotations, attribute: string): string[] {
  return targetGroupKeys(existing).map((key) => readAttributes(existing[key]).get(attribute)).filter((text) => text !== undefined);
}

/** With a certificate, the listeners of `ssl-ports` speak TLS, or all where it is not there; names stand beside numbers, `*` is none. */
function tlsListener(existing: Annotations, ports: readonly number[]): OutOfReach | undefined {
  if (!existing[CERTIFICATE]) return undefined;
  const listed = existing[TLS_PORTS]?.split(',').map((port) => port.trim()) ?? ports.map(String);
  const port = listed.find((one) => ports.includes(Number(one)) || /[a-z]/.test(one));
  if (port === undefined) return undefined;
  return {
    why: `its listener of port ${port} is a TLS one, whose timeout is fixed at ${IDLE_DEFAULT} s`, holdsSeconds: IDLE_DEFAULT,
    remedy: `Let the application speak more often than every ${IDLE_DEFAULT} s, or end TLS in the pods.`,
  };
}

function mode(targetType: 'ip' | 'instance', facts: Pick<ModeProfile, 'targets' | 'sourceAddress' | 'removed' | 'drain' | 'injectedGate'>): ModeProfile {
  return {
    annotations: { [TARGET_TYPE]: targetType },
    ...facts,
    source: `${CONTROLLER}:docs/guide/service/annotations.md; https://docs.aws.amazon.com/elasticloadbalancing/latest/network/edit-target-group-attributes.html`,
  };
}

/** AWS's NLB, made by the AWS Load Balancer Controller; the one of the in-tree provider (`type: nlb`) takes other settings. */
export const AWS_NLB: ProviderProfile = {
  id: 'aws-nlb',
  name: 'AWS NLB',
  loadBalancerClass: 'service.k8s.aws/nlb',
  annotationPrefixes: [TYPE, TARGET_TYPE],
  leavesAlone: (existing) => existing[TYPE] !== undefined && existing[TYPE] !== 'external' && existing[TYPE] !== 'nlb-ip',
  podDirect: (existing) => existing[TYPE] === 'nlb-ip' ? true : existing[TARGET_TYPE] === undefined ? undefined : existing[TARGET_TYPE] === 'ip',
  unsaidMode: `${TARGET_TYPE} is not set, so the controller's default decides: nodes, unless its defaultTargetType says otherwise`,
  delay: [{
    label: 'NLB goes on sending to a deregistered target',
    value: 120,
    source: 'https://github.com/kubernetes-sigs/aws-load-balancer-controller/issues/2366: up to about 2 min, whatever the drain, and users settle at 120 s and more',
  }],
  healthCheck: {
    intervalSeconds: 10,
    healthyThreshold: 3,
    unhealthyThreshold: 3,
    intervalRange: [5, 300],
    thresholdRange: [2, 10],
    ...healthCheckSettings({
      intervalSeconds: `${PREFIX}healthcheck-interval`,
      healthyThreshold: `${PREFIX}healthcheck-healthy-threshold`,
      unhealthyThreshold: `${PREFIX}healthcheck-unhealthy-threshold`,
    }),
    source: `${CONTROLLER}:pkg/service/model_build_target_group.go`,
  },
  modes: {
    cluster: mode('instance', { targets: 'nodes', sourceAddress: 'lost', removed: 'lives-with-pod', drain: DRAIN }),
    // Every node is a target here too; only health checks tell those with a pod apart.
    local: mode('instance', { targets: 'nodes', sourceAddress: 'kept', removed: 'cut-at-once', drain: LOCAL_DRAIN }),
    eni: mode('ip', {
      targets: 'pods', sourceAddress: 'depends', removed: 'lives-with-pod', drain: DRAIN, injectedGate: 'target-health.elbv2.k8s.aws/',
    }),
  },
  outOfReach: (setting, existing, ports) => setting === 'idleTimeout' ? tlsListener(existing, ports) : undefined,
  idleTimeout: {
    defaultSeconds: IDLE_DEFAULT,
    range: [60, 6000],
    annotations: (seconds, ports, existing = {}) => Object.fromEntries(ports
      .map((port) => [`${LISTENER}${port}`, mergeAttributes(existing[`${LISTENER}${port}`], { [IDLE_SECONDS]: String(seconds) })])),
    read: (existing) => {
      const said = Object.keys(existing).filter((key) => key.startsWith(LISTENER))
        .map((key) => wholeNumber(readAttributes(existing[key]).get(IDLE_SECONDS))).filter((seconds) => seconds !== undefined);
      return said.length === 0 ? undefined : Math.min(...said);
    },
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/update-idle-timeout.html',
  },
  confidence: 'documented',
  remarks: [
    'Keys, defaults and the targets\' removal were read in the controller\'s source; the 120 s come from issues and are no guarantee.',
    'No drain ends those 120 s earlier: they are part of the wait, and drain is at least the grace period, up to its 3,600 s.',
    'The end of the drain cuts what is still open only with `deregistration_delay.connection_termination.enabled=true`: off for TCP and TLS, on for UDP, '
      + 'unless the annotation says otherwise. Without it a connection to a removed target lives as long as the pod.',
    'Leaving a target group attribute out later does not reset it.',
    'The idle timeout is for TCP listeners; TLS listeners keep a silent connection 350 s.',
    'Changing the target type or the interval of the health check makes a new target group and registers every target anew.',
    'The readiness gate comes from the namespace label `elbv2.k8s.aws/pod-readiness-gate-inject: enabled`; its name holds a hash, so never '
      + 'write it by hand. Label and Service must be there before the pods.',
    'The in-tree provider (`aws-load-balancer-type: nlb`) takes no drain time: its Services are not of this profile.',
    'Class and type are immutable: changing them means a new load balancer.',
  ],
};
