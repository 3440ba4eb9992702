import { createNamespace, TestNamespace } from './cluster';
import type { Command, Running } from './command';
import { changed } from './example';
import { Manifest, SETTINGS_IN, WebOptions, webManifests } from './web';

/** A web application to be drilled, in a namespace of its own. */
export interface Stand {
  readonly cluster: TestNamespace;
  readonly address: string;
  /** What `kube-graceful drill` is told of the cluster, and that it may go ahead. */
  readonly where: readonly string[];
  /** A field of the live Deployment, or of another object. */
  field(jsonpath: string, object?: string): Promise<string>;
}

/** Settings under which nothing is lost on the lab, and which change pods as quickly as that allows; two replicas. */
export const QUICK: WebOptions = { ...SETTINGS_IN, replicas: 2, preStopSeconds: 8, minReadySeconds: 8, graceSeconds: 40 };

/** Brings a web application up; a probe of it may take long, since a busy machine must make no losses. */
export async function createStand(prefix: string, options: WebOptions, ...others: readonly Manifest[]): Promise<Stand> {
  const cluster = await createNamespace(prefix);
  const manifests = webManifests(options).map((manifest) => manifest.kind === 'Deployment' ? patient(manifest) : manifest);
  await cluster.apply(...manifests, ...others);
  await cluster.rolledOut('web');
  const address = await cluster.addressOf('web');
  const context = (await cluster.run('config', 'current-context')).trim();
  return {
    cluster,
    address,
    where: ['web', '--namespace', cluster.namespace, '--context', context, '--address', address],
    field: (jsonpath, object = 'deployment/web') => cluster.run('get', object, '--output', `jsonpath={${jsonpath}}`),
  };
}

function patient(deployment: Manifest): Manifest {
  return changed(deployment, 'spec.template.spec.containers.0.readinessProbe.timeoutSeconds', 5);
}

/** Allows one pod to be evicted at a time. */
export const ONE_AT_A_TIME: Manifest = {
  apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'web' }, spec: { maxUnavailable: 1, selector: { matchLabels: { app: 'web' } } },
};

/** Drills a stand with nobody before the terminal. */
export function drillOf(command: Command, stand: Stand, ...flags: readonly string[]): Running {
  return command.start('drill', ...stand.where, '--yes', ...flags);
}
