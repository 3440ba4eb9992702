import { kubectl, KubectlOptions } from 'kube-graceful/drill';
import type { Manifest } from './web';

/** A namespace of its own in the cluster under test. */
export interface TestNamespace extends KubectlOptions {
  readonly namespace: string;
  /** Runs kubectl in it and returns what it printed. */
  run(...args: string[]): Promise<string>;
  /** Runs kubectl in it and reads the JSON that it printed. */
  json<T>(...args: string[]): Promise<T>;
  apply(...manifests: readonly Manifest[]): Promise<void>;
  /** Asks the API server whether it would take them, and changes nothing. */
  dryRun(...manifests: readonly Manifest[]): Promise<string>;
  /** Waits until a Deployment is rolled out. */
  rolledOut(deployment: string, timeoutSeconds?: number): Promise<void>;
  /** Restarts a Deployment and waits until it is rolled out and no old pod is left. */
  restart(deployment: string): Promise<void>;
  /** Waits for a Service's load balancer until it answers, and returns its address: `http://...`. */
  addressOf(service: string): Promise<string>;
  /** Deletes the namespace at once, pods without their grace. */
  remove(): Promise<void>;
}

let made = 0;

/** Makes a namespace with a name of its own, beginning with `prefix`. */
export async function createNamespace(prefix: string): Promise<TestNamespace> {
  const namespace = `${prefix}-${process.pid}-${++made}`;
  await kubectl({}, ['create', 'namespace', namespace]);
  const run = (...args: string[]) => kubectl({ namespace }, args);
  const json = async <T>(...args: string[]) => JSON.parse(await run(...args, '-o', 'json')) as T;
  const rolledOut = async (deployment: string, timeoutSeconds = 120) => {
    await run('rollout', 'status', `deployment/${deployment}`, `--timeout=${timeoutSeconds}s`);
  };
  const send = (manifests: readonly Manifest[], ...args: string[]) =>
    kubectl({ namespace }, ['apply', '--filename', '-', ...args], JSON.stringify({ apiVersion: 'v1', kind: 'List', items: manifests }));
  return {
    namespace,
    run,
    json,
    rolledOut,
    apply: async (...manifests) => void await send(manifests),
    dryRun: (...manifests) => send(manifests, '--dry-run=server'),
    restart: async (deployment) => {
      await run('rollout', 'restart', `deployment/${deployment}`);
      await rolledOut(deployment);
      await eventually(`old pods of ${deployment} to be gone`, async () => {
        const { items } = await json<{ items: Manifest[] }>('get', 'pods');
        return items.every((pod) => !('deletionTimestamp' in pod.metadata)) || undefined;
      });
    },
    addressOf: async (service) => {
      const address = await eventually(`an address of ${service}`, async () => {
        const { status } = await json<{ status: { loadBalancer?: { ingress?: { ip: string }[] } } }>('get', 'service', service);
        return status.loadBalancer?.ingress?.[0] && `http://${status.loadBalancer.ingress[0].ip}`;
      });
      await eventually(`${address} to answer`, async () => (await answers(address)) || undefined);
      return address;
    },
    remove: async () => {
      await run('delete', 'pods', '--all', '--grace-period=0', '--force', '--wait=false');
      await kubectl({}, ['delete', 'namespace', namespace, '--wait=false']);
    },
  };
}

/** The cluster's first two nodes, as the example in-place wants them: with the label `deploy=nginx`. */
export async function labelTwoNodes(): Promise<readonly string[]> {
  const nodes = (await kubectl({}, ['get', 'nodes', '-o', 'name'])).trim().split('\n').slice(0, 2).map((name) => name.replace('node/', ''));
  await kubectl({}, ['label', 'nodes', ...nodes, 'deploy=nginx', '--overwrite']);
  return nodes;
}

/** Takes the label away again. */
export async function unlabelNodes(nodes: readonly string[]): Promise<void> {
  await kubectl({}, ['label', 'nodes', ...nodes, 'deploy-']);
}

/** Calls `attempt` five times a second until it returns something, at most for so long. */
export async function eventually<T>(what: string, attempt: () => Promise<T | undefined>, timeoutSeconds = 120): Promise<T> {
  for (let left = timeoutSeconds * 5; left > 0; left--) {
    const found = await attempt();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`Waited for ${what} for ${timeoutSeconds} s in vain`);
}

/** Whether an address answers ten requests in a row, each on a connection of its own. */
async function answers(address: string): Promise<boolean> {
  for (let i = 0; i < 10; i++) {
    const good = await fetch(address, { headers: { connection: 'close' }, signal: AbortSignal.timeout(2000) })
      .then(async (response) => (await response.text()) && response.ok, () => false);
    if (!good) return false;
  }
  return true;
}
