/** A Kubernetes object as plain data. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string; readonly annotations?: Readonly<Record<string, string>> };
  readonly [field: string]: unknown;
}

export type TrafficMode = 'cluster' | 'local' | 'eni';

/** What a web Deployment and its Service are to look like. Without options: what people write first, and readiness. */
export interface WebOptions {
  /** @default 'web' */
  readonly name?: string;
  /** @default 3 */
  readonly replicas?: number;
  /** @default 'eni' */
  readonly mode?: TrafficMode;
  /** Environment of the lab's application, see its head. @default - it drains on SIGTERM, after a warm-up of 2 s */
  readonly env?: Readonly<Record<string, string>>;
  /** @default - no preStop */
  readonly preStopSeconds?: number;
  /** @default 30, Kubernetes' own */
  readonly graceSeconds?: number;
  /** @default 0 */
  readonly minReadySeconds?: number;
  /** The load balancer's connection drain. @default - it cuts what it removes at once */
  readonly drainSeconds?: number;
  /** Whether pods wait for the load balancer's readiness gate. @default false */
  readonly gate?: boolean;
}

/** The settings under which a roll loses nothing on the lab (3 s late): hand-written, for comparison with what the planner finds. */
export const SETTINGS_IN: WebOptions = {
  env: { LAME_DUCK_SECONDS: '10' }, preStopSeconds: 15, graceSeconds: 50, minReadySeconds: 10, drainSeconds: 50, gate: true,
};

/** The lab's web application as a Deployment and a Service of type LoadBalancer in front of it, port 80. */
export function webManifests(options: WebOptions = {}): Manifest[] {
  return [webDeployment(options), webService(options)];
}

/** The lab's web application as a Deployment. */
export function webDeployment(options: WebOptions = {}): Manifest {
  const { name = 'web', replicas = 3, env = {}, graceSeconds = 30, minReadySeconds = 0, preStopSeconds, gate } = options;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas,
      minReadySeconds,
      selector: { matchLabels: { app: name } },
      strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
      template: {
        metadata: { labels: { app: name } },
        spec: {
          terminationGracePeriodSeconds: graceSeconds,
          ...(gate && { readinessGates: [{ conditionType: `service.readiness.alibabacloud.com/${name}` }] }),
          containers: [{
            name: 'web',
            image: 'lab/web:1',
            imagePullPolicy: 'Never',
            env: Object.entries({ WARM_UP_SECONDS: '2', ...env }).map(([key, value]) => ({ name: key, value })),
            ports: [{ containerPort: 8080 }],
            readinessProbe: { httpGet: { path: '/ready', port: 8080 }, periodSeconds: 1 },
            ...(preStopSeconds && { lifecycle: { preStop: { sleep: { seconds: preStopSeconds } } } }),
          }],
        },
      },
    },
  };
}

/** A Service of type LoadBalancer for the lab's web application, port 80. */
export function webService(options: WebOptions = {}): Manifest {
  const { name = 'web', mode = 'eni', drainSeconds } = options;
  const alibaba = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer';
  const annotations = {
    ...(mode === 'eni' && { 'service.beta.kubernetes.io/backend-type': 'eni' }),
    ...(drainSeconds && { [`${alibaba}-connection-drain`]: 'on', [`${alibaba}-connection-drain-timeout`]: `${drainSeconds}` }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, annotations },
    spec: {
      type: 'LoadBalancer',
      externalTrafficPolicy: mode === 'local' ? 'Local' : 'Cluster',
      selector: { app: name },
      ports: [{ port: 80, targetPort: 8080 }],
    },
  };
}
