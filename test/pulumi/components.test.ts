import type * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { explain, planRollout } from 'kube-graceful';
import type { GracefulOptions, Service, Workload } from 'kube-graceful';
import {
  ClusterLoadBalancerService, EniLoadBalancerService, GracefulDeployment, LocalLoadBalancerService, LongConnectionService,
} from 'kube-graceful/pulumi';
import type { GracefulDeploymentArgs, LoadBalancerServiceArgs } from 'kube-graceful/pulumi';
import { byPulumi, byTheCore, expectParity } from './parity';
import { only, run, valueOf } from './registrations';

jest.setTimeout(20_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
const eni = { service: 'public', mode: 'eni', provider: 'alibaba-clb' } as const;
const args = { containers: [container], replicas: 3, graceful: { longestRequestSeconds: 20, traffic: [eni] } };
const alibaba = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer';

/** A component of a deployment alone. */
const deploy = (more: Partial<GracefulDeploymentArgs> = {}, opts?: pulumi.ComponentResourceOptions) =>
  run(() => new GracefulDeployment('web', { ...args, ...more }, opts));

/** A component of a deployment and one of the Services. */
const serve = (
  graceful: GracefulOptions, more: Partial<LoadBalancerServiceArgs>, Kind: new (name: string, args: LoadBalancerServiceArgs) => pulumi.Resource,
) => run(() => {
  const deployment = new GracefulDeployment('web', { ...args, graceful });
  return new Kind('public', { deployment, port: 80, ...more });
});

const eventually = <T>(value: T): pulumi.Output<T> => pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;
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
            containers: [{ ...container, lifecycle: { preStop: { sleep: { seconds: 12 } } }, readinessProbe: { tcpSocket: { port: 8080 } } }],
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
    const plan = planRollout({ defaultReadinessProbe: true, ...args.graceful }, { workload, services: [], ingresses: [], disruptionBudgets: [] });
    expect(await valueOf(result.plan)).toEqual(plan);
    expect(await valueOf(result.explanation)).toBe(explain(plan));
  });

  test('plans for what scales it, and leaves the number of replicas alone', async () => {
    const { result, registrations } = await deploy({ replicas: undefined, autoscaler: { minReplicas: 2, maxReplicas: 10 } });
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
      'metadata.name must be lower case letters, digits and `-`, at most 63 of them: current value is "Web". '
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

  test('makes secret what is computed from a secret', async () => {
    const { registrations, result } = await deploy({ graceful: { longestRequestSeconds: pulumi.secret(20) } });
    expect(only(registrations, 'Deployment').inputs.spec).toMatchObject(secretOf({ replicas: 3 }));
    expect(await pulumi.isSecret(result.plan)).toBe(true);
    expect(await pulumi.isSecret(result.explanation)).toBe(true);
  });

  test('leaves the provider its own timeouts while they are enough', async () => {
    const { registrations } = await deploy();
    expect(only(registrations, 'Deployment').options).toEqual({ deleteBeforeReplace: false });
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
    expect(deployment.options).toEqual({ deleteBeforeReplace: false });
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

const settings = { [`${alibaba}-connection-drain`]: 'on', [`${alibaba}-connection-drain-timeout`]: '47' };

describe.each([
  [EniLoadBalancerService, 'eni', { ...settings, 'service.beta.kubernetes.io/backend-type': 'eni' }, {}],
  [LocalLoadBalancerService, 'local', { ...settings, 'service.beta.kubernetes.io/backend-type': 'ecs' }, { externalTrafficPolicy: 'Local' }],
  [ClusterLoadBalancerService, 'cluster', { [`${alibaba}-connection-drain`]: 'on', [`${alibaba}-connection-drain-timeout`]: '42', 'service.beta.kubernetes.io/backend-type': 'ecs' }, {}],
] as const)('%p', (Kind, mode, annotations, spec) => {
  const traffic = [{ ...eni, mode }];

  test('registers a Service of its name that carries what the plan needs, and waits for nothing', async () => {
    const { registrations, result } = await serve({ longestRequestSeconds: 20, traffic }, {}, Kind);
    const service = only(registrations, 'Service');
    expect(service).toEqual({
      type: 'kubernetes:core/v1:Service', name: 'public', parent: `kube-graceful:index:${Kind.name}::public`, options: { deleteBeforeReplace: false },
      inputs: {
        apiVersion: 'v1', kind: 'Service', metadata: { name: 'public', annotations },
        spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
      },
    });
    expect(await valueOf((result as EniLoadBalancerService).endpoint)).toBe('198.18.1.1');
  });

  test('gives what the core gives for the same manifests', async () => {
    const graceful = { longestRequestSeconds: 20, traffic };
    const { registrations } = await serve(graceful, { metadata: { annotations: { [`${alibaba}-spec`]: 'slb.s1.small' } } }, Kind);
    const labels = { app: 'x' };
    const workload: Workload = {
      apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'x' },
      spec: { replicas: 3, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers: [container] } } },
    };
    const service: Service = {
      apiVersion: 'v1', kind: 'Service', metadata: { name: 'public', annotations: { [`${alibaba}-spec`]: 'slb.s1.small' } },
      spec: { type: 'LoadBalancer', selector: labels, ports: [{ port: 80, targetPort: 8080 }] },
    };
    expectParity(byPulumi(registrations), byTheCore(graceful, workload, [service]));
  });
});

describe(EniLoadBalancerService, () => {
  const refused = (lines: string) => `Cannot plan the rollout of Deployment/web:\n  - ${lines}`;

  test('refuses a deployment that was not told of it, and says what to add', async () => {
    await expect(serve({ traffic: [{ ...eni, service: 'other' }] }, { provider: 'aws-nlb' }, EniLoadBalancerService)).rejects.toThrow(refused(
      'graceful.traffic must be given an entry for Service/public, as the pods are planned before the Service is known: current value is \'other\'. '
      + 'Add { service: \'public\', mode: \'eni\', provider: \'aws-nlb\' }.',
    ));
  });

  test('refuses another mode and another provider than the deployment was told', async () => {
    await expect(serve({ traffic: [{ ...eni, mode: 'local' }] }, { provider: 'aws-nlb' }, EniLoadBalancerService)).rejects.toThrow(refused([
      'mode of Service/public must be \'local\', as the deployment was told: current value is \'eni\'. '
        + 'Make the entry in graceful.traffic { service: \'public\', mode: \'eni\', provider: \'aws-nlb\' }, or use another kind of Service.',
      'provider of Service/public must be \'alibaba-clb\', as the deployment was told: current value is \'aws-nlb\'. '
        + 'Make the entry in graceful.traffic { service: \'public\', mode: \'eni\', provider: \'aws-nlb\' }, or use another kind of Service.',
    ].join('\n  - ')));
  });

  test('refuses settings of its own that make it slower than the pods were planned for', async () => {
    const annotations = { [`${alibaba}-health-check-interval`]: '50' };
    await expect(serve({ traffic: [eni] }, { metadata: { annotations } }, EniLoadBalancerService)).rejects.toThrow(refused(
      'arrival of Service/public must be at most 6 s, as the deployment was told: current value is 150 s with the Service\'s own settings. '
      + 'Say the same in graceful.traffic (healthCheck, delaySeconds, registrationSeconds), so that the pods wait for it.',
    ));
  });

  test('keeps settings of its own that are as good or better', async () => {
    const annotations = { [`${alibaba}-connection-drain-timeout`]: '300', [`${alibaba}-connection-drain`]: 'on' };
    const { registrations } = await serve({ traffic: [eni] }, { metadata: { annotations } }, EniLoadBalancerService);
    expect(only(registrations, 'Service').inputs).toMatchObject({ metadata: { annotations } });
  });

  test('takes several ports, and everything else of a Service', async () => {
    const spec = { ports: [{ name: 'http', port: 80, targetPort: 8080 }, { name: 'https', port: 443, targetPort: 8080 }], loadBalancerSourceRanges: ['10.0.0.0/8'] };
    const { registrations } = await serve({ traffic: [eni] }, { port: undefined, spec }, EniLoadBalancerService);
    expect(only(registrations, 'Service').inputs.spec).toEqual({ ...spec, type: 'LoadBalancer', selector: { app: 'web' } });
  });

  test('refuses a type and a selector of another kind', async () => {
    const spec = { type: 'NodePort', selector: { app: 'other' } };
    await expect(serve({ traffic: [eni] }, { spec }, EniLoadBalancerService)).rejects.toThrow([
      'Cannot plan the rollout of Service/public:',
      '  - spec.type must be absent, or \'LoadBalancer\': current value is "NodePort". Leave it out.',
      '  - spec.selector must be absent: it is that of the deployment: current value is {"app":"other"}. Leave it out.',
    ].join('\n'));
  });

  test('refuses to guess the port of the pods', async () => {
    const ports = [{ containerPort: 8080 }, { containerPort: 9090 }];
    await expect(run(() => {
      const deployment = new GracefulDeployment('web', { ...args, containers: [{ ...container, ports }] });
      return new EniLoadBalancerService('public', { deployment, port: 80 });
    })).rejects.toThrow('targetPort must be given where the containers declare neither port 80 nor exactly one port: '
      + 'current value is not set, and they declare 8080, 9090. Set targetPort to the port that the application listens on.');
  });

  test('comes in the namespace of its deployment', async () => {
    const { registrations } = await run(() => {
      const deployment = new GracefulDeployment('web', { ...args, metadata: { namespace: eventually('shop') } });
      return new EniLoadBalancerService('public', { deployment, port: 80 });
    });
    expect(only(registrations, 'Service').inputs.metadata).toMatchObject({ namespace: 'shop' });
    expect(only(registrations, 'PodDisruptionBudget').inputs.metadata).toEqual({ name: 'web', namespace: 'shop' });
  });

  test('gives the same where the deployment\'s options are known later', async () => {
    const plain = await serve({ longestRequestSeconds: 20, traffic: [eni] }, {}, EniLoadBalancerService);
    const late = await run(() => {
      const deployment = new GracefulDeployment('web', { ...args, graceful: eventually(args.graceful) });
      return new EniLoadBalancerService('public', { deployment, port: eventually(80) });
    });
    expect(only(late.registrations, 'Service').inputs).toEqual(only(plain.registrations, 'Service').inputs);
  });

  test('gives the provider the time of the slowest first pod', async () => {
    const { registrations } = await serve({ slowestStartSeconds: 900, traffic: [eni] }, {}, EniLoadBalancerService);
    expect(only(registrations, 'Service').options.customTimeouts).toEqual({ create: '1038s', update: '1038s' });
  });
});

describe(ClusterLoadBalancerService, () => {
  test('refuses the policy of another mode', async () => {
    const graceful = { traffic: [{ service: 'public', mode: 'cluster' as const }] };
    await expect(serve(graceful, { spec: { externalTrafficPolicy: 'Local' } }, ClusterLoadBalancerService)).rejects.toThrow([
      'Cannot plan the rollout of Service/public:',
      '  - spec.externalTrafficPolicy must be absent, or \'Cluster\': current value is \'Local\'. Leave it out, or make Service/public a LocalLoadBalancerService.',
    ].join('\n'));
  });
});

describe(LongConnectionService, () => {
  const connect = (graceful: GracefulOptions, longestSessionSeconds?: number) => run(() => {
    const deployment = new GracefulDeployment('web', { ...args, graceful });
    return new LongConnectionService('public', { deployment, port: 80, mode: 'eni', longestSessionSeconds });
  });

  test('registers a Service whose load balancer leaves sessions alone', async () => {
    const { registrations } = await connect({ traffic: [eni], longConnection: { longestSessionSeconds: 600 } }, 600);
    expect(only(registrations, 'Service').inputs.metadata).toMatchObject({ annotations: { [`${alibaba}-connection-drain-timeout`]: '627' } });
  });

  test('refuses a deployment that was told nothing of sessions, or something else', async () => {
    await expect(connect({ traffic: [eni] })).rejects.toThrow('graceful.longConnection must be given, as connections through this Service outlive a request: '
      + 'current value is nothing. Tell the deployment how long connections live: its pods are planned before the Service is known.');
    await expect(connect({ traffic: [eni], longConnection: { handOverSeconds: 60 } }, 600)).rejects.toThrow(
      'graceful.longConnection must be { longestSessionSeconds: 600 }, as its Service says: current value is { handOverSeconds: 60 }.',
    );
  });
});
