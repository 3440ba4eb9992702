import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { EniLoadBalancerService, GracefulDeployment, gracefulTransform } from 'kube-graceful/pulumi';
import { serviceTimeouts } from '../../lib/pulumi/timeouts';
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
