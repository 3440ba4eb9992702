import { Packed } from '../../package/packed';
import { createNamespace, TestNamespace } from '../support/cluster';
import { changes, createStack, programFile, Stack } from './stack';

const names = ['chart-v3', 'chart-v4', 'yaml-v1', 'yaml-v2'];
const hardened = { STAGE: 'hardened' };
let packed: Packed;
let cluster: TestNamespace;
let stack: Stack;
beforeAll(async () => {
  packed = await Packed.create();
  cluster = await createNamespace('pulumi-charts');
  const files = ['chart/Chart.yaml', 'chart/values.yaml', 'chart/templates/web.yaml'].map((path) => [path, programFile(path)]);
  stack = await createStack(packed, 'charts', cluster.namespace, { 'index.ts': programFile('charts.ts'), ...Object.fromEntries(files) });
  const { ok, text } = await stack.up();
  expect(ok ? '' : text).toBe('');
});
afterAll(async () => {
  await stack?.destroy();
  await cluster?.remove();
  packed?.remove();
});

interface Deployment {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly replicas: number; readonly template: { readonly spec: object } };
}
interface Service {
  readonly metadata: { readonly name: string; readonly annotations: Readonly<Record<string, string>> };
}
const deployments = async () => (await cluster.json<{ items: Deployment[] }>('get', 'deployments')).items;

describe('charts and YAML of others under a transform of the whole program', () => {
  test('are hardened in place: a preview over what exists replaces nothing and creates nothing', async () => {
    const updates = (await stack.preview(hardened)).filter(({ op }) => op !== 'same');
    expect(updates.map(({ op, resource }) => [op, resource.split(' ')[0], names.find((name) => resource.endsWith(name))].join(' ')).sort())
      .toEqual(['Deployment', 'Service'].flatMap((kind) => names.map((name) => `update ${kind} ${name}`)));
  });

  test('keep their objects, which carry the plan', async () => {
    const before = await deployments();
    expect(before.map(({ spec }) => spec.replicas)).toEqual([2, 2, 2, 2]);
    const { ok, text } = await stack.up(hardened);
    expect(ok ? '' : text).toBe('');
    const after = await deployments();
    expect(after.map(({ metadata }) => metadata.uid)).toEqual(before.map(({ metadata }) => metadata.uid));
    expect(after.map(({ spec }) => spec.template.spec)).toMatchObject(names.map(() => ({
      terminationGracePeriodSeconds: 27, containers: [{ lifecycle: { preStop: { sleep: { seconds: 7 } } } }],
    })));
    const { items } = await cluster.json<{ items: Service[] }>('get', 'services');
    expect(items.map(({ metadata }) => [metadata.name, metadata.annotations['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout']]))
      .toEqual(names.map((name) => [name, '27']));
  });

  test('change no more', async () => {
    expect(changes(await stack.preview(hardened))).toEqual([]);
  });
});
