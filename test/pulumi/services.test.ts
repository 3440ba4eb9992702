import * as pulumi from '@pulumi/pulumi';
import type { GracefulOptions, Service, Workload } from 'kube-graceful';
import {
  ClusterLoadBalancerService, DeploymentElsewhere, EniLoadBalancerService, GracefulDeployment, LocalLoadBalancerService,
  LongConnectionService,
} from 'kube-graceful/pulumi';
import type { LoadBalancerServiceArgs } from 'kube-graceful/pulumi';
import { otherSelector } from '../../lib/pulumi/refuse-other-selector';
import { byPulumi, byTheCore, expectParity } from './parity';
import { eventually, only, run, valueOf } from './registrations';
import type { Registration } from './registrations';

jest.setTimeout(20_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
const eni = { service: 'public', mode: 'eni', provider: 'alibaba-clb' } as const;
const args = { containers: [container], replicas: 3, graceful: { longestRequestSeconds: 20, traffic: [eni] } };
const alibaba = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer';

type Kind = new (name: string, args: LoadBalancerServiceArgs) => pulumi.Resource;

/** A component of a deployment and one of the Services. */
const serve = (graceful: GracefulOptions, more: Partial<LoadBalancerServiceArgs>, ServiceOfKind: Kind) => run(() => {
  const deployment = new GracefulDeployment('web', { ...args, graceful });
  return new ServiceOfKind('public', { deployment, port: 80, ...more });
});

const settings = { [`${alibaba}-connection-drain`]: 'on', [`${alibaba}-connection-drain-timeout`]: '47' };

describe.each([
  [EniLoadBalancerService, 'eni', { ...settings, 'service.beta.kubernetes.io/backend-type': 'eni' }, {}],
  [LocalLoadBalancerService, 'local', { ...settings, 'service.beta.kubernetes.io/backend-type': 'ecs' }, { externalTrafficPolicy: 'Local' }],
  [ClusterLoadBalancerService, 'cluster', { ...settings, [`${alibaba}-connection-drain-timeout`]: '42', 'service.beta.kubernetes.io/backend-type': 'ecs' }, {}],
] as const)('%p', (ServiceOfKind, mode, annotations, spec) => {
  const traffic = [{ ...eni, mode }];

  test('registers a Service of its name that carries what the plan needs, and waits for nothing', async () => {
    const { registrations, result } = await serve({ longestRequestSeconds: 20, traffic }, {}, ServiceOfKind);
    const service = only(registrations, 'Service');
    expect(service).toEqual({
      type: 'kubernetes:core/v1:Service', name: 'public', parent: `kube-graceful:index:${ServiceOfKind.name}::public`, options: { ignoreChanges: ['spec.selector'] },
      inputs: {
        apiVersion: 'v1', kind: 'Service', metadata: { name: 'public', annotations },
        spec: { type: 'LoadBalancer', selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], ...spec },
      },
    });
    expect(await valueOf((result as EniLoadBalancerService).endpoint)).toBe('198.18.1.1');
  });

  test('gives what the core gives for the same manifests', async () => {
    const graceful = { longestRequestSeconds: 20, traffic };
    const { registrations } = await serve(graceful, { metadata: { annotations: { [`${alibaba}-spec`]: 'slb.s1.small' } } }, ServiceOfKind);
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
      '  - spec.selector must be absent, or of labels that the pods of the deployment have: {"app":"web"}: current value is {"app":"other"}. '
        + 'Leave it out to get that of the deployment.',
      '  - spec.type must be absent, or \'LoadBalancer\': current value is "NodePort". Leave it out.',
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

  test('refuses another namespace than that of its pods', async () => {
    await expect(serve({ traffic: [eni] }, { metadata: { namespace: 'shop' } }, EniLoadBalancerService)).rejects.toThrow(
      'Cannot plan the rollout of Service/public:\n  - metadata.namespace must be absent, as its deployment has none: current value is "shop". Leave it out.',
    );
  });

  test('comes in the namespace of its deployment', async () => {
    const { registrations } = await run(() => {
      const deployment = new GracefulDeployment('web', { ...args, metadata: { namespace: eventually('shop') } });
      return new EniLoadBalancerService('public', { deployment, port: 80 });
    });
    expect(only(registrations, 'Service').inputs.metadata).toMatchObject({ namespace: 'shop' });
    expect(only(registrations, 'Deployment').inputs.metadata).toEqual({ name: 'web', namespace: 'shop' });
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

describe(DeploymentElsewhere, () => {
  test('leads a Service to a deployment that something else creates', async () => {
    const plain = await serve(args.graceful, {}, EniLoadBalancerService);
    const { registrations, result } = await run(() => {
      const deployment = new DeploymentElsewhere('web', args);
      new EniLoadBalancerService('public', { deployment, port: 80 });
      return deployment;
    });
    expect(registrations.map(({ type }) => type)).toEqual(['kube-graceful:index:EniLoadBalancerService', 'kubernetes:core/v1:Service']);
    expect(only(registrations, 'Service')).toEqual(only(plain.registrations, 'Service'));
    expect(await valueOf(result.explanation)).toContain('Deployment/web behind Service/public');
    expect((await valueOf(result.plan)).shutdown.terminationGracePeriodSeconds.value).toBe(47);
  });

  test('refuses what the deployment\'s component would refuse', () => {
    expect(() => new DeploymentElsewhere('web', { ...args, metadata: { name: 'Web' } })).toThrow('metadata.name must be lower case letters');
  });
});

describe(otherSelector, () => {
  test('lets the same selector pass, in whatever order', () => {
    expect(otherSelector('Service/public', { app: 'web', tier: 'front' }, { tier: 'front', app: 'web' })).toBeUndefined();
  });

  test('refuses another one, and says the way out', () => {
    expect(otherSelector('Service/public', { app: 'web' }, { app: 'web2' })?.message).toBe('Cannot plan the rollout of Service/public:\n'
      + '  - spec.selector must be {"app":"web"}, as it is live: changing it could leave clients without pods: current value is {"app":"web2"}. '
      + 'Where the pods have these labels, too, say them in spec.selector. Else create a second deployment with a Service of its own, '
      + 'lead the clients to it, then remove the first. If a transform changed the selector, say it in spec instead.');
    expect(otherSelector('Deployment/web', { app: 'web' }, { app: 'web2' })?.message).toContain('"app":"web2"}. Where it is renamed by an alias, '
      + 'say the old name in metadata.name. Else create a second deployment with a Service of its own,');
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

describe.each<[string, pulumi.Alias, string]>([
  ['of the same name', { parent: pulumi.rootStackResource }, 'web'],
  ['of another name', { parent: pulumi.rootStackResource, name: 'old' }, 'old'],
])('aliases of what stood at the root of the stack, %s', (_, alias, name) => {
  /** The URNs that the engine looks for in its state: of the same type, and of the same name if none is said. */
  const formerUrns = ({ type, name: now, options }: Registration) =>
    (options.aliases as readonly ({ readonly name: string; readonly noparent: boolean } | string)[]).map((former) => typeof former === 'string'
      ? former : `urn:pulumi:test::shop::${former.noparent ? '' : 'below its parent '}${type}::${former.name || now}`);

  test('are the URNs of the plain resources', async () => {
    const before = [alias];
    const { registrations } = await run(() => {
      const graceful = { traffic: [{ service: 'web', mode: 'cluster' as const, provider: 'alibaba-clb' }] };
      const deployment = new GracefulDeployment('web', { containers: [container], graceful, deploymentAliases: before, disruptionBudgetAliases: before });
      return new ClusterLoadBalancerService('web', { deployment, port: 80, serviceAliases: before });
    });
    const kinds = ['apps/v1:Deployment', 'policy/v1:PodDisruptionBudget', 'core/v1:Service'];
    expect(kinds.map((kind) => formerUrns(only(registrations, kind)))).toEqual(kinds.map((kind) => [`urn:pulumi:test::shop::kubernetes:${kind}::${name}`]));
  });
});
