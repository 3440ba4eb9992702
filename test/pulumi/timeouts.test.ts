import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { GracefulOptions } from 'kube-graceful';
import { EniLoadBalancerService, GracefulDeployment, gracefulTransform } from 'kube-graceful/pulumi';
import { deploymentSeconds, serviceTimeouts } from '../../lib/pulumi/timeouts';
import { eventually, only, run } from './registrations';

jest.setTimeout(20_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
const eni = { service: 'web', mode: 'eni', provider: 'alibaba-clb' } as const;
const labels = { app: 'web' };
const metadata = { name: 'web', annotations: { team: 'shop' } };
const template = { metadata: { labels }, spec: { containers: [container] } };
const service = { metadata, spec: { type: 'LoadBalancer', selector: labels, ports: [{ port: 80, targetPort: 8080 }] } };
const graceful = { slowestStartSeconds: 900, traffic: [eni] };

type Given = { readonly name: string; readonly annotations: pulumi.Input<Record<string, string>> };

const components = (replicas: pulumi.Input<number>, given: Given = metadata) => run(() => {
  const deployment = new GracefulDeployment('web', { metadata: given, containers: [container], replicas, graceful });
  return new EniLoadBalancerService('web', { metadata: given, deployment, port: 80 });
});

const transformed = (replicas: pulumi.Input<number>, given: pulumi.Input<Given> = metadata) => run(() => {
  const transformations = [gracefulTransform({ perWorkload: { web: graceful } })];
  const parent = new pulumi.ComponentResource('shop:index:Chart', 'chart', {}, { transformations });
  new k8s.apps.v1.Deployment('web', { metadata: given, spec: { replicas, selector: { matchLabels: labels }, template } }, { parent });
  return new k8s.core.v1.Service('web', { ...service, metadata: pulumi.Output.isInstance(given) ? metadata : given }, { parent });
});

const said = ({ inputs, options }: ReturnType<typeof only>) => [
  (inputs.metadata as { annotations: Record<string, string> }).annotations['pulumi.com/timeoutSeconds'], options.customTimeouts,
];

describe(serviceTimeouts, () => {
  test.each([['components', components], ['a transform', transformed]])('reaches a Service of %s as an option, or else as its annotation', async (_, program) => {
    const plain = await program(3);
    expect(said(only(plain.registrations, 'Service'))).toEqual([undefined, { create: '1038s', update: '1038s' }]);
    expect(said(only(plain.registrations, 'Deployment'))).toEqual([undefined, { create: '3114s', update: '3114s' }]);
    const late = await program(eventually(3));
    expect(said(only(late.registrations, 'Service'))).toEqual(['1038', undefined]);
    expect(said(only(late.registrations, 'Deployment'))).toEqual(['3114', undefined]);
    expect(only(late.registrations, 'Service').inputs.metadata).toMatchObject(metadata);
    expect(only(late.registrations, 'Deployment').inputs.metadata).toMatchObject(metadata);
  });

  test('finds its place in metadata that is known late, too', async () => {
    const { registrations } = await transformed(eventually(3), eventually(metadata));
    expect(only(registrations, 'Deployment').inputs.metadata).toEqual({
      name: 'web', annotations: { 'team': 'shop', 'pulumi.com/timeoutSeconds': '3114' },
    });
  });

  const annotations = { 'team': 'shop', 'pulumi.com/timeoutSeconds': '7200' };

  test.each([['components', components], ['a transform', transformed]])(
    'leaves it to the annotation where an author of %s says it there: the provider looks at an option first', async (_, program) => {
      const { registrations } = await program(3, { ...metadata, annotations });
      for (const kind of ['Service', 'Deployment']) expect(said(only(registrations, kind))).toEqual(['7200', undefined]);
    },
  );

  test('leaves it to annotations that are known late, too', async () => {
    const { registrations } = await components(3, { name: 'web', annotations: eventually(annotations) });
    expect(said(only(registrations, 'Deployment'))).toEqual(['7200', undefined]);
  });
});

describe(deploymentSeconds, () => {
  const readinessProbe = { tcpSocket: { port: 8080 } };
  const slow = { initialDelaySeconds: 700 };
  const told = { traffic: [eni] };

  const ofComponents = (options: GracefulOptions, probe: object) => run(() => {
    const containers = [{ ...container, readinessProbe: { ...readinessProbe, ...probe } }];
    const deployment = new GracefulDeployment('web', { metadata, containers, replicas: 2, graceful: { ...told, ...options } });
    return new EniLoadBalancerService('web', { metadata, deployment, port: 80 });
  });
  const ofTransform = (options: GracefulOptions, probe: object) => run(() => {
    const transformations = [gracefulTransform({ perWorkload: { web: { ...told, ...options } } })];
    const parent = new pulumi.ComponentResource('shop:index:Chart', 'chart', {}, { transformations });
    const containers = [{ ...container, readinessProbe: { ...readinessProbe, ...probe } }];
    new k8s.apps.v1.Deployment('web', { metadata, spec: { replicas: 2, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } } }, { parent });
    return new k8s.core.v1.Service('web', service, { parent });
  });

  describe.each([['components', ofComponents], ['a transform', ofTransform]])('of %s', (_, program) => {
    test.each<[string, GracefulOptions, object, number]>([
      ['a probe that begins late', {}, slow, 876],
      ['a long warm-up', { warmUp: { successes: 30, periodSeconds: 30 } }, {}, 1066],
      ['nodes that come late', { scheduleSeconds: 900 }, {}, 956],
      ['a deadline that the author says', { progressDeadlineSeconds: 3600 }, {}, 3600],
    ])('are at least the progress deadline of each wave where the slowest start is not known: %s', async (__, options, probe, deadline) => {
      const { registrations } = await program(options, probe);
      const deployment = only(registrations, 'Deployment');
      expect(deployment.inputs.spec).toMatchObject({ progressDeadlineSeconds: deadline });
      expect(deployment.options.customTimeouts).toEqual({ create: `${2 * deadline}s`, update: `${2 * deadline}s` });
      expect(only(registrations, 'Service').options.customTimeouts).toEqual({ create: `${deadline}s`, update: `${deadline}s` });
    });
  });

  test('are at least the deadline that a spec has already, also where an annotation keeps it', async () => {
    const spec = { replicas: 2, progressDeadlineSeconds: 3600, selector: { matchLabels: labels }, template };
    for (const annotations of [{}, { 'kube-graceful/keep.progressDeadlineSeconds': 'agreed' }] as Record<string, string>[]) {
      const { registrations } = await run(() => {
        const deployment = new GracefulDeployment('web', { metadata: { name: 'web', annotations }, spec, graceful: told });
        return new EniLoadBalancerService('web', { deployment, port: 80 });
      });
      expect(only(registrations, 'Deployment').options.customTimeouts).toEqual({ create: '7200s', update: '7200s' });
      expect(only(registrations, 'Service').options.customTimeouts).toEqual({ create: '3600s', update: '3600s' });
    }
  });

  test('are what the rollout takes at most where the slowest start is known', async () => {
    const { registrations } = await ofComponents({ slowestStartSeconds: 10, progressDeadlineSeconds: 3600 }, {});
    expect(only(registrations, 'Deployment').options.customTimeouts).toBeUndefined();
  });
});
