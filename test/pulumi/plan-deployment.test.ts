import * as pulumi from '@pulumi/pulumi';
import { GracefulDeployment } from 'kube-graceful/pulumi';
import { planDeployment } from '../../lib/pulumi/plan-deployment';
import { eventually, only, run } from './registrations';

jest.setTimeout(20_000);

const container = { name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] };
const warmUp = (command: pulumi.Input<string>[], successes = 3) => run(() => new GracefulDeployment('web', {
  containers: [container], graceful: { shell: true, warmUp: { successes, command } },
}));

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
});
