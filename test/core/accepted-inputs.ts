import type { Container, Manifest, PodSpec, Workload } from '../../lib/core/manifest/types';
import type { GracefulOptions, TrafficOptions } from '../../lib/core/plan/options';
import { aService, aWorkload, anEniService, CONTAINER } from './plan/fixtures';

/** An input that has to be accepted, whatever the rules become: refusing everything would be safe, and of no use. */
export interface AcceptedInput {
  readonly name: string;
  readonly options: GracefulOptions;
  readonly workload: Workload;
  readonly around: readonly Manifest[];
}

function input(name: string, options: GracefulOptions = {}, workload: Workload = aWorkload(), ...around: Manifest[]): AcceptedInput {
  return { name, options, workload, around };
}

const balanced = { type: 'LoadBalancer' };
const balancer = (annotations: Record<string, string> = {}, spec = {}) => aService({ ...balanced, ...spec }, { annotations });
const way = (traffic: Omit<TrafficOptions, 'service'>, options: GracefulOptions = {}): GracefulOptions => ({ ...options, traffic: [{ service: 'web', ...traffic }] });
const ALIBABA = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';
const pod = (...containers: Container[]) => aWorkload({ pod: { containers } });
const podWith = (spec: PodSpec) => aWorkload({ pod: { containers: [CONTAINER], ...spec } });
const hook = (preStop: NonNullable<Container['lifecycle']>['preStop']) => aWorkload({ container: { lifecycle: { preStop } } });
const exec = (...command: string[]) => hook({ exec: { command } });
const rolling = (maxSurge: number | string, maxUnavailable: number | string) => aWorkload({ spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } } });
const target = { scaleTargetRef: { kind: 'Deployment', name: 'web' } };
const scaled = aWorkload({ spec: { replicas: undefined } });
const sidecar = { name: 'mesh', restartPolicy: 'Always', lifecycle: { preStop: { sleep: { seconds: 5 } } } };
const tcp = { tcpSocket: { port: 8080 } };
const game = { longConnection: { longestSessionSeconds: 1800 } };
const ingress: Manifest = { kind: 'Ingress', metadata: { name: 'shop' }, spec: { defaultBackend: { service: { name: 'web' } } } };
const budget = (spec: object): Manifest => ({ kind: 'PodDisruptionBudget', metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, ...spec } });

const WAYS_IN: readonly AcceptedInput[] = [
  input('nothing but a Deployment'),
  input('a Service inside the cluster', {}, aWorkload(), aService()),
  input('a headless Service', {}, aWorkload(), aService({ clusterIP: 'None', ports: [] })),
  input('a headless Service for peers that are not ready, beside another', {}, aWorkload(), aService(), aService({ clusterIP: 'None', publishNotReadyAddresses: true }, { name: 'peers' })),
  input('a NodePort', {}, aWorkload(), aService({ type: 'NodePort' })),
  input('an alias in the DNS with a selector by mistake', {}, aWorkload(), aService({ type: 'ExternalName', ports: undefined })),
  input('a load balancer over all nodes, of whomever', {}, aWorkload(), balancer()),
  input('Local with Alibaba Cloud\'s CLB', way({ mode: 'local', provider: 'alibaba-clb' }), aWorkload(), balancer()),
  input('ENI with Alibaba Cloud\'s CLB, recognised', {}, aWorkload(), anEniService()),
  input('ENI without its readiness gate', way({ readinessGate: false }), aWorkload(), anEniService()),
  input('a reused CLB, whose listeners nobody may touch', {}, aWorkload(), anEniService({ [`${ALIBABA}id`]: 'lb-1' })),
  input('a reused CLB, whose listeners are overridden', {}, aWorkload(), anEniService({ [`${ALIBABA}id`]: 'lb-1', [`${ALIBABA}force-override-listeners`]: 'true' })),
  input('an HTTPS listener of CLB', {}, aWorkload(), anEniService({ [`${ALIBABA}protocol-port`]: 'https:443' }, { ports: [{ port: 443 }] })),
  input('a reused NLB', {}, aWorkload(), aService({ ...balanced, loadBalancerClass: 'alibabacloud.com/nlb' }, { annotations: { 'service.beta.kubernetes.io/backend-type': 'eni', [`${ALIBABA}id`]: 'nlb-1' } })),
  input('ENI with Alibaba Cloud\'s NLB', way({ mode: 'eni', provider: 'alibaba-nlb' }), aWorkload(), balancer()),
  input('direct access with Tencent Cloud\'s CLB', way({ mode: 'eni', provider: 'tencent-clb' }), aWorkload(), balancer()),
  input('only nodes with a pod with Tencent Cloud\'s CLB', way({ mode: 'local', provider: 'tencent-clb' }), aWorkload(), balancer()),
  input('AWS NLB with pods', way({ mode: 'eni' }), aWorkload(), balancer({}, { loadBalancerClass: 'service.k8s.aws/nlb' })),
  input('sessions of two hours on AWS NLB with pods', way({ mode: 'eni', provider: 'aws-nlb' }, { longConnection: { longestSessionSeconds: 7200 } }), aWorkload(), balancer()),
  input('AWS NLB with nodes', way({ mode: 'local', provider: 'aws-nlb' }), aWorkload(), balancer()),
  input('a load balancer that only its owner knows', way({ mode: 'eni', provider: 'generic', delaySeconds: 25, healthCheck: { intervalSeconds: 5, healthyThreshold: 2 } }), aWorkload(), balancer()),
  input('a load balancer of which little is known', way({ mode: 'eni', provider: 'generic', delaySeconds: 25 }), aWorkload(), balancer()),
  input('a class that nobody knows, over all nodes', {}, aWorkload(), balancer({}, { loadBalancerClass: 'metallb' })),
  input('an ingress', way({ delaySeconds: 10 }), aWorkload(), aService(), ingress),
  input('an ingress that waits longer than the heartbeat', way({ delaySeconds: 10, idleTimeoutSeconds: 60 }, { longConnection: { handOverSeconds: 60, heartbeatSeconds: 30 } }), aWorkload(), aService(), ingress),
  input('Services inside and outside at once', {}, aWorkload(), anEniService(), aService({}, { name: 'inside' })),
  input('traffic of which no manifest tells', way({ mode: 'eni', provider: 'alibaba-clb' })),
  input('nodes chosen by label', way({ mode: 'cluster', provider: 'alibaba-clb', backendLabel: 'role=edge' }), aWorkload(), balancer()),
];

const APPLICATIONS: readonly AcceptedInput[] = [
  input('an application that exits at once', { onSigterm: 'exits', longestRequestSeconds: 5 }, aWorkload(), anEniService()),
  input('an application that ignores SIGTERM', { onSigterm: 'ignores' }),
  input('a heartbeat against a timeout that nobody knows', { ...way({ mode: 'eni', provider: 'tencent-clb' }), longConnection: { handOverSeconds: 60, heartbeatSeconds: 30 } }, aWorkload(), balancer()),
  input('a drain for helpers that are not there', { drainSeconds: 20 }),
  input('requests of no time at all', { longestRequestSeconds: 0, closeNoticeSeconds: 0, marginSeconds: 0 }),
  input('a game of half an hour on Tencent Cloud\'s direct access', { ...way({ mode: 'eni', provider: 'tencent-clb' }), ...game }, aWorkload(), balancer()),
  input('a game of half an hour over all nodes', { ...way({ mode: 'cluster', provider: 'alibaba-clb' }), ...game }, aWorkload(), balancer()),
  input('a chat with hand-over and heartbeat', { longConnection: { handOverSeconds: 120, heartbeatSeconds: 30 } }, aWorkload(), anEniService()),
  input('sessions of five hours inside the cluster', { longConnection: { longestSessionSeconds: 18_000 } }, aWorkload(), aService()),
  input('a worker without ports or probes', { longestRequestSeconds: 120 }, pod({ name: 'worker', image: 'worker:1' })),
  input('ports that are not declared', {}, aWorkload({ container: { ports: undefined } }), aService()),
  input('a UDP port', {}, aWorkload({ container: { ports: [{ containerPort: 53, protocol: 'UDP' }] } }), aService({ ports: [{ port: 53, targetPort: 53, protocol: 'UDP' }] })),
  input('several ports, one number over TCP and UDP', {}, aWorkload(), aService({ ports: [{ port: 80, targetPort: 8080, name: 'http' }, { port: 443, name: 'https' }, { port: 443, protocol: 'UDP', name: 'quic' }] })),
  input('a Service that goes to a port by name', {}, aWorkload(), aService({ ports: [{ port: 80, targetPort: 'http' }] })),
  input('no readiness probe', {}, aWorkload({ container: { readinessProbe: undefined } }), aService()),
  input('a start of a quarter of an hour', { slowestStartSeconds: 900 }, aWorkload({ container: { livenessProbe: tcp } })),
  input('the article\'s probes', {}, aWorkload({ container: { livenessProbe: { ...tcp, initialDelaySeconds: 30, periodSeconds: 30, failureThreshold: 3, successThreshold: 1, timeoutSeconds: 1 } } })),
  input('probes with explicit zeros, which mean the defaults', {}, aWorkload({ container: { readinessProbe: { ...tcp, periodSeconds: 0, failureThreshold: 0, successThreshold: 0 } } })),
  input('a gRPC probe', {}, aWorkload({ container: { readinessProbe: { grpc: { port: 9090 } } } })),
  input('a warm-up that the application counts', { warmUp: { successes: 5, endpoint: { path: '/startup' } } }),
  input('a warm-up that a shell counts', { shell: true, warmUp: { successes: 5, command: ['curl', '-sf', 'localhost:8080'] } }),
  input('a warm-up that readiness counts', { warmUp: { successes: 5 } }),
  input('a warm-up that holds back the rollout only', { warmUp: { successes: 5, holds: 'rollout' } }),
  input('what cdk8s-plus renders by itself', {}, aWorkload({
    container: { startupProbe: { ...tcp, failureThreshold: 3 } }, spec: { strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: '25%', maxUnavailable: '25%' } }, minReadySeconds: 0, progressDeadlineSeconds: 600 },
  })),
];

const HOOKS: readonly AcceptedInput[] = [
  input('a native sleep that is too short', {}, hook({ sleep: { seconds: 3 } })),
  input('the article\'s `sleep 15s`', {}, exec('sleep', '15s')),
  input('a sleep in a shell', {}, exec('/bin/sh', '-c', 'sleep 10')),
  input('an empty hook', {}, hook({})),
  input('a hook that takes the pod out of a registry', { shell: true, preStopHook: { runs: 'before-wait', longestSeconds: 3 } }, exec('/deregister')),
  input('`nginx -s quit` after the wait', { shell: true, preStopHook: { runs: 'after-wait', longestSeconds: 30 } }, exec('nginx', '-s', 'quit')),
  input('the application\'s own drain endpoint', { drainEndpoint: { path: '/drain', port: 'http', longestSeconds: 20 } }),
  input('a hook that nobody may touch', {}, aWorkload({ container: { lifecycle: { preStop: { httpGet: { path: '/bye', port: 8080 } } } }, metadata: { name: 'web', annotations: { 'kube-graceful/keep.preStop': 'it blocks until all have left' } } })),
  input('an older cluster whose image has a shell', { kubernetes: '1.27', shell: true }),
  input('a postStart hook beside it', {}, aWorkload({ container: { lifecycle: { postStart: { exec: { command: ['/hello'] } } } } })),
];

const PODS: readonly AcceptedInput[] = [
  input('two containers that serve', { containers: { api: { longestRequestSeconds: 90 } } }, pod(CONTAINER, { ...CONTAINER, name: 'api' })),
  input('a classic proxy before the application', { containers: { proxy: { role: 'proxy', drainSeconds: 2 } } }, pod(CONTAINER, { name: 'proxy', ports: [{ containerPort: 443 }] })),
  input('two containers that serve, one with a liveness probe to get', { containers: { main: { liveness: { path: '/healthz' } } } }, pod(CONTAINER, { ...CONTAINER, name: 'exporter' })),
  input('a proxy to the database, which the application needs to its end', { containers: { sql: { role: 'proxy' } } }, pod(CONTAINER, { name: 'sql' })),
  input('a helper that ships logs', { containers: { logs: { role: 'helper', drainSeconds: 20 } } }, pod(CONTAINER, { name: 'logs' })),
  input('a helper that nobody called so, with a hook of unknown length', {}, pod(CONTAINER, { name: 'logs', lifecycle: { preStop: { exec: { command: ['/flush.sh'] } } } })),
  input('a native sidecar with a wait of its own', {}, podWith({ initContainers: [{ name: 'migrate' }, sidecar] })),
  input('an injected sidecar that stays long enough', { injectedSidecars: [{ name: 'istio-proxy', drainSeconds: 60 }] }),
  input('an injected native sidecar', { injectedSidecars: [{ name: 'istio-proxy', drainSeconds: 5, native: true }] }),
  input('a grace of ten minutes that stands there', {}, podWith({ terminationGracePeriodSeconds: 600 }), anEniService()),
  input('a grace of 0, which would skip the hook', {}, podWith({ terminationGracePeriodSeconds: 0 })),
  input('nodes of several platforms', { platforms: ['cluster-autoscaler', 'aws-spot', { name: 'our own nodes', ceilingSeconds: 0 }] }),
  input('host network', {}, podWith({ hostNetwork: true })),
];

const PACES: readonly AcceptedInput[] = [
  input('one replica', {}, aWorkload({ spec: { replicas: 1 } }), aService()),
  input('no replicas for now', {}, aWorkload({ spec: { replicas: 0 } }), aService()),
  input('a selector by expression', {}, aWorkload({ spec: { selector: { matchExpressions: [{ key: 'app', operator: 'In', values: ['web', 'shop'] }] } } })),
  input('replicas that nobody says', {}, aWorkload({ spec: { replicas: undefined } })),
  input('a thousand replicas by half', { pace: 'half' }, aWorkload({ spec: { replicas: 1000 } })),
  input('a surge of 100 %', {}, rolling('100%', '0%')),
  input('no room for one more, as the manifest says', {}, rolling(0, 1)),
  input('a volume that one node may have at a time', {}, podWith({ volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }] })),
  input('a surge of 200 %, which is legal', { maxSurge: '200%' }),
  input('a pod that may be missing', { maxUnavailable: '50%', maxSurge: 0 }),
  input('an autoscaler', {}, scaled, { kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { ...target, minReplicas: 2, maxReplicas: 20 } }),
  input('an autoscaler that no manifest shows', { autoscaler: { minReplicas: 2, maxReplicas: 20 } }, scaled),
  input('KEDA from zero', {}, scaled, { kind: 'ScaledObject', metadata: { name: 'web' }, spec: { scaleTargetRef: { name: 'web' } } }),
  input('a soak longer than the default deadline', { soakSeconds: 900 }),
  input('a budget that allows one', {}, aWorkload(), budget({ maxUnavailable: 1 })),
  input('a budget that allows none, which is only said', {}, aWorkload(), budget({ minAvailable: '100%' })),
  input('pods kept on labelled nodes', { inPlace: { nodeLabel: { key: 'deploy', value: 'nginx' }, nodes: 2 } }, aWorkload({ spec: { replicas: 4 } })),
  input('pods held to labelled nodes by a spread of their own', { inPlace: { nodeLabel: { key: 'deploy', value: 'nginx' }, nodes: 2, required: true } }, podWith({
    topologySpreadConstraints: [{ maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } }],
  })),
  input('hard anti-affinity, which is only said', {}, podWith({ affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'kubernetes.io/hostname' }] } } })),
  input('fields that a manifest keeps', {}, aWorkload({
    metadata: { name: 'web', annotations: { 'kube-graceful/keep.terminationGracePeriodSeconds': 'agreed with operations', 'kube-graceful/keep.maxSurge': 'licence for five' } },
    pod: { containers: [CONTAINER], terminationGracePeriodSeconds: 20 },
  })),
];

/** The table of docs/accepted-inputs.md, by its headings. */
export const ACCEPTED: Readonly<Record<string, readonly AcceptedInput[]>> = {
  'How traffic comes in': WAYS_IN, 'What the application does': APPLICATIONS, 'Hooks that are there already': HOOKS, 'What else is in the pod': PODS, 'How the rollout goes': PACES,
};
