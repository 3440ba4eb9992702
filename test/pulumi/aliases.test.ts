import * as pulumi from '@pulumi/pulumi';
import { ClusterLoadBalancerService, GracefulDeployment } from 'kube-graceful/pulumi';
import { only, run } from './registrations';
import type { Registration } from './registrations';

jest.setTimeout(20_000);

const containers = [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] }];
const graceful = { traffic: [{ service: 'web', mode: 'cluster' as const, provider: 'alibaba-clb' }] };

interface Spec {
  readonly name: string;
  readonly noparent: boolean;
}

/** The URNs that the engine looks for in its state: of the same type, and of the same name if none is said. */
const formerUrns = ({ type, name, options }: Registration) => (options.aliases as readonly (Spec | string)[]).map((alias) =>
  typeof alias === 'string' ? alias : `urn:pulumi:test::shop::${alias.noparent ? '' : 'below its parent '}${type}::${alias.name || name}`);

describe.each<[string, pulumi.Alias, string]>([
  ['of the same name', { parent: pulumi.rootStackResource }, 'web'],
  ['of another name', { parent: pulumi.rootStackResource, name: 'old' }, 'old'],
])('aliases of what stood at the root of the stack, %s', (_, alias, name) => {
  test('are the URNs of the plain resources', async () => {
    const before = [alias];
    const { registrations } = await run(() => {
      const deployment = new GracefulDeployment('web', { containers, graceful, deploymentAliases: before, disruptionBudgetAliases: before });
      return new ClusterLoadBalancerService('web', { deployment, port: 80, serviceAliases: before });
    });
    const kinds = ['apps/v1:Deployment', 'policy/v1:PodDisruptionBudget', 'core/v1:Service'];
    expect(kinds.map((kind) => formerUrns(only(registrations, kind)))).toEqual(kinds.map((kind) => [`urn:pulumi:test::shop::kubernetes:${kind}::${name}`]));
  });
});
