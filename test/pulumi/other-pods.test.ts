import * as k8s from '@pulumi/kubernetes';
import type * as pulumi from '@pulumi/pulumi';
import { refuseOtherPods } from '../../lib/pulumi/other-pods';
import { labels, metadata, service, spec, traffic, under } from './plain-program';
import { eventually, only } from './registrations';

jest.setTimeout(20_000);

interface Given {
  readonly selector?: pulumi.Input<Record<string, string>>;
  readonly deployment?: object;
  readonly itself?: object;
}

const program = (order: 'before' | 'after', { selector, deployment = metadata, itself = metadata }: Given) =>
  under({ perWorkload: { web: { longestRequestSeconds: 20, traffic } } }, (parent) => {
    const create = [
      () => new k8s.core.v1.Service('web', { metadata: itself, spec: { ...service.spec, selector } }, { parent }),
      () => new k8s.apps.v1.Deployment('web', { metadata: deployment, spec }, { parent }),
    ];
    for (const one of order === 'before' ? create : create.reverse()) one();
  });

describe(refuseOtherPods, () => {
  describe.each([['before' as const], ['after' as const]])('of a Service that comes %s its Deployment', (order) => {
    test.each([[metadata], [{ name: 'web' }]])('refuses one that selects other pods: metadata %j', async (both) => {
      await expect(program(order, { selector: { app: 'other' }, deployment: both, itself: both })).rejects.toThrow('Cannot plan the rollout of Deployment/web:\n'
        + '  - traffic.service must be a Service that selects the pods: there is none: current value is \'web\'. Correct the name, or the Service\'s selector.');
    });

    test.each<[string, Given]>([
      ['selects the pods, by a value that is known later', { selector: { app: eventually('web') } as never }],
      ['selects nothing, as somebody else writes its endpoints', {}],
      ['may be in another namespace', { selector: { app: 'other' }, itself: { ...metadata, namespace: eventually('shop') } }],
      ['may be in another namespace than a Deployment of the provider\'s', { selector: { app: 'other' }, itself: { ...metadata, namespace: eventually('shop') }, deployment: { name: 'web' } }],
    ])('takes one that %s', async (_, given) => {
      const { registrations } = await program(order, given);
      expect(only(registrations, 'Service').inputs.metadata).toMatchObject({ annotations: expect.anything() as object });
    });
  });

  const workload = (given: unknown) => ({ metadata: { name: 'web' }, spec: { template: { metadata: { labels: given } } } }) as never;
  const select = (given: unknown) => ({ metadata: { name: 'web' }, spec: { selector: given } }) as never;

  test('says nothing where the selector asks for less than the pods have', () => {
    expect(() => refuseOtherPods({ name: 'web', options: {}, workload: workload({ ...labels, tier: 'front' }) }, select(labels))).not.toThrow();
    expect(() => refuseOtherPods({ name: 'web', options: {}, workload: workload(labels) }, select({ ...labels, tier: 'front' }))).toThrow('selects the pods');
  });
});
