import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from 'kube-graceful';
import type { Problem } from 'kube-graceful';
import { DeploymentElsewhere, EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/pulumi';
import type { LoadBalancerServiceArgs } from 'kube-graceful/pulumi';
import { holdService } from '../../lib/pulumi/hold-service';
import { Met } from '../../lib/pulumi/met';
import { plainName } from '../../lib/pulumi/plain-name';
import { Refusals } from '../../lib/pulumi/refusals';
import { refuseOtherSelector } from '../../lib/pulumi/refuse-other-selector';
import { wantedService } from '../../lib/pulumi/service-manifest';
import { eventually, only, rejectionOf, run, valueOf } from './registrations';

jest.setTimeout(20_000);

const containers = [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] }];
const refused = (object: string, ...lines: string[]) => `Cannot plan the rollout of ${object}:\n${lines.map((line) => `  - ${line}`).join('\n')}`;

describe(wantedService, () => {
  const refusal = (...lines: string[]) => refused('Service/public', ...lines);
  const wanted = (more: Partial<LoadBalancerServiceArgs>, namespace?: pulumi.Input<string>) =>
    wantedService('public', { deployment: new DeploymentElsewhere('web', { containers, metadata: { namespace } }), ...more }, 'eni');

  test.each<[string, pulumi.Input<object>[]]>([['plain', []], ['late', [eventually({ port: 80 })]]])('refuses port beside %s spec.ports', (_, ports) => {
    expect(() => wanted({ port: 80, spec: { ports: ports as [] } })).toThrow(refusal(
      'port must be absent beside spec.ports: current value is given. Say it in spec.ports.',
    ));
  });

  test('refuses what belongs to a port without it', () => {
    expect(() => wanted({ targetPort: 8080, portName: 'http', protocol: 'UDP', spec: { ports: [{ port: 80 }] } })).toThrow(refusal(
      'targetPort must be absent without port: current value is given. Give port, or say it in spec.ports.',
      'portName must be absent without port: current value is given. Give port, or say it in spec.ports.',
      'protocol must be absent without port: current value is given. Give port, or say it in spec.ports.',
    ));
  });

  test.each([
    ['"shop", that of its pods: current value is "other". Leave it out.', 'other', 'shop'],
    ['absent, as its deployment has none: current value is "default". Leave it out.', 'default', undefined],
  ])('refuses another namespace than that of its pods: it must be %s', async (line, here, there) => {
    const message = refusal(`metadata.namespace must be ${line}`);
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
    expect(() => wanted({ deployment, metadata: { name: 'Public', namespace: 'other' }, port: 80, portName: 'http', spec })).toThrow(refusal(
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

  test('takes a selector of labels that the pods have, whenever it is known, and refuses any other', async () => {
    const labels = { app: 'web', tier: 'front' };
    const spec = { selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
    const deployment = new DeploymentElsewhere('web', { spec });
    expect(wanted({ deployment, spec: { ports: [{ port: 80 }] } }).selector).toEqual(labels);
    expect(wanted({ deployment, spec: { selector: { app: 'web' } } })).toMatchObject({ selector: { app: 'web' }, service: { spec: { selector: { app: 'web' } } } });
    expect(await valueOf(pulumi.output(wanted({ deployment, spec: { selector: eventually({ app: 'web' }) } }).selector))).toEqual({ app: 'web' });
    for (const selector of [{ app: 'web', tier: 'back' }, {}] as Record<string, string>[]) {
      const message = refusal(`spec.selector must be absent, or of labels that the pods of the deployment have: ${JSON.stringify(labels)}: `
        + `current value is ${JSON.stringify(selector)}. Leave it out to get that of the deployment.`);
      expect(() => wanted({ deployment, spec: { selector } })).toThrow(message);
      expect((await rejectionOf(wanted({ deployment, spec: eventually({ selector }) }).selector)).message).toBe(message);
    }
  });

  test('takes the same namespace, whenever it is known', async () => {
    expect(wanted({ metadata: { namespace: 'shop' } }, 'shop').metadata).toEqual({ name: 'public', namespace: 'shop' });
    const { metadata } = wanted({ metadata: { namespace: eventually('shop') } }, eventually('shop'));
    expect(await valueOf(pulumi.output(metadata.namespace))).toBe('shop');
    expect(wanted({}).metadata).toEqual({ name: 'public' });
  });
});

describe(holdService, () => {
  const eni = { service: 'public', mode: 'eni', provider: 'alibaba-clb' } as const;

  const serve = (entry: object, more: Partial<LoadBalancerServiceArgs> = {}) => {
    const graceful = { soakSeconds: eventually(5), traffic: [{ ...eni, ...entry }] };
    const deployment = new GracefulDeployment('web', { containers, replicas: eventually(3), graceful });
    return new EniLoadBalancerService('public', { deployment, port: 80, ...more });
  };

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
      expect(() => serve(entry, more)).toThrow(refused('Deployment/web', line));
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

describe(plainName, () => {
  const long = 'a'.repeat(64);

  test.each([['Deployment', 'web.v1'], ['Deployment', '1web'], ['Deployment', long], ['Service', 'web'], ['Service', 'web-1']] as const)('takes for a %s: %s', (kind, name) => {
    expect(plainName(kind, 'resource', { name })).toBe(name);
    expect(plainName(kind, name, undefined)).toBe(name);
  });

  test.each([['web.'], ['.web'], ['a..b'], ['web-'], ['Web'], [''], ['a'.repeat(254)]])('refuses for a Deployment: %s', (name) => {
    expect(() => plainName('Deployment', 'web', { name })).toThrow(refused(
      'Deployment/web', 'metadata.name must be lower case letters, digits, `-` and `.`, at most 253 of them, each part with a letter or digit at both ends: '
        + `current value is "${name}". Give metadata.name as a plain string; without it the name of the resource is taken.`,
    ));
  });

  test.each([['web.v1'], ['1web'], ['-web'], ['web-'], ['Web'], [''], [long]])('refuses for a Service: %s', (name) => {
    expect(() => plainName('Service', 'public', { name })).toThrow(refused(
      'Service/public', 'metadata.name must be lower case letters, digits and `-`, at most 63 of them, a letter first and a letter or digit last: '
        + `current value is "${name}". Give metadata.name as a plain string; without it the name of the resource is taken.`,
    ));
  });
});

describe(refuseOtherSelector, () => {
  afterEach(() => jest.restoreAllMocks());

  /** What became of the check of a live selector. */
  const checked = (live: pulumi.Output<object>, wanted: pulumi.Input<object>) => {
    const both = pulumi.all([live, wanted]);
    jest.spyOn(pulumi, 'all').mockReturnValue(both as never);
    const apply = jest.spyOn(both, 'apply');
    refuseOtherSelector({ resource: {} as pulumi.Resource, object: 'Service/public', live, wanted });
    return apply.mock.results[0].value as pulumi.Output<unknown>;
  };
  const refusal = (there: string, here: string) => refused(
    'Service/public', `spec.selector must be ${there}, as it is live: changing it could leave clients without pods: current value is ${here}. `
    + 'Where the pods have these labels, too, say them in spec.selector. Else create a second deployment with a Service of its own, '
    + 'lead the clients to it, then remove the first. If a transform changed the selector, say it in spec instead.',
  );

  test.each<[string, pulumi.Input<object>, string, string]>([
    ['another selector', { app: 'other' }, '{"app":"web"}', '{"app":"other"}'],
    ['one that is known later', pulumi.output(Promise.resolve({ app: 'other' })), '{"app":"web"}', '{"app":"other"}'],
    ['a secret one, of which it shows nothing', pulumi.secret({ app: 'other' }), '[secret]', '[secret]'],
  ])('refuses %s', async (_, wanted, there, here) => {
    expect((await rejectionOf(checked(pulumi.secret({ app: 'web' }), wanted))).message).toBe(refusal(there, here));
  });
});

describe(Refusals, () => {
  const problem = (field: string): Problem => ({ id: 'wrong-number', field, wanted: '1', found: '2', remedy: 'Give 1.' });
  const refuse = (...fields: string[]) => (): never => {
    throw new PlanRefusedError('Service/other', fields.map(problem));
  };

  test('throws what all steps refuse, in their order and of one object', () => {
    const refusals = new Refusals();
    expect([refusals.from(refuse('a', 'b')), refusals.from(() => 7), refusals.from(refuse('c'))]).toEqual([undefined, 7, undefined]);
    expect(() => refusals.throwAny('Service/public')).toThrow(refused(
      'Service/public', ...['a', 'b', 'c'].map((field) => `${field} must be 1: current value is 2. Give 1.`),
    ));
  });

  test('throws nothing where no step refuses, and any other error at once', () => {
    const refusals = new Refusals();
    refusals.from(() => 7);
    refusals.throwAny('Service/public');
    const error = new TypeError('no refusal');
    expect(() => refusals.from(() => { throw error; })).toThrow(error);
  });
});

describe(Met, () => {
  const met = (...namespaces: readonly (string | undefined)[]) => {
    const all = new Met<number>();
    namespaces.forEach((namespace, index) => all.note('web', { namespace, provider: 'here' }, index));
    return all;
  };

  test.each<[readonly (string | undefined)[], string | undefined, object | undefined]>([
    [[], 'shop', undefined],
    [['test'], 'shop', undefined],
    [['shop', 'test'], 'shop', { value: 0, others: 0 }],
    [['shop', undefined], 'shop', { value: 0, others: 0 }],
    [['test', undefined], 'shop', { value: 1, others: 0 }],
    [['shop'], undefined, { value: 0, others: 0 }],
    [['shop', 'test'], undefined, { value: 1, others: 1 }],
    [[undefined, 'test'], undefined, { value: 0, others: 1 }],
  ])('finds among %j for %j: %j', (namespaces, namespace, found) => {
    expect(met(...namespaces).find('web', { namespace, provider: 'here' })).toEqual(found);
    expect(met(...namespaces).find('api', { namespace, provider: 'here' })).toBeUndefined();
    expect(met(...namespaces).find('web', { namespace, provider: 'elsewhere' })).toBeUndefined();
  });

  test.each<[readonly (string | undefined)[], string | undefined, readonly number[]]>([
    [['shop', 'shop', 'test', undefined], 'shop', [0, 1]],
    [['shop', undefined, undefined], undefined, [1, 2]],
    [['test', undefined], 'shop', [1]],
    [['shop', 'test'], undefined, [0, 1]],
  ])('finds among %j all that may be in %j: %j', (namespaces, namespace, found) => {
    expect(met(...namespaces).findAll('web', { namespace, provider: 'here' })).toEqual(found);
    expect(met(...namespaces).findAll('web', { namespace, provider: 'elsewhere' })).toEqual([]);
  });

  test('finds all of a name, wherever they are', () => {
    const all = met('shop', 'test');
    all.note('web', { namespace: 'shop', provider: 'elsewhere' }, 7);
    expect([all.findAnywhere('web'), all.findAnywhere('api')]).toEqual([[0, 1, 7], []]);
  });
});
