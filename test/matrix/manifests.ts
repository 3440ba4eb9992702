import { App, Chart, Duration } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Manifest } from 'kube-graceful';
import { ClusterLoadBalancerService, EniLoadBalancerService, GracefulDeployment, LocalLoadBalancerService } from 'kube-graceful/cdk8s';
import { apartFrom } from '../e2e/support/apart';
import type { Cloud, Setting, Subject, Way } from './cells';

const NAME = 'web';
const PORT = 8080;

/** The objects of a subject, as its author would have written them for that way in; the application is the lab's. */
export function manifestsOf(subject: Subject, way: Way, setting: Setting): readonly Manifest[] {
  const manifests = subject === 'ours' ? ours(way, setting) : [theirDeployment(subject, replicasOf(way)), service(way, setting.cloud)];
  return manifests.map((manifest) => manifest.kind === 'Deployment' ? onLab(manifest, subject, way) : manifest);
}

function replicasOf(way: Way): number {
  return way === 'local-one' ? 1 : 3;
}

/** Ours: what the author knows, and nothing else. */
function ours(way: Way, { cloud, lagSeconds }: Setting): readonly Manifest[] {
  const chart = new Chart(new App(), 'matrix');
  const web = new GracefulDeployment(chart, 'web', {
    metadata: { name: NAME },
    replicas: replicasOf(way),
    containers: [{ ...container, readiness: kplus.Probe.fromHttpGet('/ready', { periodSeconds: Duration.seconds(1) }) }],
    graceful: { longestRequest: Duration.seconds(5), slowestStart: Duration.seconds(20) },
  });
  // A delay longer than a profile assumes is the author's to declare; between once and twice the lag, and the watch.
  const delay = lagSeconds > 3 ? { delay: Duration.seconds(2 * lagSeconds + 2) } : {};
  const props = { metadata: { name: NAME }, deployment: web, port: 80, provider: cloud, ...delay };
  if (way === 'in-cluster') web.exposeViaService({ name: NAME, ports: [{ port: 80, targetPort: PORT }] });
  if (way === 'cluster') new ClusterLoadBalancerService(chart, 'service', props);
  if (way === 'local' || way === 'local-one') new LocalLoadBalancerService(chart, 'service', props);
  if (way === 'eni') new EniLoadBalancerService(chart, 'service', props);
  return chart.toJson() as Manifest[];
}

const container: kplus.ContainerProps = {
  name: 'web', image: 'lab/web:1', portNumber: PORT, securityContext: { user: 1000 }, resources: {},
};

function theirDeployment(subject: Exclude<Subject, 'ours'>, replicas: number): Manifest {
  switch (subject) {
    case 'none': return deployment(replicas, {});
    case 'probe': return deployment(replicas, { container: { readinessProbe: { httpGet: { path: '/ready', port: PORT }, periodSeconds: 1 } } });
    case 'plus-defaults': return plusDefaults(replicas);
    case 'first-article': return firstArticle(replicas);
    case 'second-article': return secondArticle(replicas);
  }
}

interface TheirParts {
  readonly container?: object;
  readonly pod?: object;
  readonly strategy?: object;
}

function deployment(replicas: number, { container: its, pod, strategy }: TheirParts): Manifest {
  const labels = { app: NAME };
  const containers = [{ name: 'web', image: 'lab/web:1', ports: [{ containerPort: PORT }], ...its }];
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: NAME },
    spec: {
      replicas, selector: { matchLabels: labels }, ...(strategy && { strategy: { rollingUpdate: strategy } }),
      template: { metadata: { labels }, spec: { containers, ...pod } },
    },
  };
}

/** What cdk8s-plus-28 makes of a container with a port. */
function plusDefaults(replicas: number): Manifest {
  const chart = new Chart(new App(), 'matrix');
  new kplus.Deployment(chart, 'web', { metadata: { name: NAME }, replicas, podMetadata: { labels: { app: NAME } }, containers: [container] });
  return (chart.toJson() as Manifest[])[0];
}

/** The first article's: startupProbe.successThreshold 5 is refused by every API server, so it is 1; `15s` is written as `15`. */
function firstArticle(replicas: number): Manifest {
  const check = { httpGet: { path: '/ready', port: PORT }, periodSeconds: 5, successThreshold: 1 };
  return deployment(replicas, {
    container: { startupProbe: check, readinessProbe: check, lifecycle: { preStop: { exec: { command: ['sleep', '15'] } } } },
    strategy: { maxSurge: 1, maxUnavailable: 0 },
  });
}

/** The second article's: the number in its preStop command is a string. */
function secondArticle(replicas: number): Manifest {
  const check = {
    tcpSocket: { port: PORT }, initialDelaySeconds: 30, periodSeconds: 30, failureThreshold: 3, successThreshold: 1, timeoutSeconds: 1,
  };
  return deployment(replicas, {
    container: { livenessProbe: check, readinessProbe: check, lifecycle: { preStop: { exec: { command: ['sleep', '30'] } } } },
    pod: { terminationGracePeriodSeconds: 60 },
    strategy: { maxSurge: '50%', maxUnavailable: '0%' },
  });
}

/** A Service as the vendors' pages have it for each mode, without drain. */
function service(way: Way, cloud: Cloud): Manifest {
  const podDirect = cloud === 'tencent-clb' ? 'service.cloud.tencent.com/direct-access' : 'service.beta.kubernetes.io/backend-type';
  const local = way === 'local' || way === 'local-one';
  const balanced = {
    type: 'LoadBalancer',
    externalTrafficPolicy: local ? 'Local' : 'Cluster',
    ...(cloud === 'alibaba-nlb' && { loadBalancerClass: 'alibabacloud.com/nlb' }),
  };
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: NAME, ...(way === 'eni' && { annotations: { [podDirect]: cloud === 'tencent-clb' ? 'true' : 'eni' } }) },
    spec: { selector: { app: NAME }, ports: [{ port: 80, targetPort: PORT }], ...(way !== 'in-cluster' && balanced) },
  };
}

interface Deployment extends Manifest {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: Readonly<Record<string, string>> };
      readonly spec: { readonly containers: readonly object[] };
    };
  };
}

/**
 * The lab's image, which no registry has. The application takes 2 s to warm up and finishes what is in flight on SIGTERM; with ours it
 * also gives the notice that docs/application.md asks for.
 */
function onLab(manifest: Manifest, subject: Subject, way: Way): Manifest {
  const { spec, ...rest } = manifest as Deployment;
  const { template } = spec;
  const env = { WARM_UP_SECONDS: '2', ...(subject === 'ours' && { LAME_DUCK_SECONDS: '10' }) };
  const containers = template.spec.containers.map((one) => ({
    ...one, imagePullPolicy: 'Never', env: Object.entries(env).map(([name, value]) => ({ name, value })),
  }));
  const affinity = way === 'local-one' && { affinity: apartFrom({ matchLabels: template.metadata.labels }) };
  return { ...rest, spec: { ...spec, template: { ...template, spec: { ...template.spec, ...affinity, containers } } } };
}
