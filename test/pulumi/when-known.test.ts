import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from 'kube-graceful';
import { thenKnown, whenKnown } from '../../lib/pulumi/when-known';
import { eventually, rejectionOf } from './registrations';

describe(whenKnown, () => {
  const soak = (inputs: object) => whenKnown<{ soakSeconds: number; margin?: number }, number>(inputs, ({ soakSeconds, margin }) => {
    const found = `${soakSeconds} beside ${margin}`;
    throw new PlanRefusedError('Deployment/web', [{ id: 'wrong-number', field: 'soakSeconds', wanted: 'a whole number', found, remedy: 'Leave it out.' }]);
  });
  const refused = (found: string) =>
    `Cannot plan the rollout of Deployment/web:\n  - soakSeconds must be a whole number: current value is ${found}. Leave it out.`;

  test('says what was found where it is no secret', async () => {
    expect(() => soak({ soakSeconds: -1 })).toThrow(refused('-1 beside undefined'));
    expect((await rejectionOf(soak({ soakSeconds: eventually(-1), other: pulumi.secret(7) }))).message).toBe(refused('-1 beside undefined'));
  });

  test.each<[string, object]>([
    ['a secret', { soakSeconds: pulumi.secret(-1) }],
    ['computed beside a secret', { soakSeconds: eventually(-1), margin: pulumi.secret(5) }],
  ])('never says what was found where it is %s', async (_, inputs) => {
    const error = await rejectionOf(soak(inputs));
    expect(error.message).toBe(refused('[secret]'));
    expect((error as PlanRefusedError).problems.map(({ found }) => found)).toEqual(['[secret]']);
  });
});

describe(thenKnown, () => {
  const refuse = (value: pulumi.Input<number>) => thenKnown(value, (seconds) => {
    throw new PlanRefusedError('Deployment/web', [{ id: 'too-short', field: 'graceSeconds', wanted: 'at least 52', found: `${seconds}`, remedy: 'Give 52.' }]);
  });
  const refused = (least: string, found: string) =>
    `Cannot plan the rollout of Deployment/web:\n  - graceSeconds must be at least ${least}: current value is ${found}. Give ${least}.`;

  test.each<[string, pulumi.Input<number>, string]>([
    ['says what is wrong', eventually(10), refused('52', '10')],
    ['says nothing of a secret', pulumi.secret(10), refused('[secret]', '[secret]')],
  ])('%s', async (_, value, message) => {
    const error = await rejectionOf(refuse(value));
    expect([error.message, pulumi.RunError.isInstance(error)]).toEqual([message, true]);
  });
});
