import { EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/pulumi';
import type { LoadBalancerServiceArgs } from 'kube-graceful/pulumi';
import { holdService } from '../../lib/pulumi/hold-service';
import { eventually, only, run } from './registrations';

jest.setTimeout(20_000);

const containers = [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] }];
const eni = { service: 'public', mode: 'eni', provider: 'alibaba-clb' } as const;
const refused = (line: string) => `Cannot plan the rollout of Deployment/web:\n  - ${line}`;

const serve = (entry: object, more: Partial<LoadBalancerServiceArgs> = {}) => {
  const graceful = { soakSeconds: eventually(5), traffic: [{ ...eni, ...entry }] };
  const deployment = new GracefulDeployment('web', { containers, replicas: eventually(3), graceful });
  return new EniLoadBalancerService('public', { deployment, port: 80, ...more });
};

describe(holdService, () => {
  test.each<[string, object, Partial<LoadBalancerServiceArgs>, string]>([
    ['no entry', { service: 'other' }, {},
      'graceful.traffic must be given an entry for Service/public, as the pods are planned before the Service is known: current value is \'other\'. '
      + 'Add { service: \'public\', mode: \'eni\', provider: \'...\' }.'],
    ['another mode', { mode: 'local' }, {},
      'mode of Service/public must be \'local\', as the deployment was told: current value is \'eni\'. '
      + 'Make the entry in graceful.traffic { service: \'public\', mode: \'eni\', provider: \'...\' }, or use another kind of Service.'],
    ['another provider', { delaySeconds: eventually(7) }, { provider: 'aws-nlb' },
      'provider of Service/public must be \'alibaba-clb\', as the deployment was told: current value is \'aws-nlb\'. '
      + 'Make the entry in graceful.traffic { service: \'public\', mode: \'eni\', provider: \'aws-nlb\' }, or use another kind of Service.'],
  ])('refuses %s at once, although the plan is known later', async (_, entry, more, line) => {
    await run(() => {
      expect(() => serve(entry, more)).toThrow(refused(line));
    });
  });

  test('takes a provider that is known later', async () => {
    const plain = await run(() => serve({}, { provider: 'alibaba-clb' }));
    const late = await run(() => serve({ provider: eventually('alibaba-clb') }, { provider: eventually('alibaba-clb') }));
    expect(only(late.registrations, 'Service').inputs).toEqual(only(plain.registrations, 'Service').inputs);
  });

  test('waits for what it is held to', async () => {
    const { registrations } = await run(() => serve({ mode: eventually('eni'), delaySeconds: eventually(7) }));
    expect(registrations.find(({ type }) => type === 'kubernetes:core/v1:Service')?.inputs.metadata).toMatchObject({ name: 'public' });
  });
});
