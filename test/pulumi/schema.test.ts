import { join } from 'node:path';
import * as pulumi from '@pulumi/pulumi';
import { ComponentProvider } from '@pulumi/pulumi/provider/experimental';
import { PlanRefusedError } from 'kube-graceful';
import * as typed from 'kube-graceful/pulumi';
import { ClusterLoadBalancerService } from '../../plugin/cluster-load-balancer-service';
import { components } from '../../plugin/components';
import { EniLoadBalancerService } from '../../plugin/eni-load-balancer-service';
import { GracefulDeployment } from '../../plugin/graceful-deployment';
import { GracefulWorkload } from '../../plugin/graceful-workload';
import type { GracefulWorkloadArgs } from '../../plugin/graceful-workload-args';
import { LocalLoadBalancerService } from '../../plugin/local-load-balancer-service';
import { LongConnectionService } from '../../plugin/long-connection-service';
import { run, valueOf } from './registrations';
import type { Ran } from './registrations';

jest.setTimeout(60_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
const words = (mode: 'cluster' | 'local' | 'eni') => ({
  containers: [container], replicas: 3,
  graceful: { longestRequestSeconds: 20, longConnection: { handOverSeconds: 60 }, traffic: [{ service: 'public', mode, provider: 'alibaba-clb' }] },
});

/** What was registered, in whatever order. */
const registered = ({ registrations }: Ran<unknown>) => registrations.map((one) => JSON.stringify(one)).sort();

describe('the plugin', () => {
  test('has a schema of every component, so every language can use it', async () => {
    const dirname = join(__dirname, '..', '..', 'plugin');
    const provider = new ComponentProvider({ name: 'kube-graceful', dirname, version: '0.0.0', components });
    const schema = JSON.parse(await provider.getSchema(), (key, value) => key === 'description' ? undefined : value) as Schema;
    expect(Object.keys(schema.resources).sort()).toEqual(components.map(({ name }) => `kube-graceful:index:${name}`).sort());
    expect({ resources: linesOf(schema.resources), types: linesOf(schema.types) }).toMatchSnapshot();
  });

  test('has a form of every component of the typed layer', () => {
    const classes = Object.values(typed).filter((one) => 'prototype' in one && one.prototype instanceof pulumi.ComponentResource);
    expect(components.map(({ name }) => name)).toEqual(expect.arrayContaining(classes.map(({ name }) => name)));
  });
});

describe.each([
  [ClusterLoadBalancerService, typed.ClusterLoadBalancerService, 'cluster'],
  [LocalLoadBalancerService, typed.LocalLoadBalancerService, 'local'],
  [EniLoadBalancerService, typed.EniLoadBalancerService, 'eni'],
  [LongConnectionService, typed.LongConnectionService, 'eni'],
] as const)('%p for every language', (Form, Typed, mode) => {
  test('registers what the typed component registers, told in words instead of by the deployment', async () => {
    const metadata = { namespace: 'shop', labels: { team: 'shop' } };
    const service = { port: 80, spec: { loadBalancerSourceRanges: ['10.0.0.0/8'] } };
    const long = Form === LongConnectionService ? { mode, handOverSeconds: 60 } : {};
    const plain = await run(() => {
      const deployment = new typed.GracefulDeployment('web', { ...words(mode), metadata: { ...metadata, name: 'web' } });
      return new Typed('public', { deployment, ...service, ...long, metadata: { annotations: { a: 'b' } } } as never);
    });
    const formed = await run(() => {
      const deployment = { ...words(mode), ...metadata, metadataName: 'web' };
      const web = new GracefulDeployment('web', deployment);
      return { web, service: new Form('public', { deployment, ...service, ...long, annotations: { a: 'b' } } as never) };
    });
    expect(registered(formed)).toEqual(registered(plain));
    expect(await valueOf(formed.result.service.endpoint)).toBe('198.18.1.1');
    expect(await valueOf(formed.result.web.explanation)).toContain('Deployment/web in shop behind Service/public');
  });
});

describe(EniLoadBalancerService, () => {
  const lead = (metadataName: string) => run(() => new EniLoadBalancerService('public', { deployment: { ...words('eni'), metadataName }, port: 80 }));

  test.each([
    ['an Output', pulumi.output(Promise.resolve('web')) as unknown as string],
    ['not set', undefined as unknown as string],
    ['not set', ''],
    ['80', 80 as unknown as string],
  ])('refuses a deployment whose name is %s', async (found, metadataName) => {
    await expect(lead(metadataName)).rejects.toThrow('Cannot plan the rollout of Service/public:\n'
      + `  - deployment.metadataName must be a plain string, as the pods are planned before anything exists: current value is ${found}. Give it as a plain value.`);
  });

  test('speaks of names in its own words', async () => {
    await expect(lead('Web')).rejects.toThrow(/deployment\.metadataName must be .*: current value is "Web"\. Give deployment\.metadataName as a plain string\.$/);
    await expect(run(() => new EniLoadBalancerService('Public', { deployment: { ...words('eni'), metadataName: 'web' }, port: 80 }))).rejects.toThrow(
      /- metadataName must be .*: current value is "Public"\. Give metadataName as a plain string; without it the name of the resource is taken\.$/,
    );
  });
});

describe(LongConnectionService, () => {
  test.each([['"in-cluster"', 'in-cluster'], ['undefined', undefined], ['an Output', pulumi.output('eni')]])('refuses the mode %s', async (found, mode) => {
    const deployment = { ...words('eni'), metadataName: 'web' };
    await expect(run(() => new LongConnectionService('public', { deployment, port: 80, mode: mode as string }))).rejects.toThrow(
      `Cannot plan the rollout of Service/public:\n  - mode must be one of 'cluster', 'local', 'eni': current value is ${found}. `
      + 'Give one of these as a plain string; any other way to the pods needs no Service of this kind.',
    );
  });
});

describe(GracefulWorkload, () => {
  const services = [{ name: 'public', mode: 'eni', port: 80, provider: 'alibaba-clb' }];
  const make = (more: Partial<GracefulWorkloadArgs>, opts?: pulumi.ComponentResourceOptions) =>
    run(() => new GracefulWorkload('web', { containers: [container], services, graceful: { longestRequestSeconds: 20 }, ...more }, opts));
  const refused = (line: string) => `Cannot plan the rollout of Deployment/web:\n  - ${line}`;

  test('registers a deployment and its Services side by side, as the components do', async () => {
    const { registrations, result } = await make({});
    expect(registrations.map(({ type, name }) => `${type} ${name}`).sort()).toEqual([
      'kube-graceful:index:EniLoadBalancerService public', 'kube-graceful:index:GracefulDeployment web', 'kube-graceful:index:GracefulWorkload web',
      'kubernetes:apps/v1:Deployment web', 'kubernetes:core/v1:Service public', 'kubernetes:policy/v1:PodDisruptionBudget web',
    ]);
    const alone = await run(() => {
      const graceful = { longestRequestSeconds: 20, traffic: [{ service: 'public', mode: 'eni' as const, provider: 'alibaba-clb' }] };
      const deployment = new typed.GracefulDeployment('web', { containers: [container], graceful });
      return new typed.EniLoadBalancerService('public', { deployment, port: 80 });
    });
    const children = (ran: Ran<unknown>) => registered({ ...ran, registrations: ran.registrations.filter(({ type }) => type.startsWith('kubernetes:')) });
    expect(children({ result, registrations })).toEqual(children(alone));
    expect(await valueOf(result.plan.apply((plan) => plan.shutdown.terminationGracePeriodSeconds.value))).toBe(47);
    expect(await valueOf(result.endpoints)).toEqual({ public: '198.18.1.1' });
  });

  test('tells the deployment of its Services although the options are known later', async () => {
    const known = await make({});
    const later = await make({ graceful: pulumi.output(Promise.resolve({ longestRequestSeconds: 20 })) });
    expect(registered(later)).toEqual(registered(known));
  });

  test('takes the empty texts that an engine sends for timeouts nobody said', async () => {
    const graceful = { longestRequestSeconds: 600 };
    const { registrations } = await make({ graceful }, { customTimeouts: { create: '', update: '2h', delete: '' } });
    const [deployment] = registrations.filter(({ type }) => type === 'kubernetes:apps/v1:Deployment');
    expect(deployment.options.customTimeouts).toEqual({ update: '2h', pb_delete: '687s' });
  });

  test.each<[string, Partial<GracefulWorkloadArgs>]>([
    ['Services', { services: [{ ...services[0], mode: 'in-cluster' }] }],
    ['the deployment', { graceful: { longestRequestSeconds: -1 } }],
    ['its name', { metadataName: 'Web' }],
  ])('judges %s before it registers anything, and lets the engine print the message alone', async (_, more) => {
    let error: unknown;
    const { registrations } = await run(() => {
      try {
        return new GracefulWorkload('web', { containers: [container], services, ...more });
      } catch (thrown) {
        error = thrown;
        return undefined;
      }
    });
    expect([registrations, error instanceof PlanRefusedError, pulumi.RunError.isInstance(error)]).toEqual([[], true, true]);
  });

  test('speaks of its Services where a deployment would speak of traffic', async () => {
    const annotations = { 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-health-check-interval': '50' };
    await expect(make({ services: [{ ...services[0], annotations }] })).rejects.toThrow(refused(
      'arrival of Service/public must be at most 6 s, as the deployment was told: current value is 150 s with the Service\'s own settings. '
      + 'Say the same in services[].more (healthCheck, delaySeconds, registrationSeconds), so that the pods wait for it.',
    ));
    await expect(make({ services: [{ ...services[0], name: 'Public' }] })).rejects.toThrow(
      /- services\[\]\.name must be .*: current value is "Public"\. Give services\[\]\.name as a plain string\.$/,
    );
  });

  test('refuses a mode that is none of a load balancer', async () => {
    await expect(make({ services: [{ name: 'public', mode: 'in-cluster', port: 80 }] })).rejects.toThrow(refused(
      'mode of Service/public must be one of \'cluster\', \'local\', \'eni\': '
      + 'current value is "in-cluster". Give one of these; any other way to the pods goes to graceful.traffic.',
    ));
  });

  test('refuses Services of which nobody knows yet how many there are, or their names', async () => {
    const late = <T>(value: T) => pulumi.output(Promise.resolve(value)) as unknown as T;
    await expect(make({ services: late(services) })).rejects.toThrow(
      refused('services must be a plain list: current value is an Output. Give the list with names and modes as plain values.'),
    );
    await expect(make({ services: [{ ...services[0], name: late('public') }] })).rejects.toThrow(
      refused('name of a Service must be a plain string: current value is an Output. Give it as a plain value.'),
    );
  });

  test.each<[string, unknown, string]>([
    ['no list', null, 'services must be a plain list: current value is null. Give the list with names and modes as plain values.'],
    ['an object', { public: {} }, 'services must be a plain list: current value is {"public":{}}. Give the list with names and modes as plain values.'],
    ['no object in it', [null], 'a Service must be an object with name and mode: current value is null. Give one, or leave it out.'],
    ['a Service without a name', [{ mode: 'eni' }], 'name of a Service must be a plain string: current value is not set. Give it as a plain value.'],
    ['a Service with a number for one', [{ name: 80 }], 'name of a Service must be a plain string: current value is 80. Give it as a plain value.'],
  ])('says what it finds where Services are %s', async (_, given, line) => {
    await expect(make({ services: given as never })).rejects.toThrow(refused(line));
  });

  test('refuses an option that is none, although the schema lets it pass', async () => {
    await expect(make({ graceful: { longestRequest: 20 } })).rejects.toThrow(
      refused('longestRequest must be the name of an option: current value is 20. Look for a misspelt name, or leave it out.'),
    );
  });
});

type Properties = Readonly<Record<string, object>>;
interface Schema {
  readonly resources: Readonly<Record<string, Component>>;
  readonly types: Readonly<Record<string, Component>>;
}
interface Component {
  readonly inputProperties?: Properties;
  readonly properties: Properties;
}

/** One line a property, so that a change is read at a glance. */
function linesOf(schemas: Readonly<Record<string, Component>>): Readonly<Record<string, unknown>> {
  const lines = (properties: Properties) => Object.entries(properties).map(([name, property]) => `${name}: ${JSON.stringify(property)}`);
  return Object.fromEntries(Object.entries(schemas).map(([name, { inputProperties, properties, ...rest }]) =>
    [name, { ...rest, ...inputProperties && { inputs: lines(inputProperties) }, properties: lines(properties) }]));
}
