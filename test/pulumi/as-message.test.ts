import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from 'kube-graceful';
import { DeploymentElsewhere, EniLoadBalancerService, GracefulDeployment, gracefulTransform } from 'kube-graceful/pulumi';
import { asMessage } from '../../lib/pulumi/as-message';
import { planDeployment } from '../../lib/pulumi/plan-deployment';
import { rejectionOf, run } from './registrations';

jest.setTimeout(20_000);

const containers = [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] }];
const told = (soakSeconds: unknown) => ({
  name: 'web', options: { soakSeconds: soakSeconds as number },
  workload: { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' }, spec: { template: { spec: { containers } } } },
});

const thrownBy = (program: () => unknown): unknown => {
  try {
    program();
  } catch (error) {
    return error;
  }
  return undefined;
};

describe(asMessage, () => {
  test.each<[string, () => unknown]>([
    ['a deployment', () => new GracefulDeployment('web', { containers, graceful: { soakSeconds: -1 } })],
    ['a deployment without a name', () => new GracefulDeployment('Web', { containers })],
    ['a Service', () => new EniLoadBalancerService('public', { deployment: new DeploymentElsewhere('web', { containers }), port: 80 })],
    ['a transform', () => gracefulTransform({ soakSeconds: -1 })({
      type: 'kubernetes:apps/v1:Deployment', name: 'web', props: told(0).workload, opts: {}, custom: true,
    })],
  ])('lets the engine print what is wrong with %s alone, without stack and problems', async (_, program) => {
    await run(() => {
      const error = thrownBy(program);
      expect([pulumi.RunError.isInstance(error), error instanceof PlanRefusedError]).toEqual([true, true]);
      expect((error as PlanRefusedError).problems).toHaveLength(1);
    });
  });

  test('does so for what is known late', async () => {
    const error = await rejectionOf(planDeployment(told(pulumi.output(Promise.resolve(-1)))));
    expect([pulumi.RunError.isInstance(error), error instanceof PlanRefusedError]).toEqual([true, true]);
    expect((error as Error).stack).toBeUndefined(); // once the program has ended, the host prints a stack if there is one
  });

  test('leaves any other error as it is', () => {
    const error = thrownBy(() => asMessage(() => { throw new Error('ours'); }));
    expect(error).toEqual(new Error('ours'));
    expect(pulumi.RunError.isInstance(error)).toBe(false);
  });
});
