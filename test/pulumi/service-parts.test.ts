import * as pulumi from '@pulumi/pulumi';
import { DeploymentElsewhere } from 'kube-graceful/pulumi';
import type { LoadBalancerServiceArgs } from 'kube-graceful/pulumi';
import { wantedService } from '../../lib/pulumi/service-manifest';
import { eventually, rejectionOf, valueOf } from './registrations';

const containers = [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] }];
const refused = (...lines: string[]) => `Cannot plan the rollout of Service/public:\n${lines.map((line) => `  - ${line}`).join('\n')}`;

const wanted = (more: Partial<LoadBalancerServiceArgs>, namespace?: pulumi.Input<string>) =>
  wantedService('public', { deployment: new DeploymentElsewhere('web', { containers, metadata: { namespace } }), ...more }, 'eni');

describe(wantedService, () => {
  test.each<[string, pulumi.Input<object>[]]>([['plain', []], ['late', [eventually({ port: 80 })]]])('refuses port beside %s spec.ports', (_, ports) => {
    expect(() => wanted({ port: 80, spec: { ports: ports as [] } })).toThrow(refused(
      'port must be absent beside spec.ports: current value is given. Say it in spec.ports.',
    ));
  });

  test('refuses what belongs to a port without it', () => {
    expect(() => wanted({ targetPort: 8080, portName: 'http', protocol: 'UDP', spec: { ports: [{ port: 80 }] } })).toThrow(refused(
      'targetPort must be absent without port: current value is given. Give port, or say it in spec.ports.',
      'portName must be absent without port: current value is given. Give port, or say it in spec.ports.',
      'protocol must be absent without port: current value is given. Give port, or say it in spec.ports.',
    ));
  });

  test.each([
    ['"shop", that of its pods: current value is "other". Leave it out.', 'other', 'shop'],
    ['absent, as its deployment has none: current value is "default". Leave it out.', 'default', undefined],
  ])('refuses another namespace than that of its pods: it must be %s', async (line, here, there) => {
    const message = refused(`metadata.namespace must be ${line}`);
    expect(() => wanted({ metadata: { namespace: here } }, there)).toThrow(message);
    const late = wanted({ metadata: { namespace: eventually(here) } }, there);
    expect((await rejectionOf(late.metadata.namespace)).message).toBe(message);
    if (there === undefined) return;
    const both = wanted({ metadata: { namespace: here } }, eventually(there));
    expect((await rejectionOf(both.metadata.namespace)).message).toBe(message);
  });

  test('refuses all at once', () => {
    const spec = { type: 'NodePort' };
    const deployment = new DeploymentElsewhere('web', {
      spec: {
        selector: { matchExpressions: [{ key: 'app', operator: 'Exists' }] },
        template: { metadata: { labels: { app: 'web' } }, spec: { containers: [{ ...containers[0], ports: [] }] } },
      },
    });
    expect(() => wanted({ deployment, metadata: { name: 'Public', namespace: 'other' }, port: 80, portName: 'http', spec })).toThrow(refused(
      'metadata.name must be lower case letters, digits and `-`, at most 63 of them, a letter first and a letter or digit last: '
        + 'current value is "Public". Give metadata.name as a plain string; without it the name of the resource is taken.',
      'metadata.namespace must be absent, as its deployment has none: current value is "other". Leave it out.',
      'spec.selector.matchLabels of the deployment must be a label at least, as a Service selects by labels alone: current value is none. '
        + 'Give the deployment\'s selector a label.',
      'targetPort must be given where the containers declare neither port 80 nor exactly one port: '
        + 'current value is not set, and they declare no port. Set targetPort to the port that the application listens on.',
      'spec.type must be absent, or \'LoadBalancer\': current value is "NodePort". Leave it out.',
    ));
  });

  test('takes the same namespace, whenever it is known', async () => {
    expect(wanted({ metadata: { namespace: 'shop' } }, 'shop').metadata).toEqual({ name: 'public', namespace: 'shop' });
    const { metadata } = wanted({ metadata: { namespace: eventually('shop') } }, eventually('shop'));
    expect(await valueOf(pulumi.output(metadata.namespace))).toBe('shop');
    expect(wanted({}).metadata).toEqual({ name: 'public' });
  });
});
