import { setTimeout as sleep } from 'node:timers/promises';
import type { TestNamespace } from '../e2e/support/cluster';

const MOST = 2; // of three nodes one goes on taking the pods of both
const AGAIN_MS = 500;

const drained = new Set<string>();

/** Drains a node that has pods of a cell and that nobody else drains; waits its turn, as two are drained at a time at most. */
export async function onFreeNode<T>(cluster: TestNamespace, drain: (node: string) => Promise<T>): Promise<T> {
  for (;;) {
    const nodes = await nodesOf(cluster);
    const node = drained.size < MOST ? nodes.find((one) => !drained.has(one)) : undefined;
    if (node !== undefined) {
      drained.add(node);
      return drain(node).finally(() => drained.delete(node));
    }
    await sleep(AGAIN_MS);
  }
}

/** The nodes that have a pod of the Deployment. */
async function nodesOf(cluster: TestNamespace): Promise<readonly string[]> {
  const { items } = await cluster.json<{ items: { metadata: { deletionTimestamp?: string; name: string }; spec: { nodeName?: string } }[] }>('get', 'pods');
  const standing = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined && metadata.name.startsWith('web-'));
  return [...new Set(standing.flatMap(({ spec: { nodeName } }) => nodeName ?? []))].sort();
}
