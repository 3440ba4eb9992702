import * as k8s from '@pulumi/kubernetes';
import type { GracefulOptions } from 'kube-graceful';
import { toldInWords } from '../../lib/pulumi/told-in-words';
import { container, metadata, service, spec, traffic, under } from './plain-program';
import { eventually, only } from './registrations';

jest.setTimeout(20_000);

const readinessProbe = { httpGet: { path: '/ready', port: 'http' }, periodSeconds: 2 };
const web = { ...container, ports: [{ name: 'http', containerPort: 8080 }], readinessProbe };
const log = { name: 'log', image: 'shop/log:1' };

interface Objects {
  readonly containers?: readonly object[];
  readonly initContainers?: readonly object[];
  /** Of the Service. */
  readonly targetPort?: unknown;
}

/** The Service as it is registered, before its Deployment or after it. */
async function serviceOf(order: 'before' | 'after', options: GracefulOptions, { containers = [web], initContainers, targetPort = 8080 }: Objects = {}) {
  const pods = { ...spec.template, spec: { containers, ...initContainers && { initContainers } } };
  const { registrations } = await under({ perWorkload: { web: { longestRequestSeconds: 20, traffic, ...options } } }, (parent) => {
    const create = [
      () => new k8s.core.v1.Service('web', { metadata, spec: { ...service.spec, ports: [{ port: 80, targetPort } as never] } }, { parent }),
      () => new k8s.apps.v1.Deployment('web', { metadata, spec: { ...spec, replicas: 3, template: pods } as never }, { parent }),
    ];
    for (const one of order === 'before' ? create : create.reverse()) one();
  });
  const { inputs, options: { customTimeouts } } = only(registrations, 'Service');
  return { inputs, customTimeouts };
}

describe(toldInWords, () => {
  const endpoint = { path: '/drained', port: 'http', longestSeconds: 60 };

  test.each<[string, GracefulOptions, Objects?]>([
    ['a warm-up beside a readiness probe', { warmUp: { successes: 5 } }],
    ['a warm-up of one container', { containers: { web: { warmUp: { successes: 5 } } } }],
    ['a pace that needs several replicas', { maxSurge: 0, maxUnavailable: 1 }],
    ['nodes for several replicas', { inPlace: { nodeLabel: { key: 'pool', value: 'web' }, nodes: 3 } }],
    ['a liveness probe of a named port', { liveness: { path: '/live', port: 'http' } }],
    ['a drain endpoint at a named port', { drainEndpoint: endpoint }],
    ['a drain endpoint of one container', { containers: { web: { drainEndpoint: endpoint } } }],
    ['an old cluster, where the hook has a way to wait', { kubernetes: '1.28' }, { containers: [{ ...web, lifecycle: { preStop: { exec: { command: ['sleep', '1'] } } } }] }],
    ['how long a helper drains', { containers: { log: { drainSeconds: 3 } } }, { containers: [web, log] }],
    ['a helper by its role', { containers: { log: { role: 'helper', drainSeconds: 3 } } }, { containers: [web, log] }],
    ['a proxy', { containers: { log: { role: 'proxy' } }, terminationGracePeriodSeconds: 100 }, { containers: [web, log] }],
    ['a sidecar', { containers: { log: { drainSeconds: 3 } }, terminationGracePeriodSeconds: 100 }, { containers: [web], initContainers: [{ ...log, restartPolicy: 'Always' }] }],
    ['a slow start', { slowestStartSeconds: 900 }],
    ['a named target', {}, { targetPort: 'http' }],
    ['a named target that is known later', {}, { targetPort: eventually('http') }],
  ])('a Service is the same before its Deployment and after it: %s', async (_, options, objects = {}) => {
    const after = await serviceOf('after', options, objects);
    expect(after.inputs.metadata).toMatchObject({ annotations: expect.anything() as object });
    expect(await serviceOf('before', options, objects)).toEqual(after);
  });

  test('has the provider wait for a Service as long as the words tell', async () => {
    const { customTimeouts } = await serviceOf('before', { scheduleSeconds: 900, soakSeconds: 100 });
    expect(Number.parseInt((customTimeouts as { create: string }).create, 10)).toBeGreaterThan(900 + 100);
  });

  test.each([['before' as const], ['after' as const]])('has a named target judged by the containers, for a Service %s its Deployment', async (order) => {
    await expect(serviceOf(order, {}, { targetPort: 'htpp' })).rejects.toThrow('Cannot plan the rollout of Deployment/web in shop:\n'
      + '  - spec.ports of Service/web must be a targetPort that a container has: http: current value is \'htpp\'. '
      + 'Name the container\'s port so, or use its number.');
  });

  test('leaves what is wrong of a Deployment to the Deployment', async () => {
    await expect(serviceOf('before', { inPlace: { nodeLabel: { key: 'pool', value: 'web' }, nodes: 4 } })).rejects.toThrow('Cannot plan the rollout of Deployment/web in shop:\n'
      + '  - inPlace.nodes must be at most 3, the least number of replicas, so that each node can have a pod: current value is 4. Label fewer nodes, or run more replicas.');
  });
});
