import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startLoad, tally } from 'kube-graceful/drill';
import { Packed } from '../../package/packed';
import { createNamespace, eventually, TestNamespace } from '../support/cluster';
import { changes, createStack, Stack } from './stack';

let packed: Packed;
const namespaces: TestNamespace[] = [];
beforeAll(async () => { packed = await Packed.create(); });
afterAll(async () => {
  await Promise.all(namespaces.map((namespace) => namespace.remove()));
  packed?.remove();
});

async function start(program: string): Promise<{ readonly stack: Stack; readonly cluster: TestNamespace }> {
  const cluster = await createNamespace('pulumi');
  namespaces.push(cluster);
  return { cluster, stack: await createStack(packed, program, cluster.namespace) };
}

interface PodSpec {
  readonly containers: readonly { readonly lifecycle?: object }[];
}

interface Deployment {
  readonly metadata: { readonly uid: string; readonly generation: number; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: { readonly template: { readonly spec: PodSpec } };
}

const deploymentOf = (cluster: TestNamespace, name = 'web') => cluster.json<Deployment>('get', 'deployment', name);
const podsOf = async (cluster: TestNamespace) => (await cluster.json<{ items: { metadata: { uid: string } }[] }>('get', 'pods')).items.map(({ metadata }) => metadata.uid);

describe('a deployment behind a load balancer that reaches pods directly', () => {
  let stack: Stack;
  let cluster: TestNamespace;
  beforeAll(async () => ({ stack, cluster } = await start('web')));

  test('is previewed', async () => {
    expect(changes(await stack.preview())).toEqual([
      'create Deployment web', 'create EniLoadBalancerService public', 'create GracefulDeployment web', 'create PodDisruptionBudget web',
      'create Service public', expect.stringMatching(/^create Stack /),
    ]);
  });

  test('comes up at once: the Service feeds the pods that wait for its readiness gate', async () => {
    const { ok, text, seconds } = await stack.up();
    console.log(`up with a readiness gate: ${seconds} s`);
    expect(ok ? '' : text).toBe('');
    expect(seconds).toBeLessThan(120);
    const { items } = await cluster.json<{ items: { status: { conditions: { type: string; status: string }[] } }[] }>('get', 'pods');
    expect(items.map(({ status }) => status.conditions.find(({ type }) => type === 'service.readiness.alibabacloud.com/public')?.status)).toEqual(['True', 'True', 'True']);
    expect((await deploymentOf(cluster)).metadata.annotations?.owner).toBe('shop'); // by the component's transform
    expect(await stack.output('explanation')).toMatch(/^Deployment\/web in \S+ behind Service\/public \(alibaba-clb, pods as targets\)$/m);
  });

  test('registers what its components give', async () => {
    expect(Object.keys((await stack.state(':GracefulDeployment::web')).outputs ?? {}).sort()).toEqual(['deployment', 'explanation', 'plan']);
    expect(Object.keys((await stack.state(':EniLoadBalancerService::public')).outputs ?? {}).sort()).toEqual(['endpoint', 'service']);
  });

  test('keeps a secret secret in the state, and nothing else', async () => {
    const { inputs } = await stack.state(':Deployment::web') as { inputs: { spec: { replicas: number; template: { spec: { containers: { image: string; env: unknown[] }[] } } } } };
    const [container] = inputs.spec.template.spec.containers;
    expect([inputs.spec.replicas, container.image]).toEqual([3, 'lab/web:1']);
    expect(container.env[0]).toEqual({ name: 'VERSION', value: expect.objectContaining({ ciphertext: expect.any(String) }) });
    expect(container.env[1]).toEqual({ name: 'WARM_UP_SECONDS', value: '2' });
  });

  test('changes nothing without a change', async () => {
    expect(changes(await stack.preview())).toEqual([]);
  });

  test('rolls to a new version without a loss', async () => {
    const address = await cluster.addressOf('public');
    const old = await podsOf(cluster);
    const load = startLoad({
      address,
      clients: [
        { kind: 'new', ratePerSecond: 60 },
        { kind: 'reused', ratePerSecond: 60, connections: 20 },
        { kind: 'slow', ratePerSecond: 5 },
        { kind: 'stream', connections: 10 },
      ],
    });
    try {
      const { ok, text, seconds } = await stack.up({ VERSION: '2' });
      expect(ok ? '' : text).toBe('');
      await eventually('the old pods to be gone', async () => (await podsOf(cluster)).every((uid) => !old.includes(uid)) || undefined);
      const { outcomes, unsent } = await load.stop();
      const { clients, lost } = tally(outcomes);
      console.log(`up under load: ${seconds} s, ${JSON.stringify(Object.fromEntries(Object.entries(clients).map(([name, one]) => [name, { sent: one.sent, lost: one.lost, ...one.lostBy }])))}`);
      expect(unsent).toBe(0);
      expect(clients.new.sent).toBeGreaterThan(2000);
      expect(lost).toBe(0);
      expect(outcomes.filter(({ client }) => client === 'new').at(-1)?.answeredBy).toMatch(/^2 /);
    } finally {
      await load.stop();
    }
  });

  test('is refused whole where the plan does not add up', async () => {
    const before = await deploymentOf(cluster);
    const { ok, text } = await stack.up({ VERSION: '3', GRACE_SECONDS: '10' });
    expect(ok).toBe(false);
    expect(text).toMatch(/Cannot plan the rollout of Deployment\/web in \S+:\n.*terminationGracePeriodSeconds must be at least 32: .*current value is 10\. Leave it out to get the sum, or shorten what it is made of\./);
    expect((await deploymentOf(cluster)).metadata.generation).toBe(before.metadata.generation);
  });

  test('is renamed by an alias, and nothing is replaced', async () => {
    const before = await deploymentOf(cluster);
    const variables = { VERSION: '2', COMPONENT: 'shop', FORMERLY: 'web' };
    expect(changes(await stack.preview(variables))).toEqual([]);
    expect((await stack.up(variables)).ok).toBe(true);
    expect((await deploymentOf(cluster)).metadata).toMatchObject({ uid: before.metadata.uid, generation: before.metadata.generation });
  });

  test('is not deleted for a change that Kubernetes cannot make in place, and keeps its clients', async () => {
    const variables = { VERSION: '2', COMPONENT: 'shop', FORMERLY: 'web', LABEL: 'other' };
    const before = await deploymentOf(cluster);
    const refusal = /spec\.selector must be .*app.+web.*, as it is live: changing it could leave clients without pods: current value is .*app.+other/;
    await expect(stack.preview(variables)).rejects.toThrow(refusal);
    const { ok, text, seconds } = await stack.up(variables);
    console.log(`another selector, refused: ${seconds} s`);
    expect([ok, refusal.test(text)]).toEqual([false, true]);
    expect((await deploymentOf(cluster)).metadata).toMatchObject({ uid: before.metadata.uid, generation: before.metadata.generation });
    expect((await cluster.json<{ spec: { selector: object } }>('get', 'service', 'public')).spec.selector).toEqual({ app: 'web' });
  });

  test('is destroyed', async () => {
    const { ok, text, seconds } = await stack.destroy();
    console.log(`destroy: ${seconds} s`);
    expect(ok ? '' : text).toBe('');
    expect(await cluster.run('get', 'deployments,services,poddisruptionbudgets,pods', '-o', 'name')).toBe('');
  });
});

describe('a plain program', () => {
  let stack: Stack;
  let cluster: TestNamespace;
  let before: Deployment;
  beforeAll(async () => {
    ({ stack, cluster } = await start('plain'));
    const { ok, text } = await stack.up();
    expect(ok ? '' : text).toBe('');
    before = await deploymentOf(cluster);
  });
  afterAll(() => stack.destroy());

  test('would move to components in one step, and nothing be replaced', async () => {
    expect(changes(await stack.preview({ STAGE: 'moved' }))).toEqual([
      'create ClusterLoadBalancerService web', 'create GracefulDeployment web',
      'update Deployment web', 'update PodDisruptionBudget web', 'update Service web',
    ]);
  });

  test('is hardened in place by a transform, and by a transformation alike', async () => {
    expect(changes(await stack.preview({ STAGE: 'transformations' }))).toEqual(['update Deployment web', 'update Service web']);
    expect(changes(await stack.preview({ STAGE: 'transforms' }))).toEqual(['update Deployment web', 'update Service web']);
    const { ok, text } = await stack.up({ STAGE: 'transforms' });
    expect(ok ? '' : text).toBe('');
    const after = await deploymentOf(cluster);
    expect(after.metadata.uid).toBe(before.metadata.uid);
    expect(after.spec.template.spec.containers[0].lifecycle).toEqual({ preStop: { sleep: { seconds: 7 } } });
    expect(changes(await stack.preview({ STAGE: 'transformations' }))).toEqual([]);
  });

  test('moves to components by aliases, and nothing is replaced', async () => {
    const variables = { STAGE: 'moved' };
    const budget = async () => (await cluster.json<Deployment>('get', 'poddisruptionbudget', 'web')).metadata.uid;
    const budgetBefore = await budget();
    expect(changes(await stack.preview(variables))).toEqual([
      'create ClusterLoadBalancerService web', 'create GracefulDeployment web', 'update PodDisruptionBudget web',
    ]);
    const { ok, text } = await stack.up(variables);
    expect(ok ? '' : text).toBe('');
    expect([(await deploymentOf(cluster)).metadata.uid, await budget()]).toEqual([before.metadata.uid, budgetBefore]);
  });
});

describe('timeouts', () => {
  test('of the plan reach the provider', async () => {
    const { stack } = await start('slow');
    const { ok, text } = await stack.up();
    expect(ok ? '' : text).toBe('');
    expect((await stack.state(':Deployment::slow')).customTimeouts).toEqual({ create: 844, update: 844, delete: 682 });
    await stack.destroy();
  });

  test('of an author are honoured', async () => {
    const { stack } = await start('web');
    const { ok, text, seconds } = await stack.up({ READY_PATH: '/slow?ms=60000', CREATE_TIMEOUT: '15s' });
    expect(ok).toBe(false);
    expect(text).toMatch(/timed out/);
    expect(seconds).toBeLessThan(60);
    await stack.destroy();
  });
});

describe('a plan that is known during the update only', () => {
  test('passes the preview, and is refused in words before its Deployment is made', async () => {
    const { stack, cluster } = await start('late');
    expect(changes(await stack.preview())).toEqual(expect.arrayContaining(['create ConfigMap settings', 'create Deployment late']));
    const { ok, text } = await stack.up();
    expect(ok).toBe(false);
    expect(text).toMatch(/Cannot plan the rollout of Deployment\/late in \S+:\n.*terminationGracePeriodSeconds must be at least \d+: .*current value is 10\. /);
    expect(text).not.toMatch(/^\s+at .+:\d+:\d+\)?$/m); // no stack
    expect(await cluster.run('get', 'deployments', '-o', 'name')).toBe('');
    await stack.destroy();
  });
});

describe('the provider', () => {
  test('is the vendor\'s, or whichever is on PATH, before the lab\'s stand-in', async () => {
    const { stack } = await start('slow');
    const folder = join(stack.folder, 'bin');
    const standIn = join(__dirname, '..', '..', 'lab', 'pulumi', 'pulumi-resource-kubernetes');
    mkdirSync(folder);
    writeFileSync(join(folder, 'pulumi-resource-kubernetes'), `#!/bin/sh\ntouch ${folder}/taken\nexec ${standIn} "$@"\n`, { mode: 0o755 });
    await stack.preview({ PATH: `${folder}:${process.env.PATH}` });
    expect(existsSync(join(folder, 'taken'))).toBe(true);
  });
});
