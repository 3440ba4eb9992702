import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { explain, planRollout } from 'kube-graceful';
import { EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/pulumi';
import type { GracefulDeploymentArgs } from 'kube-graceful/pulumi';
import { eventually, only, run, valueOf } from './registrations';

jest.setTimeout(20_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
const eni = { service: 'public', mode: 'eni', provider: 'alibaba-clb' } as const;
const args = { containers: [container], replicas: 3, graceful: { longestRequestSeconds: 20, traffic: [eni] } };

/** A component of a deployment alone. */
const deploy = (more: Partial<GracefulDeploymentArgs> = {}, opts?: pulumi.ComponentResourceOptions) =>
  run(() => new GracefulDeployment('web', { ...args, ...more }, opts));

const secretOf = (value: unknown) => ({ '4dabf18193072939515e22adb298388d': '1b47061264138c4ac30d75fd1eb44270', value });

describe(GracefulDeployment, () => {
  test('registers the Deployment and its disruption budget as children of its name', async () => {
    const { registrations } = await deploy({ metadata: { name: 'shop-web', namespace: 'shop' } });
    expect(registrations.map(({ type, name, parent }) => [type, name, parent]).sort()).toEqual([
      ['kube-graceful:index:GracefulDeployment', 'web', ''],
      ['kubernetes:apps/v1:Deployment', 'web', 'kube-graceful:index:GracefulDeployment::web'],
      ['kubernetes:policy/v1:PodDisruptionBudget', 'web', 'kube-graceful:index:GracefulDeployment::web'],
    ]);
    expect(only(registrations, 'GracefulDeployment').inputs).toEqual({});
    expect(only(registrations, 'PodDisruptionBudget').inputs).toEqual({
      apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'shop-web', namespace: 'shop' },
      spec: { maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { app: 'shop-web' } } },
    });
    expect(only(registrations, 'Deployment').inputs.metadata).toEqual({ name: 'shop-web', namespace: 'shop' });
  });

  test('gives the Deployment the whole plan', async () => {
    const { registrations } = await deploy();
    expect(only(registrations, 'Deployment').inputs).toEqual({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: 3,
        minReadySeconds: 6,
        selector: { matchLabels: { app: 'web' } },
        strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: {
            containers: [{
              ...container, lifecycle: { preStop: { sleep: { seconds: 12 } } }, readinessProbe: { tcpSocket: { port: 8080 } },
            }],
            readinessGates: [{ conditionType: 'service.readiness.alibabacloud.com/public' }],
            terminationGracePeriodSeconds: 47,
            topologySpreadConstraints: [{
              maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'ScheduleAnyway', matchLabelKeys: ['pod-template-hash'],
              labelSelector: { matchLabels: { app: 'web' } },
            }],
          },
        },
      },
    });
  });

  test('takes the whole spec of a plain Deployment, and changes nothing that the plan does not', async () => {
    const spec = {
      replicas: 2, revisionHistoryLimit: 3, selector: { matchLabels: { tier: 'front' } },
      template: { metadata: { labels: { tier: 'front' }, annotations: { a: 'b' } }, spec: { serviceAccountName: 'web', containers: [container] } },
    };
    const { registrations } = await deploy({ containers: undefined, replicas: undefined, spec, metadata: { labels: { team: 'shop' } } });
    const inputs = only(registrations, 'Deployment').inputs as { metadata: object; spec: k8s.types.output.apps.v1.DeploymentSpec };
    expect(inputs.metadata).toEqual({ name: 'web', labels: { team: 'shop' } });
    expect(inputs.spec.revisionHistoryLimit).toBe(3);
    expect(inputs.spec.selector).toEqual(spec.selector);
    expect(inputs.spec.template.metadata).toEqual(spec.template.metadata);
    expect(inputs.spec.template.spec.serviceAccountName).toBe('web');
  });

  test('says what it planned, as data and as text', async () => {
    const { result } = await deploy();
    const workload = { kind: 'Deployment', metadata: { name: 'web' }, spec: { replicas: 3, selector: { matchLabels: { app: 'web' } }, template: { spec: { containers: [container] } } } };
    const options = { defaultReadinessProbe: true, ...args.graceful };
    const plan = planRollout(options, { workload, services: [], ingresses: [], disruptionBudgets: [] });
    expect(await valueOf(result.plan)).toEqual(plan);
    expect(await valueOf(result.explanation)).toBe(explain(plan));
  });

  test('plans for what scales it, and leaves the number of replicas alone', async () => {
    const { result, registrations } = await deploy({ replicas: undefined, graceful: { autoscaler: { minReplicas: 2, maxReplicas: 10 } } });
    expect((await valueOf(result.plan)).pace.at.map(({ replicas }) => replicas)).toEqual([2, 10]);
    expect(only(registrations, 'Deployment').inputs.spec).not.toHaveProperty('replicas');
  });

  test('creates no disruption budget where none is wanted', async () => {
    const { registrations, result } = await deploy({ disruptionBudget: false });
    expect(registrations.map(({ type }) => type)).not.toContain('kubernetes:policy/v1:PodDisruptionBudget');
    expect(result.disruptionBudget).toBeUndefined();
  });

  test('refuses plain values that do not add up at once, all of them', async () => {
    await expect(deploy({ graceful: { longestRequestSeconds: -1, traffic: [{ ...eni, provider: 'alibabacloud' }] } })).rejects.toThrow([
      'Cannot plan the rollout of Deployment/web:',
      '  - longestRequestSeconds must be a whole number of seconds from 0 to 31536000: current value is -1. Give a number in this range, or leave it out.',
      '  - provider of Service/public must be one of generic, alibaba-clb, alibaba-nlb, tencent-clb, aws-nlb: current value is "alibabacloud". '
        + 'For any other load balancer, give \'generic\' with delaySeconds and what you know of its health check.',
    ].join('\n'));
  });

  test('registers nothing where it refuses', async () => {
    let component: GracefulDeployment | undefined;
    const { registrations } = await run(() => {
      expect(() => component = new GracefulDeployment('web', { ...args, graceful: { soakSeconds: -1 } })).toThrow('soakSeconds');
    });
    expect([component, registrations]).toEqual([undefined, []]);
  });

  test.each([
    ['an Output for a name', { metadata: { name: eventually('web') as unknown as string } },
      'metadata.name must be a plain string, as Services and readiness gates refer to it before anything exists: current value is an Output. '
        + 'Give metadata.name as a plain string; without it the name of the resource is taken.'],
    ['a name that is none', { metadata: { name: 'Web' } },
      'metadata.name must be lower case letters, digits, `-` and `.`, at most 253 of them, each part with a letter or digit at both ends: current value is "Web". '
        + 'Give metadata.name as a plain string; without it the name of the resource is taken.'],
    ['containers beside a spec', { spec: { selector: {}, template: {} } },
      'spec must be given where containers is not, and only there: current value is both. Give containers alone, or the whole spec with the containers in it.\n'
        + '  - replicas must be absent beside spec: current value is given. Say it in the spec.'],
  ])('refuses %s', async (_, more, line) => {
    await expect(deploy(more)).rejects.toThrow(`Cannot plan the rollout of Deployment/web:\n  - ${line}`);
  });

  test('plans at once where only what no plan looks at is an Output', async () => {
    const image = eventually('shop/web:1.5');
    await expect(deploy({ containers: [{ ...container, image }], graceful: { longestRequestSeconds: 1.5 } })).rejects.toThrow('longestRequestSeconds');
    const { registrations, result } = await deploy({ containers: [{ ...container, image }] });
    expect(pulumi.Output.isInstance(result.planned)).toBe(false);
    expect(only(registrations, 'Deployment').inputs).toMatchObject({ spec: { template: { spec: { containers: [{ image: 'shop/web:1.5' }] } } } });
  });

  test.each<[string, Partial<GracefulDeploymentArgs>]>([
    ['the options', { graceful: eventually(args.graceful) }],
    ['one option', { graceful: { ...args.graceful, longestRequestSeconds: eventually(20) } }],
    ['the traffic', { graceful: { ...args.graceful, traffic: [eventually(eni)] } }],
    ['the containers', { containers: eventually([container]) }],
    ['a port', { containers: [{ ...container, ports: [{ containerPort: eventually(8080) }] }] }],
    ['a promise of the replicas', { replicas: Promise.resolve(3) }],
  ])('gives the same where %s is known later', async (_, more) => {
    const plain = await deploy();
    const late = await deploy(more);
    expect(pulumi.Output.isInstance(late.result.planned)).toBe(true);
    expect(only(late.registrations, 'Deployment').inputs).toEqual(only(plain.registrations, 'Deployment').inputs);
    expect(await valueOf(late.result.plan)).toEqual(await valueOf(plain.result.plan));
  });

  test('refuses wrong options at once, although something else is known later', async () => {
    await expect(deploy({ replicas: eventually(3), graceful: { longestRequestSeconds: -1, soakSeconds: eventually(1) } })).rejects.toThrow([
      'Cannot plan the rollout of Deployment/web:',
      '  - longestRequestSeconds must be a whole number of seconds from 0 to 31536000: current value is -1. Give a number in this range, or leave it out.',
    ].join('\n'));
  });

  test('keeps a secret secret, and only that', async () => {
    const env = [{ name: 'TOKEN', value: pulumi.secret('abc') }];
    const { registrations } = await deploy({ containers: [{ ...container, env }] });
    const spec = only(registrations, 'Deployment').inputs.spec as { replicas: unknown; template: { spec: { containers: unknown[] } } };
    expect(spec.replicas).toBe(3);
    expect(spec.template.spec.containers[0]).toMatchObject({ image: 'shop/web:1.4', env: [{ name: 'TOKEN', value: secretOf('abc') }] });
  });

  test('keeps a secret to itself where something else is known later', async () => {
    const env = [{ name: 'TOKEN', value: pulumi.secret('abc') }];
    const { registrations, result } = await run(() => {
      const deployment = new GracefulDeployment('web', { ...args, replicas: eventually(3), containers: [{ ...container, env }] });
      new EniLoadBalancerService('public', { deployment, port: 80 });
      return deployment;
    });
    expect(only(registrations, 'Deployment').inputs.spec).toMatchObject({
      replicas: 3, template: { spec: { containers: [{ image: 'shop/web:1.4', env: [{ name: 'TOKEN', value: secretOf('abc') }] }] } },
    });
    expect(only(registrations, 'Service').inputs.spec).toEqual({
      type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }],
    });
    expect(await pulumi.isSecret(result.plan)).toBe(false);
    expect(await pulumi.isSecret(result.explanation)).toBe(false);
  });

  test('makes secret what is computed from a secret', async () => {
    const { registrations, result } = await deploy({ graceful: { longestRequestSeconds: pulumi.secret(20) } });
    const [strategy, template] = [{ rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } }, expect.anything()].map(secretOf);
    expect(only(registrations, 'Deployment').inputs.spec).toEqual({ replicas: 3, selector: { matchLabels: { app: 'web' } }, strategy, template });
    expect(only(registrations, 'Deployment').inputs.metadata).toEqual({ name: 'web' });
    expect(await pulumi.isSecret(result.plan)).toBe(true);
    expect(await pulumi.isSecret(result.explanation)).toBe(true);
  });

  test('leaves the provider its own timeouts while they are enough', async () => {
    const { registrations } = await deploy();
    expect(only(registrations, 'Deployment').options).toEqual({ ignoreChanges: ['spec.selector'] });
  });

  test('gives the provider the time that a slow rollout or a long grace needs', async () => {
    const graceful = { longestRequestSeconds: 600, slowestStartSeconds: 300, traffic: [{ ...eni, mode: 'cluster' as const }] };
    const { registrations, result } = await deploy({ graceful });
    const { pace, shutdown } = await valueOf(result.plan);
    expect([pace.at[0].rolledOut.atMostSeconds, shutdown.terminationGracePeriodSeconds.value]).toEqual([1266, 622]);
    expect(only(registrations, 'Deployment').options.customTimeouts).toEqual({ create: '1266s', update: '1266s', pb_delete: '682s' });
  });

  test('allows a minute a wave where nobody said how long a start takes', async () => {
    const { registrations } = await deploy({ replicas: 20 });
    expect(only(registrations, 'Deployment').options.customTimeouts).toEqual({ create: '1320s', update: '1320s' });
  });

  test('lets the author decide on timeouts', async () => {
    const { registrations } = await deploy({ replicas: 20 }, { customTimeouts: { update: '2h' } });
    expect(only(registrations, 'Deployment').options.customTimeouts).toEqual({ create: '1320s', update: '2h' });
  });

  test('gives the time by annotation where it is known too late for an option', async () => {
    const { registrations } = await deploy({ replicas: eventually(20), metadata: { annotations: { team: 'shop' } } });
    const deployment = only(registrations, 'Deployment');
    expect(deployment.inputs.metadata).toEqual({ name: 'web', annotations: { 'team': 'shop', 'pulumi.com/timeoutSeconds': '1320' } });
    expect(deployment.options).toEqual({ ignoreChanges: ['spec.selector'] });
  });

  test('passes on the provider, and its Service does', async () => {
    const { registrations } = await run(() => {
      const opts = { provider: new k8s.Provider('elsewhere', {}) };
      const deployment = new GracefulDeployment('web', args, opts);
      return new EniLoadBalancerService('public', { deployment, port: 80 }, opts);
    });
    const children = registrations.filter(({ type }) => /^kubernetes:/.test(type));
    expect(children.map(({ name, options }) => [name, options.provider]).sort()).toEqual(
      ['public', 'web', 'web'].map((name) => [name, expect.stringMatching(/::pulumi:providers:kubernetes::elsewhere::/)]),
    );
  });

  test('passes on what an author says of the resource', async () => {
    const { registrations } = await run(() => {
      const first = new GracefulDeployment('first', args);
      return new GracefulDeployment('web', { ...args, deploymentAliases: [{ parent: pulumi.rootStackResource }] }, { protect: true, dependsOn: first.deployment });
    });
    const children = registrations.filter(({ parent }) => parent.endsWith('::web'));
    expect(children.map(({ options }) => [options.protect, options.dependsOn])).toEqual([
      [true, ['kube-graceful:index:GracefulDeployment$kubernetes:apps/v1:Deployment::first']],
      [true, ['kube-graceful:index:GracefulDeployment$kubernetes:apps/v1:Deployment::first']],
    ]);
    const [deployment] = children.filter(({ type }) => type.endsWith(':Deployment'));
    expect(deployment.options.aliases).toEqual([expect.objectContaining({ noparent: true })]);
  });
});
