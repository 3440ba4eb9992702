import fc from 'fast-check';
import type { Container, LifecycleHandler, Manifest, PodSpec, Probe, Service, Workload } from '../../../lib/core/manifest/types';
import type { ContainerOptions, GracefulOptions, TrafficOptions } from '../../../lib/core/plan/options';

/** A Deployment with what stands around it, and what its author knows. */
export interface Case {
  readonly options: GracefulOptions;
  readonly workload: Workload;
  readonly around: readonly Manifest[];
}

const LABELS = { app: 'web' };
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const seconds = (max: number, min = 0) => fc.integer({ min, max });

/** Without the keys that have no value: a manifest is JSON. */
function present<T>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(fields).map((record) => JSON.parse(JSON.stringify(record)) as T);
}

const mechanism: fc.Arbitrary<Probe> = fc.constantFrom<Probe>(
  { httpGet: { path: '/ready', port: 8080 } }, { tcpSocket: { port: 8080 } }, { exec: { command: ['true'] } }, { grpc: { port: 9090 } },
);

function probe(readiness = false): fc.Arbitrary<Probe> {
  return fc.tuple(mechanism, present<Probe>({
    initialDelaySeconds: optional(seconds(60)), periodSeconds: optional(seconds(60)), timeoutSeconds: optional(seconds(10)),
    failureThreshold: optional(seconds(10)), successThreshold: optional(seconds(readiness ? 5 : 1)),
  })).map(([how, times]) => ({ ...how, ...times }));
}

const waitingHook: fc.Arbitrary<LifecycleHandler> = seconds(200, 1).chain((time) => fc.constantFrom<LifecycleHandler>(
  { sleep: { seconds: time } }, { exec: { command: ['sleep', String(time)] } }, { exec: { command: ['/bin/sleep', `${time}s`] } },
  { exec: { command: ['sh', '-c', `sleep ${time}`] } }, { exec: { command: ['/bin/sh', '-c', `exec sleep ${time}s;`] } },
));

const container: fc.Arbitrary<Container> = present<Container>({
  image: fc.constant('web:1'),
  ports: optional(fc.subarray([{ containerPort: 8080, name: 'http' }, { containerPort: 9090, protocol: 'TCP' }, { containerPort: 53, protocol: 'UDP' }])),
  lifecycle: optional(fc.record({ preStop: waitingHook })),
  readinessProbe: optional(probe(true)), livenessProbe: optional(probe()),
  startupProbe: optional(fc.oneof(probe(), fc.constant<Probe>({ tcpSocket: { port: 8080 }, failureThreshold: 3 }))),
  env: optional(fc.constant([{ name: 'A', value: 'b' }])),
} as { [K in keyof Container]: fc.Arbitrary<Container[K]> });

const pod: fc.Arbitrary<PodSpec> = fc.tuple(
  fc.array(container, { minLength: 1, maxLength: 3 }), fc.array(container, { maxLength: 2 }),
  present<PodSpec>({
    terminationGracePeriodSeconds: optional(fc.constantFrom(0, 10, 30, 60, 600)),
    readinessGates: optional(fc.constant([{ conditionType: 'example.com/warm' }])),
    topologySpreadConstraints: optional(fc.constant([{ maxSkew: 2, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }])),
    hostNetwork: optional(fc.boolean()), nodeName: optional(fc.constant('n')),
    affinity: optional(fc.constant({
      nodeAffinity: { preferredDuringSchedulingIgnoredDuringExecution: [{ weight: 5, preference: { matchExpressions: [] } }] },
    })),
  } as { [K in keyof PodSpec]: fc.Arbitrary<PodSpec[K]> }),
).map(([containers, sidecars, rest]) => ({
  ...rest,
  containers: containers.map((one, index) => ({ name: `c${index}`, ...one })),
  ...sidecars.length > 0 ? { initContainers: sidecars.map((one, index) => ({ name: `s${index}`, ...one, restartPolicy: 'Always' })) } : {},
}));

const share = fc.constantFrom<number | string>(0, 1, 3, '0%', '25%', '50%', '100%');

export const workloads: fc.Arbitrary<Workload> = fc.tuple(pod, present<NonNullable<Workload['spec']>>({
  replicas: optional(seconds(30)), minReadySeconds: optional(seconds(700)),
  progressDeadlineSeconds: optional(fc.constantFrom(300, 600, 3000)),
  revisionHistoryLimit: optional(seconds(9)), paused: optional(fc.boolean()),
  strategy: optional(fc.oneof(
    fc.constant({ type: 'RollingUpdate' }),
    fc.record({ rollingUpdate: fc.record({ maxSurge: share, maxUnavailable: share }, { requiredKeys: [] }) }),
  )),
} as { [K in keyof NonNullable<Workload['spec']>]: fc.Arbitrary<NonNullable<Workload['spec']>[K]> }), optional(fc.constant({ 'example.com/owner': 'shop' })))
  .map(([spec, rest, annotations]) => ({
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', ...annotations ? { annotations } : {} },
    spec: { ...rest, selector: { matchLabels: LABELS }, template: { metadata: { labels: LABELS }, spec } },
  }));

/** What speaks of one application: said beside `containers` where one serves, and of one of them where several do. */
function ofOneServer({ spec }: Workload, options: GracefulOptions): GracefulOptions {
  const servers = (spec?.template?.spec?.containers ?? []).filter(({ ports }) => ports && ports.length > 0).map(({ name }) => name!);
  if (servers.length < 2) return options;
  const { shell, warmUp, liveness, ...ofAll } = options;
  const own = (index: number) => JSON.parse(JSON.stringify(index === 0 ? { shell, warmUp, liveness } : { shell })) as ContainerOptions;
  return { ...ofAll, containers: Object.fromEntries(servers.map((name, index) => [name, own(index)])) };
}

interface Way {
  readonly service: Pick<Service, 'spec' | 'metadata'>;
  readonly traffic?: Omit<TrafficOptions, 'service'>;
}

const CLB = 'service.beta.kubernetes.io/';
const balanced = { type: 'LoadBalancer' };

const WAYS: readonly Way[] = [
  { service: {} },
  { service: { spec: { clusterIP: 'None' } } },
  { service: { spec: { type: 'NodePort' } } },
  { service: {}, traffic: { mode: 'ingress', delaySeconds: 20 } },
  { service: { spec: balanced } },
  { service: { spec: { ...balanced, externalTrafficPolicy: 'Local' } }, traffic: { mode: 'cluster', provider: 'alibaba-clb' } },
  { service: { spec: balanced, metadata: { annotations: { [`${CLB}backend-type`]: 'eni' } } } },
  { service: { spec: balanced, metadata: { annotations: { [`${CLB}alibaba-cloud-loadbalancer-connection-drain`]: 'on', [`${CLB}alibaba-cloud-loadbalancer-connection-drain-timeout`]: '300' } } }, traffic: { mode: 'eni' } },
  { service: { spec: balanced, metadata: { annotations: { [`${CLB}backend-type`]: 'eni', [`${CLB}alibaba-cloud-loadbalancer-id`]: 'lb-1' } } } },
  { service: { spec: balanced }, traffic: { mode: 'eni', provider: 'alibaba-nlb' } },
  { service: { spec: balanced }, traffic: { mode: 'local', provider: 'tencent-clb', healthCheck: { intervalSeconds: 7 } } },
  { service: { spec: balanced, metadata: { annotations: { 'service.cloud.tencent.com/direct-access': 'true' } } } },
  { service: { spec: { ...balanced, loadBalancerClass: 'service.k8s.aws/nlb' } }, traffic: { mode: 'eni' } },
  { service: { spec: { ...balanced, loadBalancerClass: 'service.k8s.aws/nlb' } }, traffic: { mode: 'local' } },
  { service: { spec: balanced }, traffic: { mode: 'eni', provider: 'generic', delaySeconds: 30, healthCheck: { intervalSeconds: 3, healthyThreshold: 2 } } },
];

const ways = fc.array(fc.constantFrom(...WAYS), { maxLength: 3 });

const known: { [K in keyof Required<ContainerOptions>]?: fc.Arbitrary<ContainerOptions[K]> } = {
  longestRequestSeconds: optional(seconds(300)), onSigterm: optional(fc.constantFrom('drains', 'exits', 'ignores')),
  slowestStartSeconds: optional(seconds(900)), drainSeconds: optional(seconds(60)),
  liveness: optional(fc.constantFrom({ port: 8080 }, { port: 'http', path: '/healthz', periodSeconds: 10, terminationGracePeriodSeconds: 20 })),
  warmUp: optional(fc.constantFrom(
    { successes: 5, endpoint: { path: '/startup', port: 8080 } }, { successes: 3, command: ['true'] }, { successes: 4, periodSeconds: 2, holds: 'rollout' as const },
  )),
};

const rest = present<GracefulOptions>({
  ...known,
  shell: fc.constant(true),
  marginSeconds: optional(seconds(60)), soakSeconds: optional(seconds(300)), scheduleSeconds: optional(seconds(600)),
  longConnection: optional(fc.oneof(
    fc.record({ longestSessionSeconds: seconds(700, 1), heartbeatSeconds: seconds(200, 1) }, { requiredKeys: ['longestSessionSeconds'] }),
    fc.record({ longestSessionSeconds: seconds(700, 1) }),
  )),
  kubernetes: optional(fc.constantFrom('1.26', '1.29', '1.30', '1.34')),
  pace: optional(fc.constantFrom('one-by-one', 'half')), maxSurge: optional(fc.constantFrom<number | string>(1, 2, '25%', '100%')),
  spread: optional(fc.boolean()), platforms: optional(fc.subarray(['aws-spot', 'cluster-autoscaler'])),
  inPlace: optional(fc.record({ nodeLabel: fc.constant({ key: 'deploy', value: 'web' }), nodes: fc.constant(1), required: fc.boolean() })),
  injectedSidecars: optional(fc.constant([{ name: 'mesh', drainSeconds: 5, native: true }])),
} as { [K in keyof GracefulOptions]: fc.Arbitrary<GracefulOptions[K]> });

/** Cases of which most can be planned. */
export const cases: fc.Arbitrary<Case> = fc.tuple(
  workloads, ways, rest, optional(fc.tuple(seconds(5, 1), seconds(20, 5))),
).map(([drawn, chosen, options, scale]) => {
  const services = chosen.map(({ service }, index) => ({
    apiVersion: 'v1', kind: 'Service', ...service, metadata: { name: `way${index}`, ...service.metadata },
    spec: { selector: LABELS, ports: [{ port: 80, targetPort: 8080 }], ...service.spec },
  }));
  const traffic = chosen.flatMap((way, index) => way.traffic ? [{ service: `way${index}`, ...way.traffic }] : []);
  const autoscaler = { kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: scale?.[0], maxReplicas: scale?.[1] } };
  const { replicas: _, ...spec } = drawn.spec!;
  return {
    options: { ...ofOneServer(drawn, options), ...traffic.length > 0 ? { traffic } : {} },
    workload: scale ? { ...drawn, spec } : drawn,
    around: [...services, ...scale ? [autoscaler] : []],
  };
});
