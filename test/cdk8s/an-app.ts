import { ApiObject, App, Chart, Testing } from 'cdk8s';
import type { IConstruct } from 'constructs';
import type { Manifest, Service, Workload } from 'kube-graceful';

/** A chart with readable names, in an app of its own that writes to a temporary folder. */
export function aChart(id = 'chart', app: App = Testing.app()): Chart {
  return new Chart(app, id, { disableResourceNameHashes: true });
}

/** What a chart renders, by kind and name. */
export function rendered(chart: Chart): Readonly<Record<string, Manifest>> {
  return Object.fromEntries((Testing.synth(chart) as Manifest[]).map((manifest) => [`${manifest.kind}/${manifest.metadata?.name}`, manifest]));
}

/** The lines that cdk8s prints when a chart does not validate; empty when it does. */
export function validationLines(chart: Chart): readonly string[] {
  const app = chart.node.root;
  return app.node.findAll().flatMap((construct) => construct.node.validate().map((line) => `[${construct.node.path}] ${line}`));
}

/** A Deployment as any toolkit or YAML file may bring it: two replicas, one container that listens and says when it is ready. */
export function aDeployment(name = 'web'): Workload & { readonly apiVersion: string; readonly kind: string } {
  const labels = { app: name };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name },
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: { containers: [{ name: 'main', image: 'web', ports: [{ containerPort: 8080 }], readinessProbe: { httpGet: { path: '/ready', port: 8080 } } }] },
      },
    },
  };
}

/** A load balancer's Service before a Deployment of that name. */
export function aService(name = 'web', annotations: Readonly<Record<string, string>> = {}): Service & { readonly apiVersion: string; readonly kind: string } {
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: `${name}-public`, annotations },
    spec: { type: 'LoadBalancer', selector: { app: name }, ports: [{ port: 80, targetPort: 8080 }] },
  };
}

/** A raw object from a manifest. */
export function raw(scope: Chart, id: string, manifest: Manifest & { readonly apiVersion: string; readonly kind: string }): ApiObject {
  return new ApiObject(scope, id, manifest as ConstructorParameters<typeof ApiObject>[2]);
}

/** The seconds that a pod of a rendered Deployment sleeps before SIGTERM, and its grace period. */
export function timesOf(manifest: Manifest): { readonly wait?: number; readonly grace?: number } {
  const pod = (manifest as Workload).spec?.template?.spec;
  return { wait: pod?.containers?.[0].lifecycle?.preStop?.sleep?.seconds, grace: pod?.terminationGracePeriodSeconds };
}

/** What one construct renders by itself. */
export function renderedAlone(construct: IConstruct): Manifest {
  return ApiObject.of(construct).toJson() as Manifest;
}
