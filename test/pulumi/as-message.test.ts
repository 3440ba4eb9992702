import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from 'kube-graceful';
import { DeploymentElsewhere, EniLoadBalancerService, GracefulDeployment, gracefulTransform } from 'kube-graceful/pulumi';
import { asMessage, inOtherWords } from '../../lib/pulumi/as-message';
import { planDeployment } from '../../lib/pulumi/plan-deployment';
import { wantedService } from '../../lib/pulumi/service-manifest';
import { thenKnown } from '../../lib/pulumi/when-known';
import { inWords } from '../../plugin/in-words';
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
      resource: new pulumi.DependencyResource('urn:pulumi:test::shop::kubernetes:apps/v1:Deployment::web'),
    } as pulumi.ResourceTransformationArgs & pulumi.ResourceTransformArgs)],
    ['a Service that is a child of its Deployment', () => {
      const deployment = new GracefulDeployment('web', { containers, graceful: { traffic: [{ service: 'public', mode: 'cluster' }] } });
      return new EniLoadBalancerService('public', { deployment, port: 80 }, { parent: deployment.deployment });
    }],
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

describe(inOtherWords, () => {
  const shout = ({ workload, problems }: PlanRefusedError) =>
    new PlanRefusedError(workload, problems.map((problem) => ({ ...problem, remedy: `${problem.remedy} (${problem.field.toUpperCase()})` })));
  const refused = (soakSeconds: unknown) => inOtherWords(shout, () => thenKnown(planDeployment(told(soakSeconds)), ({ plan }) => plan));
  const line = 'Give a number in this range, or leave it out. (SOAKSECONDS)';

  test('tells a refusal in these words once, at once and when an Output is known', async () => {
    expect((thrownBy(() => refused(-1)) as PlanRefusedError).problems.map(({ remedy }) => remedy)).toEqual([line]);
    const error = await rejectionOf(refused(pulumi.output(Promise.resolve(-1))));
    expect((error as PlanRefusedError).problems.map(({ remedy }) => remedy)).toEqual([line]);
    expect(pulumi.RunError.isInstance(error)).toBe(true);
  });

  test('leaves what is made beside it in its own words', async () => {
    void refused(0);
    const late = planDeployment(told(pulumi.output(Promise.resolve(-1))));
    inOtherWords(shout, () => undefined);
    expect((await rejectionOf(late)).message).not.toContain('SOAKSECONDS');
  });
});

describe(inWords, () => {
  test('speaks of the inputs of a form also when an Output is known', async () => {
    const { metadata } = inWords(() => wantedService('public', {
      deployment: new DeploymentElsewhere('web', { containers }), port: 80, metadata: { namespace: pulumi.output(Promise.resolve('shop')) },
    }, 'eni'));
    expect((await rejectionOf(metadata.namespace)).message).toBe('Cannot plan the rollout of Service/public:\n'
      + '  - namespace must be absent, as its deployment has none: current value is "shop". Leave it out.');
  });
});
