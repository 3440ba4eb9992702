import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { DeploymentElsewhere, EniLoadBalancerService, GracefulDeployment, gracefulTransform } from 'kube-graceful/pulumi';
import type { GracefulDeploymentArgs, LoadBalancerServiceArgs } from 'kube-graceful/pulumi';
import {
  refuseDeploymentToWait, refusePlainDeploymentToWait, refusePlainServiceToWait, refuseServiceToWait,
} from '../../lib/pulumi/refuse-waiting';
import { waitingOf } from '../../lib/pulumi/waiting';
import { metadata, service, spec, traffic, under } from './plain-program';
import { only, run } from './registrations';

jest.setTimeout(20_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
const eni = { service: 'public', mode: 'eni', provider: 'alibaba-clb' } as const;
const args = { containers: [container], replicas: 3, graceful: { longestRequestSeconds: 20, traffic: [eni] } };

const serviceRefused = (name: string, field: string, rest: string) => `Cannot plan the rollout of Service/${name}:\n`
  + `  - ${field} must be free of the deployment behind it, whose pods may be ready only once the Service feeds them: current value is ${rest}`;
const deploymentRefused = (field: string, rest: string) => 'Cannot plan the rollout of Deployment/web:\n'
  + `  - ${field} must be free of the Service before it, which the provider takes for created only once a pod of it exists: current value is ${rest}`;
const unawaited = { 'pulumi.com/skipAwait': 'true' };

/** Somebody's component with the deployment in it. */
function around(deployment: GracefulDeployment): pulumi.ComponentResource {
  const shop = new pulumi.ComponentResource('shop:index:Shop', 'shop');
  (shop as unknown as { __childResources: Set<pulumi.Resource> }).__childResources = new Set([deployment]);
  return shop;
}

describe(refuseServiceToWait, () => {
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

  test('refuses to wait for the deployment that another component creates, told the same', async () => {
    await run(() => {
      const { deployment } = new GracefulDeployment('web', args);
      const elsewhere = new DeploymentElsewhere('web', args);
      expect(() => new EniLoadBalancerService('public', { deployment: elsewhere, port: 80 }, { dependsOn: deployment }))
        .toThrow(serviceRefused('public', 'dependsOn', 'the deployment. Leave it out: both are created side by side.'));
    });
  });

  test.each<[string, (deployment: k8s.apps.v1.Deployment) => Partial<LoadBalancerServiceArgs>]>([
    ['metadata', ({ metadata: own }) => ({ metadata: { namespace: own.namespace } })],
    ['port', ({ spec: own }) => ({ port: own.template.spec.containers[0].ports[0].containerPort })],
  ])('refuses %s that is computed from the deployment', async (field, more) => {
    await run(() => {
      const deployment = new GracefulDeployment('web', args);
      expect(() => new EniLoadBalancerService('public', { deployment, port: 80, ...more(deployment.deployment) }))
        .toThrow(serviceRefused('public', field, 'computed from its outputs. Give the labels to both as plain values.'));
    });
  });

  test('waits for a parent that it shares with the deployment, and for a deployment for which the provider does not wait', async () => {
    const { registrations } = await run(() => {
      const parent = new k8s.core.v1.Namespace('shop');
      const deployment = new GracefulDeployment('web', { ...args, metadata: { annotations: unawaited } }, { parent });
      new EniLoadBalancerService('public', { deployment, port: 80 }, { parent, dependsOn: deployment });
      return new EniLoadBalancerService('public', { deployment: new GracefulDeployment('web', args, { parent }), port: 80 }, { dependsOn: parent });
    });
    expect(registrations.filter(({ type }) => type === 'kubernetes:core/v1:Service')).toHaveLength(2);
  });
});

describe(waitingOf, () => {
  test('finds the provider of Kubernetes among several of a component', async () => {
    await run(() => {
      const provider = new k8s.Provider('one', {});
      const dependsOn = new GracefulDeployment('web', args, { providers: { kubernetes: provider } });
      const deployment = new DeploymentElsewhere('web', args);
      expect(() => new EniLoadBalancerService('public', { deployment, port: 80 }, { provider, dependsOn }))
        .toThrow(serviceRefused('public', 'dependsOn', 'the deployment. Leave it out: both are created side by side.'));
      expect(new EniLoadBalancerService('public', { deployment, port: 80 }, { dependsOn })).toBeDefined();
    });
  });
});

describe(refuseDeploymentToWait, () => {
  type Own = (service: EniLoadBalancerService) => [Partial<GracefulDeploymentArgs>, pulumi.ComponentResourceOptions?];
  const program = (own: Own, annotations = {}) => run(() => {
    const elsewhere = new DeploymentElsewhere('web', args);
    const [more, opts] = own(new EniLoadBalancerService('public', { deployment: elsewhere, port: 80, metadata: { annotations } }));
    return new GracefulDeployment('web', { ...args, ...more }, opts);
  });

  test('refuses to wait for its Service, which waits for a pod', async () => {
    const line = deploymentRefused('dependsOn', 'the Service. Leave it out: both are created side by side.');
    await expect(program((one) => [{}, { dependsOn: one }])).rejects.toThrow(line);
    await expect(program((one) => [{}, { dependsOn: [one.service] }])).rejects.toThrow(line);
    await expect(program((one) => [{}, { parent: one.service }])).rejects.toThrow(
      deploymentRefused('parent', 'the Service. Give another one, or none: a child is registered after its parent.'));
  });

  test('refuses a variable that is computed from its Service', async () => {
    const containers = (value: pulumi.Output<string>) => [{ ...container, env: [{ name: 'ADDRESS', value }] }];
    await expect(program(({ endpoint }) => [{ containers: containers(endpoint) }])).rejects.toThrow(deploymentRefused(
      'containers', 'computed from its outputs. Give a value that is known before, such as the name of the Service or a host name of your own.'));
  });

  test('waits for a Service of another deployment, namespace or provider, and for one that the provider does not wait for', async () => {
    const provider = (name: string) => new k8s.Provider(name, {});
    await program((one) => [{ metadata: { name: 'other' } }, { dependsOn: one }]);
    await program((one) => [{ metadata: { namespace: 'test' } }, { dependsOn: one }]);
    await program((one) => [{}, { dependsOn: one, provider: provider('elsewhere') }]);
    await expect(program((one) => [{}, { dependsOn: one }], unawaited)).resolves.toBeDefined();
  });
});

type OfTwo = (one: never, other: never) => [object, pulumi.CustomResourceOptions?];

/** Runs a plain program under a transformation, where the Deployment or the Service comes first. */
const plain = (first: 'Deployment' | 'Service', own: OfTwo, more: object = {}) =>
  under({ perWorkload: { web: { traffic: [{ ...traffic[0], ...more }] } } }, (parent) => {
    const create: Record<string, new (...of: never[]) => unknown> = { Deployment: k8s.apps.v1.Deployment, Service: k8s.core.v1.Service };
    const propsOf: Record<string, object> = { Deployment: { metadata, spec }, Service: service };
    const second = first === 'Service' ? 'Deployment' : 'Service';
    const other = new k8s.apps.v1.Deployment('other', { metadata: { name: 'other' }, spec }, { parent });
    const [props, opts] = own(new create[first](...['web', propsOf[first], { parent }] as never[]) as never, other as never);
    new create[second](...['web', { ...propsOf[second], ...props }, { parent, ...opts }] as never[]);
  });

/** What the engine hands to a transform: of what the resource depends on, also by its inputs, the URNs. */
const byEngine = (type: string, props: object, dependsOn: readonly string[], more: pulumi.CustomResourceOptions = {}) => ({
  type, name: 'web', custom: true, props,
  opts: {
    dependsOn: dependsOn.map((urn) => new pulumi.DependencyResource(`urn:pulumi:test::shop::${urn}`)),
    parent: new pulumi.DependencyResource('urn:pulumi:test::shop::pulumi:pulumi:Stack::shop-test'), ...more,
  },
});
const DEPLOYMENT = 'kubernetes:apps/v1:Deployment';
const SERVICE = 'kubernetes:core/v1:Service';

describe(refusePlainServiceToWait, () => {
  const refused = serviceRefused('web', 'dependsOn',
    'the deployment. Leave it out, and give the labels to both as plain values: both are created side by side.');
  const transform = async (dependsOn: string[], mode: 'eni' | 'cluster' = 'eni', opts?: pulumi.CustomResourceOptions) => {
    const transformed = gracefulTransform({ perWorkload: { web: { traffic: [{ ...traffic[0], mode }] } } });
    await transformed(byEngine(DEPLOYMENT, { metadata, spec }, []));
    return transformed(byEngine(SERVICE, service, dependsOn, opts));
  };

  test('refuses to wait for the Deployment behind it, under a transformation', async () => {
    await expect(plain('Deployment', (one) => [{}, { dependsOn: one }])).rejects.toThrow(refused);
    await expect(plain('Deployment', (one, other) => [{}, { dependsOn: [other, one] }])).rejects.toThrow(refused);
    await expect(plain('Deployment', (one) => [{}, { parent: one }])).rejects.toThrow(
      serviceRefused('web', 'parent', 'the Deployment. Give another one, or none: a child is registered after its parent.'));
    await expect(plain('Deployment', (one: k8s.apps.v1.Deployment) => [{ metadata: { ...metadata, namespace: one.metadata.namespace } }])).rejects.toThrow(
      serviceRefused('web', 'metadata', 'computed from its outputs. Give the labels to both as plain values.'));
  });

  test.each(['', 'shop:index:Chart$'])('refuses the same by its URN, which is all that a transform knows: %j', async (parent) => {
    await expect(transform(['kubernetes:core/v1:Namespace::shop', `${parent}${DEPLOYMENT}::web`])).rejects.toThrow(refused);
  });

  test('waits for anything else, and where no pod waits for the Service', async () => {
    await plain('Deployment', (_, other) => [{}, { dependsOn: other }]);
    await plain('Deployment', (one) => [{}, { dependsOn: one }], { mode: 'cluster' });
    await plain('Deployment', (one) => [{}, { dependsOn: one }], { readinessGate: false });
    expect(await transform([`${DEPLOYMENT}::web2`, 'kubernetes:core/v1:ConfigMap::web', `${DEPLOYMENT}::a::${DEPLOYMENT}::web`])).toBeDefined();
    expect(await transform([`${DEPLOYMENT}::web`], 'cluster')).toBeDefined();
    const provider = new pulumi.DependencyResource('urn:pulumi:test::shop::pulumi:providers:kubernetes::elsewhere') as unknown as pulumi.ProviderResource;
    expect(await transform([`${DEPLOYMENT}::web`], 'eni', { provider })).toBeDefined();
  });

  test('does not wait for a URN that never comes', async () => {
    const opts = { dependsOn: [Object.assign(new pulumi.DependencyResource(''), { urn: pulumi.output(pulumi.unknown) })] };
    expect(await transform([], 'eni', opts as pulumi.CustomResourceOptions)).toBeDefined();
  });
});

describe(refusePlainDeploymentToWait, () => {
  const refused = deploymentRefused('dependsOn', 'the Service. Leave it out: both are created side by side.');

  test.each(['eni', 'local', 'cluster'] as const)('refuses to wait for its Service in mode %s, which waits for a pod', async (mode) => {
    await expect(plain('Service', (one) => [{}, { dependsOn: one }], { mode })).rejects.toThrow(refused);
  });

  test('refuses a variable that is computed from its Service', async () => {
    await expect(plain('Service', ({ status }: k8s.core.v1.Service) => {
      const env = [{ name: 'ADDRESS', value: status.loadBalancer.ingress[0].ip }];
      const containers = [{ ...container, env }];
      return [{ spec: { ...spec, template: { ...spec.template, spec: { containers } } } }];
    })).rejects.toThrow(deploymentRefused(
      'spec', 'computed from its outputs. Give a value that is known before, such as the name of the Service or a host name of your own.'));
  });

  test('refuses the same by its URN, and waits for a Service that leads elsewhere', async () => {
    const transform = gracefulTransform({ perWorkload: { web: { traffic } } });
    await transform(byEngine(SERVICE, service, []));
    await expect(transform(byEngine(DEPLOYMENT, { metadata, spec }, [`shop:index:Chart$${SERVICE}::web`]))).rejects.toThrow(refused);
    expect(await transform(byEngine(DEPLOYMENT, { metadata, spec }, [`${SERVICE}::db`]))).toBeDefined();
    expect(await transform(byEngine(DEPLOYMENT, { metadata: { ...metadata, namespace: 'test' }, spec }, [`${SERVICE}::web`]))).toBeDefined();
  });

  test('waits for a Service for which the provider does not wait', async () => {
    const transform = gracefulTransform({ perWorkload: { web: { traffic } } });
    await transform(byEngine(SERVICE, { ...service, metadata: { ...metadata, annotations: unawaited } }, []));
    expect(await transform(byEngine(DEPLOYMENT, { metadata, spec }, [`${SERVICE}::web`]))).toBeDefined();
  });
});
