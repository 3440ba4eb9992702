import type { TestNamespace } from '../e2e/support/cluster';

interface Cell {
  readonly cluster: TestNamespace;
}

let before: Promise<unknown> = Promise.resolve();

/**
 * Drains a node for each cell, two cells at a time and each a node of its own, so that of three nodes one goes on taking the pods of
 * both. Pairs of all who ask take turns: whoever cordons the last node makes the others wait for theirs.
 */
export async function drainInPairs<C extends Cell>(cells: readonly C[], drain: (cell: C, node: string) => Promise<void>): Promise<void> {
  for (let first = 0; first < cells.length; first += 2) {
    const pair = cells.slice(first, first + 2);
    const turn = before.then(() => drainPair(pair, drain));
    before = turn.catch(() => {});
    await turn;
  }
}

async function drainPair<C extends Cell>(pair: readonly C[], drain: (cell: C, node: string) => Promise<void>): Promise<void> {
  const [ofOne, ofOther = []] = await Promise.all(pair.map(nodesOf));
  const [one, other] = pair;
  const [node, another] = ofOne.flatMap((a) => ofOther.filter((b) => b !== a).map((b) => [a, b]))[0] ?? [ofOne[0]];
  if (another !== undefined) return void await Promise.all([drain(one, node), drain(other, another)]);
  await drain(one, node);
  if (other) await drain(other, (await nodesOf(other))[0]);
}

/** The nodes that have a pod of the Deployment. */
async function nodesOf({ cluster }: Cell): Promise<readonly string[]> {
  const { items } = await cluster.json<{ items: { metadata: { deletionTimestamp?: string; name: string }; spec: { nodeName?: string } }[] }>('get', 'pods');
  const standing = items.filter(({ metadata }) => metadata.deletionTimestamp === undefined && metadata.name.startsWith('web-'));
  return [...new Set(standing.flatMap(({ spec: { nodeName } }) => nodeName ?? []))].sort();
}
