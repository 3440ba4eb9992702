import * as pulumi from '@pulumi/pulumi';
import fc from 'fast-check';
import { PlanRefusedError } from 'kube-graceful';
import type { GracefulOptions, Workload } from 'kube-graceful';
import { GracefulDeployment } from 'kube-graceful/pulumi';
import { planDeployment } from '../../lib/pulumi/plan-deployment';
import { cases } from '../core/laws/arbitraries';
import { eventually, only, run } from './registrations';

jest.setTimeout(20_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
const warmUp = (command: pulumi.Input<string>[], successes = 3) => run(() => new GracefulDeployment('web', {
  containers: [container], graceful: { shell: true, warmUp: { successes, command } },
}));

/** More of them, from other seeds, with LAW_RUNS=2000. */
const RUNS = Number(process.env.LAW_RUNS ?? 100);
const NEVER = new Promise<number>(() => {});

/** What a plan is refused for, a line each. */
function refusals(options: GracefulOptions, workload: Workload, replicas: unknown): readonly string[] {
  try {
    void planDeployment({ name: 'web', options, workload: { ...workload, spec: { ...workload.spec, replicas } as Workload['spec'] } });
    return [];
  } catch (error) {
    if (!(error instanceof PlanRefusedError)) throw error;
    return error.message.split('\n').slice(1);
  }
}

describe(planDeployment, () => {
  test('waits for one word of a command', async () => {
    const plain = await warmUp(['wget', 'http://localhost/warm']);
    const late = await warmUp(['wget', pulumi.interpolate`http://${eventually('localhost')}/warm`]);
    expect(only(late.registrations, 'Deployment').inputs).toEqual(only(plain.registrations, 'Deployment').inputs);
  });

  test('refuses at once what is wrong beside it', async () => {
    await expect(warmUp(['wget', eventually('http://localhost/warm')], 1)).rejects.toThrow('Cannot plan the rollout of Deployment/web:\n'
      + '  - warmUp.successes must be a whole number from 2 to 100: current value is 1. Give a number in this range, or leave it out.');
  });

  test('refuses at once what has nothing to do with replicas that are known later, and that alone', async () => {
    const graceful = { terminationGracePeriodSeconds: 10, inPlace: { nodeLabel: { key: 'pool', value: 'web' }, nodes: 4 } };
    const deploy = (replicas: pulumi.Input<number>) => run(() => new GracefulDeployment('web', { containers: [container], replicas, graceful }));
    const grace = 'Cannot plan the rollout of Deployment/web:\n  - terminationGracePeriodSeconds must be at least 52: 5 s kube-proxy on every node follows '
      + '+ 2 s wait margin + 10 s close notice + 30 s longest request + 5 s margin: current value is 10. '
      + 'Leave it out to get the sum, or shorten what it is made of.';
    await expect(deploy(eventually(3))).rejects.toThrow(new Error(grace));
    await expect(deploy(3)).rejects.toThrow(new Error(`${grace}\n  - inPlace.nodes must be at most 3, the least number of replicas, so that each node `
      + 'can have a pod: current value is 4. Label fewer nodes, or run more replicas.'));
  });

  test('never refuses at once what it would accept, or refuse in other words, with the replicas that come', () => {
    const wrong = fc.record({
      terminationGracePeriodSeconds: fc.integer({ min: 0, max: 200 }), progressDeadlineSeconds: fc.integer({ min: 1, max: 900 }),
      maxUnavailable: fc.constantFrom<number | string>(1, 3, '20%', '50%'), maxSurge: fc.constantFrom<number | string>(0, 1, '30%'),
      inPlace: fc.record({ nodeLabel: fc.constant({ key: 'pool', value: 'web' }), nodes: fc.integer({ min: 1, max: 9 }), required: fc.boolean() }),
      autoscaler: fc.record({ minReplicas: fc.integer({ min: 0, max: 4 }), maxReplicas: fc.integer({ min: 4, max: 9 }) }),
    }, { requiredKeys: [] });
    let early = 0;
    const counts = fc.option(fc.integer({ min: 0, max: 70 }), { nil: undefined });
    fc.assert(fc.property(cases, wrong, counts, ({ options, workload }, more, replicas) => {
      const sure = refusals({ ...options, ...more }, workload, NEVER);
      expect(refusals({ ...options, ...more }, workload, replicas)).toEqual(expect.arrayContaining([...sure]));
      if (sure.length > 0) early += 1;
    }), { numRuns: RUNS });
    expect(early).toBeGreaterThan(RUNS / 6);
  });
});
