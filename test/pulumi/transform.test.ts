import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { ClusterLoadBalancerService, GracefulDeployment, gracefulTransform } from 'kube-graceful/pulumi';
import { container, labels, metadata, service, spec, traffic, under } from './plain-program';
import { only, run, valueOf } from './registrations';

jest.setTimeout(20_000);

const annotations = (drain: number) => ({
  'service.beta.kubernetes.io/backend-type': 'eni',
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain': 'on',
  'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout': `${drain}`,
});

/** What a transform is given by the engine, which tells of the parent no more than its URN. */
const givenByEngine = (kind: string, props: object, parent = 'shop:index:Chart::chart'): pulumi.ResourceTransformArgs => ({
  type: kind, name: 'made-up', custom: true, props,
  opts: {
    parent: Object.assign(Object.create(pulumi.DependencyResource.prototype) as pulumi.Resource, { urn: pulumi.output(`urn:pulumi:test::shop::${parent}`) }),
  },
});

const graceOf = ({ inputs }: { inputs: Readonly<Record<string, unknown>> }) =>
  (inputs.spec as { template: { spec: { terminationGracePeriodSeconds?: number } } }).template.spec.terminationGracePeriodSeconds;

describe(gracefulTransform, () => {
  test('hardens a Deployment in place: metadata, selector and place in the tree stay', async () => {
    const { registrations } = await under({ longestRequestSeconds: 20 }, (parent) => new k8s.apps.v1.Deployment('web', { metadata, spec }, { parent }));
    expect(only(registrations, 'Deployment')).toEqual({
      type: 'kubernetes:apps/v1:Deployment', name: 'web', parent: 'shop:index:Chart::chart', options: {},
      inputs: {
        apiVersion: 'apps/v1', kind: 'Deployment', metadata,
        spec: {
          ...spec,
          strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
          template: {
            metadata: { labels },
            spec: {
              containers: [{ ...container, lifecycle: { preStop: { sleep: { seconds: 7 } } } }],
              terminationGracePeriodSeconds: 42,
              topologySpreadConstraints: [{
                maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', matchLabelKeys: ['pod-template-hash'],
                labelSelector: { matchLabels: labels },
              }],
            },
          },
        },
      },
    });
  });

  test.each([['Deployment before its Service', false], ['Service before its Deployment', true]])('writes a %s alike', async (_, serviceFirst) => {
    const { registrations } = await under({ perWorkload: { web: { longestRequestSeconds: 20, traffic } } }, (parent) => {
      if (serviceFirst) new k8s.core.v1.Service('web', service, { parent });
      new k8s.apps.v1.Deployment('web', { metadata, spec }, { parent });
      if (!serviceFirst) new k8s.core.v1.Service('web', service, { parent });
    });
    expect(only(registrations, 'Service').inputs).toEqual({
      apiVersion: 'v1', kind: 'Service', metadata: { ...metadata, annotations: annotations(47) }, spec: service.spec,
    });
    expect(graceOf(only(registrations, 'Deployment'))).toBe(47);
  });

  test('refuses a Deployment that needs more than its Service, which came first, was written for', async () => {
    const sidecar = { name: 'log', image: 'shop/log:1', restartPolicy: 'Always' };
    const withSidecar = { ...spec, template: { ...spec.template, spec: { ...spec.template.spec, initContainers: [sidecar] } } };
    const program = (more: object) => under({ perWorkload: { web: { longestRequestSeconds: 20, traffic, ...more } } }, (parent) => {
      new k8s.core.v1.Service('web', service, { parent });
      new k8s.apps.v1.Deployment('web', { metadata, spec: withSidecar }, { parent });
    });
    await expect(program({})).rejects.toThrow([
      'Cannot plan the rollout of Deployment/web:',
      '  - terminationGracePeriodSeconds must be said, as Service/web is registered first and was written for 47 s: current value is not said, '
        + 'and the pods need 52 s. Add terminationGracePeriodSeconds: 52 to perWorkload[\'web\'].',
    ].join('\n'));
    const { registrations } = await program({ terminationGracePeriodSeconds: 52 });
    expect(only(registrations, 'Service').inputs.metadata).toEqual({ ...metadata, annotations: annotations(52) });
  });

  test('leaves every Service alone that it was not told of', async () => {
    const { registrations } = await under({}, (parent) => {
      new k8s.apps.v1.Deployment('web', { metadata, spec }, { parent });
      new k8s.core.v1.Service('web', service, { parent });
    });
    expect(only(registrations, 'Service')).toMatchObject({ inputs: { metadata, spec: service.spec }, options: {} });
    expect(only(registrations, 'Service').inputs.metadata).toEqual(metadata);
  });

  test('leaves Deployments alone that it was told to, and other kinds', async () => {
    const { registrations } = await under({ except: ['web'] }, (parent) => {
      new k8s.apps.v1.Deployment('web', { metadata, spec }, { parent });
      new k8s.apps.v1.StatefulSet('db', { metadata, spec: { ...spec, serviceName: 'db' } }, { parent });
    });
    expect(only(registrations, 'Deployment').inputs).toEqual({ apiVersion: 'apps/v1', kind: 'Deployment', metadata, spec });
    expect(only(registrations, 'StatefulSet').inputs.spec).toEqual({ ...spec, serviceName: 'db' });
  });

  test('lets what is said for one workload win over what is said for all', async () => {
    const { registrations } = await under({ longestRequestSeconds: 20, perWorkload: { web: { longestRequestSeconds: 60 } } }, (parent) => {
      new k8s.apps.v1.Deployment('web', { metadata, spec }, { parent });
    });
    expect(graceOf(only(registrations, 'Deployment'))).toBe(82);
  });

  test('knows a Deployment by its resource where the provider makes its name', async () => {
    const { registrations } = await under({ perWorkload: { web: { longestRequestSeconds: 60 } } }, (parent) => {
      new k8s.apps.v1.Deployment('web', { spec }, { parent });
    });
    expect(graceOf(only(registrations, 'Deployment'))).toBe(82);
    expect(only(registrations, 'Deployment').inputs.metadata).toBeUndefined();
  });

  test('hardens what is known later', async () => {
    const { registrations } = await under({ longestRequestSeconds: 20 }, (parent) => {
      new k8s.apps.v1.Deployment('web', { metadata: pulumi.output(Promise.resolve(metadata)), spec: pulumi.output(Promise.resolve(spec)) }, { parent });
    });
    expect(graceOf(only(registrations, 'Deployment'))).toBe(42);
    expect(only(registrations, 'Deployment').inputs.metadata).toEqual(metadata);
  });

  test('leaves what our own components create', async () => {
    const graceful = { longestRequestSeconds: 20, traffic: [{ ...traffic[0], mode: 'cluster' as const }] };
    const program = (parent?: pulumi.Resource) => {
      const deployment = new GracefulDeployment('web', { metadata, spec, graceful }, { parent });
      return new ClusterLoadBalancerService('web', { deployment, port: 80 }, { parent });
    };
    const alone = await run(() => program());
    const { registrations } = await under({ longestRequestSeconds: 600, perWorkload: { web: graceful } }, program);
    expect(only(registrations, 'Deployment').inputs).toEqual(only(alone.registrations, 'Deployment').inputs);
    expect(only(registrations, 'Service').inputs).toEqual(only(alone.registrations, 'Service').inputs);
  });

  test('knows our own by the parent\'s URN alone, as a transform gets it', async () => {
    const transform = gracefulTransform({});
    const given = (parent: string) => givenByEngine('kubernetes:apps/v1:Deployment', { metadata, spec }, parent);
    expect(await transform(given('shop:index:Chart$kube-graceful:index:GracefulDeployment::web'))).toBeUndefined();
    expect(await transform(given('kube-graceful:index:GracefulDeployment::web'))).toBeUndefined();
    expect(await transform(given('shop:index:Chart::kube-graceful:index:x'))).toBeDefined();
  });

  test.each<[string, object]>([
    ['metadata', pulumi.output(Promise.resolve(metadata))],
    ['a name', { ...metadata, name: pulumi.output(Promise.resolve('web')) }],
  ])('waits for %s that refers to another resource, where a transform may wait', async (_, late) => {
    const transform = gracefulTransform({ perWorkload: { web: { longestRequestSeconds: 20, traffic } } });
    const written = await transform(givenByEngine('kubernetes:core/v1:Service', { ...service, metadata: late }));
    expect(await valueOf(pulumi.output(written?.props))).toEqual({ ...service, metadata: { ...metadata, annotations: annotations(47) } });
    const deployment = await transform(givenByEngine('kubernetes:apps/v1:Deployment', { metadata: late, spec }));
    expect(graceOf({ inputs: await valueOf(pulumi.output(deployment?.props)) as Record<string, unknown> })).toBe(47);
  });

  test('refuses a Service that waits for pods that wait for the Service', async () => {
    const program = (mode: 'eni' | 'cluster') => under({ perWorkload: { web: { traffic: [{ ...traffic[0], mode }] } } }, (parent) => {
      const deployment = new k8s.apps.v1.Deployment('web', { metadata, spec }, { parent });
      new k8s.core.v1.Service('web', { ...service, spec: { ...service.spec, selector: deployment.spec.selector.matchLabels } }, { parent });
    });
    await expect(program('eni')).rejects.toThrow('Cannot plan the rollout of Service/web:\n'
      + '  - spec must be free of the deployment behind it, whose pods may be ready only once the Service feeds them: '
      + 'current value is computed from its outputs. Give the labels to both as plain values.');
    await expect(program('cluster')).resolves.toBeDefined();
  });

  test.each([[undefined], [{ labels }]])('refuses a Service that it was told of, and whose name the provider makes: metadata %j', async (unnamed) => {
    await expect(under({ perWorkload: { web: { traffic } } }, (parent) => {
      new k8s.core.v1.Service('web', { ...service, metadata: unnamed }, { parent });
    })).rejects.toThrow('Cannot plan the rollout of Service/web:\n'
      + '  - metadata.name must be \'web\', as the pods of Deployment/web are planned for a Service of this name: current value is not set. '
      + 'Give metadata.name.');
  });

  test('does not wait for metadata that a preview does not know', async () => {
    const transform = gracefulTransform({ perWorkload: { web: { traffic } } });
    expect(await transform(givenByEngine('kubernetes:core/v1:Service', { ...service, metadata: pulumi.output(pulumi.unknown) }))).toBeUndefined();
  });

  test('keeps what an author says of the resource, and adds the time that the rollout may take', async () => {
    const transform = gracefulTransform({ slowestStartSeconds: 600 });
    const props = { metadata, spec };
    const opts: pulumi.CustomResourceOptions = { deleteBeforeReplace: true, customTimeouts: { create: '5m', update: '' } };
    const result = await transform({ type: 'kubernetes:apps/v1:Deployment', name: 'web', custom: true, props, opts });
    expect(result?.opts).toEqual({ deleteBeforeReplace: true, customTimeouts: { create: '5m', update: '1444s' } });
    expect(await valueOf(pulumi.output(result?.props.metadata))).toEqual(metadata);
  });
});
