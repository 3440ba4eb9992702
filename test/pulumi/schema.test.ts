import { join } from 'node:path';
import { ComponentProvider } from '@pulumi/pulumi/provider/experimental';
import { GracefulWorkload } from 'kube-graceful/pulumi';
import { only, run, valueOf } from './registrations';

jest.setTimeout(60_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };

describe(GracefulWorkload, () => {
  test('has a schema, so every language can use it', async () => {
    const dirname = join(__dirname, '..', '..', 'plugin');
    const provider = new ComponentProvider({ name: 'kube-graceful', dirname, version: '0.0.0', components: [GracefulWorkload] });
    const { resources, types } = JSON.parse(await provider.getSchema(), (key, value) => key === 'description' ? undefined : value);
    expect({ resources, types }).toMatchSnapshot();
  });

  test('registers a deployment and its Services side by side', async () => {
    const services = [{ name: 'public', mode: 'eni', port: 80, provider: 'alibaba-clb' }];
    const graceful = { longestRequestSeconds: 20 };
    const { registrations, result } = await run(() => new GracefulWorkload('web', { containers: [container], services, graceful }));
    expect(registrations.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      'kube-graceful:index:EniLoadBalancerService public', 'kube-graceful:index:GracefulDeployment web', 'kube-graceful:index:GracefulWorkload web',
      'kubernetes:apps/v1:Deployment web', 'kubernetes:core/v1:Service public', 'kubernetes:policy/v1:PodDisruptionBudget web',
    ]);
    expect(only(registrations, 'Service').options).toEqual({ ignoreChanges: ['spec.selector'] });
    expect(await valueOf(result.graceSeconds)).toBe(47);
    expect(await valueOf(result.endpoints)).toEqual({ public: '198.18.1.1' });
  });

  test('refuses a mode that is none of a load balancer', async () => {
    const services = [{ name: 'public', mode: 'in-cluster', port: 80 }];
    await expect(run(() => new GracefulWorkload('web', { containers: [container], services }))).rejects.toThrow(
      'Cannot plan the rollout of Deployment/web:\n  - mode of Service/public must be one of \'cluster\', \'local\', \'eni\': '
      + 'current value is "in-cluster". Give one of these; any other way to the pods goes to graceful.traffic.',
    );
  });

  test('refuses an option that is none, although the schema lets it pass', async () => {
    await expect(run(() => new GracefulWorkload('web', { containers: [container], graceful: { longestRequest: 20 } }))).rejects.toThrow(
      'longestRequest must be the name of an option: current value is 20. Look for a misspelt name, or leave it out.',
    );
  });
});
