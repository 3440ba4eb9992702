import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { DeploymentElsewhere, EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/pulumi';
import { serviceProvider } from '../../lib/pulumi/service-provider';
import { only, run } from './registrations';

jest.setTimeout(20_000);

const args = {
  containers: [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] }],
  graceful: { traffic: [{ service: 'public', mode: 'eni', provider: 'alibaba-clb' } as const] },
};

type Opts = pulumi.ComponentResourceOptions;

/** A deployment and its Service, with what each is told of providers; both know of two. */
const program = (optsOf: (one: k8s.Provider, other: k8s.Provider) => [Opts, Opts]) => run(() => {
  const [own, ofService] = optsOf(new k8s.Provider('one', {}), new k8s.Provider('other', {}));
  const deployment = new GracefulDeployment('web', args, own);
  return new EniLoadBalancerService('public', { deployment, port: 80 }, ofService);
});

const component = (opts: Opts) => new pulumi.ComponentResource('shop:index:Shop', 'shop', {}, opts);
const refused = (field: string, wanted: string, remedy: string) => 'Cannot plan the rollout of Service/public:\n'
  + `  - ${field} must be ${wanted} of its deployment: a Service only feeds pods of its own cluster: current value is another one. ${remedy}`;

describe(serviceProvider, () => {
  test.each<[string, (one: k8s.Provider) => [Opts, Opts]]>([
    ['is not said', (one) => [{ provider: one }, {}]],
    ['is not said, beside several of the deployment', (one) => [{ providers: { kubernetes: one } }, {}]],
    ['is the same', (one) => [{ provider: one }, { providers: [one] }]],
    ['is another one of its parent alone', (one) => [{ provider: one }, { parent: component({ provider: new k8s.Provider('third', {}) }) }]],
  ])('is that of the deployment where it %s', async (_, optsOf) => {
    const { registrations } = await program(optsOf);
    for (const kind of ['apps/v1:Deployment', 'core/v1:Service']) {
      expect(only(registrations, kind).options.provider).toMatch(/::pulumi:providers:kubernetes::one::/);
    }
  });

  test('is the default one where nobody says any', async () => {
    const { registrations } = await program(() => [{}, {}]);
    expect(only(registrations, 'core/v1:Service').options).toEqual({ ignoreChanges: ['spec.selector'] });
  });

  test.each<[string, (one: k8s.Provider, other: k8s.Provider) => [Opts, Opts], string]>([
    ['another one', (one, other) => [{ provider: one }, { provider: other }],
      refused('opts.provider', 'that', 'Leave it out, or give the deployment the same one.')],
    ['another one among several', (one, other) => [{ provider: one }, { providers: { kubernetes: other } }],
      refused('opts.provider', 'that', 'Leave it out, or give the deployment the same one.')],
    ['one beside a deployment of the default one', (one) => [{}, { provider: one }],
      refused('opts.provider', 'the default one, that', 'Leave it out, or give the deployment the same one.')],
    ['one of its parent beside a deployment of the default one', (one) => [{}, { parent: component({ provider: one }) }],
      refused('the provider of opts.parent', 'the default one, that', 'Give the deployment the same one, or the Service another parent.')],
  ])('refuses %s', async (_, optsOf, message) => {
    await expect(program(optsOf)).rejects.toThrow(message);
  });

  test('is the Service\'s own where its deployment is elsewhere', async () => {
    const { registrations } = await run(() => new EniLoadBalancerService(
      'public', { deployment: new DeploymentElsewhere('web', args), port: 80 }, { provider: new k8s.Provider('one', {}) },
    ));
    expect(only(registrations, 'core/v1:Service').options.provider).toMatch(/::pulumi:providers:kubernetes::one::/);
  });
});
