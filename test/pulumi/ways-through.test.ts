import * as k8s from '@pulumi/kubernetes';
import type { GracefulOptions, TrafficOptions } from 'kube-graceful';
import { waysThrough } from '../../lib/pulumi/ways-through';
import { service, spec, under } from './plain-program';
import { eventually } from './registrations';

jest.setTimeout(20_000);

const eni: TrafficOptions = { service: 'public', mode: 'eni', provider: 'alibaba-clb' };
const local: TrafficOptions = { service: 'public', mode: 'local', provider: 'tencent-clb' };
const told = (entry: TrafficOptions, longestRequestSeconds: number): GracefulOptions => ({ longestRequestSeconds, traffic: [entry] });

type Objects = readonly (readonly ['Deployment' | 'Service', string, unknown])[];

/** What the Services of a program carry, each by its resource. */
async function written(perWorkload: Readonly<Record<string, GracefulOptions>>, objects: Objects) {
  const { registrations } = await under({ perWorkload }, (parent) => {
    objects.forEach(([kind, name, namespace], index) => {
      const metadata = { name, ...namespace !== undefined && { namespace: namespace as string } };
      if (kind === 'Deployment') new k8s.apps.v1.Deployment(`${index}-${name}`, { metadata, spec }, { parent });
      else new k8s.core.v1.Service(`${index}-${name}`, { metadata, spec: service.spec }, { parent });
    });
  });
  return registrations.filter(({ type }) => type.endsWith(':Service'))
    .map(({ inputs }) => (inputs.metadata as { annotations?: Record<string, string> }).annotations ?? {});
}

const drain = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout';
const otherwise = [
  'Cannot plan the rollout of Service/public:',
  '  - traffic of Service/public must be the same in perWorkload for \'a\' and \'b\', as it may lead to either: current value is '
    + '{"service":"public","mode":"eni","provider":"alibaba-clb"} and {"service":"public","mode":"local","provider":"tencent-clb"}. '
    + 'Say the same of it in both. Where each has a Service of its own, give each pair a transform of its own, in the option `transforms` of what '
    + 'is around the pair alone, or register each Deployment before its Service, both with metadata.namespace as a plain string.',
].join('\n');

describe(waysThrough, () => {
  test('leads each of two Services of one name to the Deployment in its namespace', async () => {
    const [first, second] = await written({ a: told(eni, 5), b: told(local, 100) }, [
      ['Deployment', 'a', 'n1'], ['Deployment', 'b', 'n2'], ['Service', 'public', 'n1'], ['Service', 'public', 'n2'],
    ]);
    const [alone] = await written({ b: told(local, 100) }, [['Deployment', 'b', 'n2'], ['Service', 'public', 'n2']]);
    expect(first[drain]).toBe('32');
    expect(second).toEqual(alone);
  });

  test.each<[string, Objects]>([
    ['comes first', [['Service', 'public', 'n2'], ['Deployment', 'b', 'n2']]],
    ['has a namespace that is known later', [['Deployment', 'a', 'n1'], ['Deployment', 'b', 'n2'], ['Service', 'public', eventually('n2')]]],
    ['leads to both', [['Deployment', 'a', 'n1'], ['Deployment', 'b', 'n1'], ['Service', 'public', 'n1']]],
  ])('refuses a Service that %s, where they were told different things of it', async (_, objects) => {
    await expect(written({ a: told(eni, 5), b: told(local, 100) }, objects)).rejects.toThrow(otherwise);
  });

  test.each<[string, Objects]>([
    ['comes first', [['Service', 'public', 'n1'], ['Deployment', 'a', 'n1'], ['Deployment', 'b', 'n1']]],
    ['has a namespace that is known later', [['Deployment', 'a', 'n1'], ['Deployment', 'b', 'n2'], ['Service', 'public', eventually('n2')]]],
    ['leads to both', [['Deployment', 'a', undefined], ['Deployment', 'b', undefined], ['Service', 'public', undefined]]],
  ])('gives a Service that %s the drain that each of them needs', async (_, objects) => {
    const [{ [drain]: seconds }] = await written({ a: told(eni, 5), b: told(eni, 100) }, objects);
    expect(seconds).toBe('127');
  });

  test('passes over a Deployment that reaches the Service in another way', async () => {
    const [{ [drain]: seconds }] = await written({ a: told({ service: 'public', mode: 'in-cluster' }, 100), b: told(eni, 5) }, [['Service', 'public', 'n1']]);
    expect(seconds).toBe('32');
  });
});
