import { RollResult, roll, startWatch, WatchEvent } from 'kube-graceful/drill';
import { createNamespace, labelTwoNodes, TestNamespace, unlabelNodes } from './support/cluster';
import { exampleManifests, forLab } from './support/example';

let nodes: readonly string[] = [];

interface Endpoint {
  readonly nodeName?: string;
  readonly conditions: { readonly ready?: boolean; readonly serving?: boolean };
}

interface EndpointSlice {
  readonly metadata: { readonly name: string };
  readonly endpoints?: readonly Endpoint[];
}

/** After each event, how many endpoints of a kind each node had; ordered as they happened. */
function history(events: readonly WatchEvent<EndpointSlice>[], kind: 'ready' | 'serving'): Record<string, number>[] {
  const slices = new Map<string, EndpointSlice>();
  return events.map(({ type, object }) => {
    if (type === 'DELETED') slices.delete(object.metadata.name);
    else slices.set(object.metadata.name, object);
    const endpoints = [...slices.values()].flatMap((slice) => slice.endpoints ?? []).filter(({ conditions }) => conditions[kind]);
    return Object.fromEntries(nodes.map((node) => [node, endpoints.filter(({ nodeName }) => nodeName === node).length]));
  });
}

describe('the second roll of the example in-place, on a simulated cloud', () => {
  let cluster: TestNamespace;
  let result: RollResult;
  const events: WatchEvent<EndpointSlice>[] = [];

  beforeAll(async () => {
    nodes = await labelTwoNodes();
    cluster = await createNamespace('in-place');
    await cluster.apply(...forLab(exampleManifests('in-place'), { WARM_UP_SECONDS: '2', LAME_DUCK_SECONDS: '10' }));
    await cluster.rolledOut('edge-web');
    const address = await cluster.addressOf('edge-public');
    await cluster.restart('edge-web');
    const { namespace } = cluster;
    const selector = 'kubernetes.io/service-name=edge-public';
    const watch = startWatch<EndpointSlice>({ namespace }, { kind: 'endpointslices', selector }, (event) => events.push(event));
    result = await roll({
      namespace,
      deployment: 'edge-web',
      load: { address, clients: [{ kind: 'new', ratePerSecond: 60 }, { kind: 'reused', ratePerSecond: 60, connections: 20 }] },
    });
    await watch.stop();
  });
  afterAll(() => Promise.all([cluster.remove(), unlabelNodes(nodes)]));

  test.each(['serving', 'ready'] as const)('never leaves a labelled node without a %s endpoint', (kind) => {
    const counts = history(events, kind);
    expect(counts.length).toBeGreaterThan(8); // four pods came and four went
    for (const node of nodes) expect(Math.min(...counts.map((count) => count[node]))).toBeGreaterThanOrEqual(1);
  });

  test('puts every pod on a labelled node', () => {
    expect(result.pods.length).toBeGreaterThanOrEqual(8);
    expect(new Set(result.pods.map((pod) => pod.node))).toEqual(new Set(nodes));
  });

  test('loses nothing', () => {
    expect(result.client.unsent).toBe(0);
    expect(result.whole.lost).toBe(0);
    expect(result.inside.sent).toBeGreaterThanOrEqual(2000);
  });
});
