import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { Packed } from '../../package/packed';
import { createNamespace, TestNamespace } from '../support/cluster';
import { createStack, packages, programFile, Stack } from './stack';

const source = join(__dirname, '..', '..', '..', 'plugin');
let packed: Packed;
let cluster: TestNamespace;
let stack: Stack;
beforeAll(async () => {
  packed = await Packed.create();
  cluster = await createNamespace('pulumi-languages');
  const plugin = packed.project('plugin', packages, {});
  for (const file of readdirSync(source)) if (file !== 'node_modules') cpSync(join(source, file), join(plugin, file));
  stack = await createStack(packed, 'shop', cluster.namespace, { 'Pulumi.yaml': programFile('shop.yaml') });
  await stack.run('config', 'set', 'namespace', cluster.namespace);
  await stack.run('config', 'set', '--secret', 'token', 'abc');
});
afterAll(async () => {
  await cluster?.remove();
  packed?.remove();
});

describe('a program in YAML', () => {
  test('comes up at once, although its components know nothing of each other', async () => {
    const { ok, text, seconds } = await stack.up();
    console.log(`up of a YAML program: ${seconds} s`);
    expect(ok ? '' : text).toBe('');
    const address = expect.stringMatching(/^198\.18\.1\./);
    expect([await stack.output('endpoint'), await stack.output('apiEndpoint')]).toEqual([address, address]);
    expect(await stack.output('explanation')).toMatch(/^Deployment\/web in \S+ behind Service\/public \(alibaba-clb, pods as targets\)$/m);
    expect(await stack.output('graceSeconds')).toBe('32');
  });

  test('has the resources of the typed components', async () => {
    const urns = (await stack.resources()).map(({ urn }) => urn.split('::').slice(2).join('::')).filter((urn) => /::(web|public)$/.test(urn));
    expect(urns.sort()).toEqual([
      'kube-graceful:index:EniLoadBalancerService$kubernetes:core/v1:Service::public', 'kube-graceful:index:EniLoadBalancerService::public',
      'kube-graceful:index:GracefulDeployment$kubernetes:apps/v1:Deployment::web',
      'kube-graceful:index:GracefulDeployment$kubernetes:policy/v1:PodDisruptionBudget::web', 'kube-graceful:index:GracefulDeployment::web',
    ]);
  });

  test('gives what the same words give in TypeScript', async () => {
    const { spec } = await cluster.json<{ spec: Spec }>('get', 'deployment', 'web');
    expect(spec.template.spec).toMatchObject({
      terminationGracePeriodSeconds: 32,
      readinessGates: [{ conditionType: 'service.readiness.alibabacloud.com/public' }],
      containers: [{ lifecycle: { preStop: { sleep: { seconds: 12 } } } }],
    });
  });

  test('keeps a secret secret in the state, and nothing else', async () => {
    const { inputs } = await stack.state(':Deployment::web') as { inputs: { spec: Spec } };
    const [container] = inputs.spec.template.spec.containers;
    expect([container.image, container.env]).toEqual(['lab/web:1', [
      { name: 'WARM_UP_SECONDS', value: '2' }, { name: 'TOKEN', value: expect.objectContaining({ ciphertext: expect.any(String) }) },
    ]]);
  });

  test('is destroyed', async () => {
    const { ok, text } = await stack.destroy();
    expect(ok ? '' : text).toBe('');
    expect(await cluster.run('get', 'deployments,services,poddisruptionbudgets', '-o', 'name')).toBe('');
  });
});

interface Spec {
  readonly template: { readonly spec: { readonly containers: readonly { readonly image: string; readonly env: readonly object[] }[] } };
}
