import * as pulumi from '@pulumi/pulumi';
import { EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/pulumi';
import { refuseDependsOn } from '../../lib/pulumi/refuse-waiting';
import { only, run } from './registrations';

jest.setTimeout(20_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
const eni = { service: 'public', mode: 'eni', provider: 'alibaba-clb' } as const;
const args = { containers: [container], replicas: 3, graceful: { longestRequestSeconds: 20, traffic: [eni] } };

/** Somebody's component with the deployment in it. */
function around(deployment: GracefulDeployment): pulumi.ComponentResource {
  const shop = new pulumi.ComponentResource('shop:index:Shop', 'shop');
  (shop as unknown as { __childResources: Set<pulumi.Resource> }).__childResources = new Set([deployment]);
  return shop;
}

describe(refuseDependsOn, () => {
  test.each<[string, (deployment: GracefulDeployment) => pulumi.ComponentResourceOptions['dependsOn']]>([
    ['deployment', (deployment) => deployment],
    ['deployment among others', (deployment) => [deployment.disruptionBudget!, deployment]],
    ['Deployment in it', ({ deployment }) => deployment],
    ['component around it', around],
  ])('refuses to wait for the %s, whose pods may wait for it', async (_, dependsOn) => {
    const { registrations } = await run(() => {
      const deployment = new GracefulDeployment('web', args);
      expect(() => new EniLoadBalancerService('public', { deployment, port: 80 }, { dependsOn: dependsOn(deployment) })).toThrow(
        'Cannot plan the rollout of Service/public:\n'
        + '  - dependsOn must be free of the deployment behind it, whose pods may be ready only once the Service feeds them: '
        + 'current value is the deployment. Leave it out: both are created side by side.',
      );
    });
    expect(registrations.map(({ type }) => type)).not.toContain('kube-graceful:index:EniLoadBalancerService');
  });

  test('waits for anything else', async () => {
    const { registrations } = await run(() => {
      const deployment = new GracefulDeployment('web', args);
      return new EniLoadBalancerService('public', { deployment, port: 80 }, { dependsOn: deployment.disruptionBudget });
    });
    expect(only(registrations, 'Service').options.dependsOn).toEqual([
      'kube-graceful:index:GracefulDeployment$kubernetes:policy/v1:PodDisruptionBudget::web',
    ]);
  });

  test('refuses a child of the Deployment, which is registered after it; a child of the component is not', async () => {
    await run(() => {
      const deployment = new GracefulDeployment('web', args);
      expect(() => new EniLoadBalancerService('public', { deployment, port: 80 }, { parent: deployment.deployment })).toThrow(
        'parent must be free of the deployment behind it, whose pods may be ready only once the Service feeds them: '
        + 'current value is the Deployment. Give its component, or none: a child is registered after its parent.',
      );
      return new EniLoadBalancerService('public', { deployment, port: 80 }, { parent: deployment });
    });
  });
});
