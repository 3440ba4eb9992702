import { createNamespace, labelTwoNodes, TestNamespace, unlabelNodes } from './support/cluster';
import { exampleManifests, exampleNames, forLab } from './support/example';
import type { Manifest } from './support/web';

const namespaces = new Map<string, TestNamespace>();
const answers = new Map<string, string[]>();
const started = new Map<string, Promise<unknown>>();
let labelled: readonly string[] = [];

// All at once, so that the slowest start is the time it takes.
beforeAll(async () => {
  labelled = await labelTwoNodes();
  for (const name of exampleNames()) {
    const cluster = await createNamespace(`example-${name}`);
    namespaces.set(name, cluster);
    answers.set(name, (await cluster.dryRun(...exampleManifests(name))).trim().split('\n'));
  }
  for (const [name, cluster] of namespaces) started.set(name, startExample(name, cluster));
  await Promise.allSettled(started.values());
});
afterAll(() => Promise.all([unlabelNodes(labelled), ...[...namespaces.values()].map((namespace) => namespace.remove())]));

async function startExample(name: string, cluster: TestNamespace): Promise<void> {
  const manifests = forLab(exampleManifests(name), { WARM_UP_SECONDS: '2' });
  await cluster.apply(...manifests);
  await Promise.all(manifests.filter(isDeployment).map(({ metadata }) => cluster.rolledOut(metadata.name, 240)));
}

const isDeployment = ({ kind }: Manifest) => kind === 'Deployment';

describe.each(exampleNames())('the example %s', (name) => {
  const manifests = exampleManifests(name);

  test('is accepted by the API server, object by object', () => {
    expect(answers.get(name)!.map((answer) => answer.replace(/^\S+ /, ''))).toEqual(manifests.map(() => 'created (server dry run)'));
  });

  test('starts', () => expect(started.get(name)).resolves.toBeUndefined());

  test('is on the API server what it is on paper, where a roll depends on it', async () => {
    const live = await namespaces.get(name)!.json<{ items: Workload[] }>('get', 'deployments');
    expect(live.items.map(essence).sort(byName)).toEqual((forLab(manifests).filter(isDeployment) as Workload[]).map(essence).sort(byName));
  });
});

interface Workload extends Manifest {
  readonly spec: {
    readonly replicas: number;
    readonly minReadySeconds?: number;
    readonly strategy: object;
    readonly template: {
      readonly spec: {
        readonly terminationGracePeriodSeconds: number;
        readonly readinessGates?: object;
        readonly topologySpreadConstraints?: object;
        readonly containers: readonly { readonly lifecycle?: object }[];
      };
    };
  };
}

/** What an API server with a feature switched off would drop without a word. */
function essence({ metadata, spec }: Workload) {
  const { terminationGracePeriodSeconds, readinessGates, topologySpreadConstraints, containers } = spec.template.spec;
  return {
    name: metadata.name,
    minReadySeconds: spec.minReadySeconds ?? 0,
    strategy: spec.strategy,
    terminationGracePeriodSeconds,
    readinessGates,
    topologySpreadConstraints,
    preStops: containers.map(({ lifecycle }) => lifecycle),
  };
}

const byName = (a: { name: string }, b: { name: string }) => a.name.localeCompare(b.name);
