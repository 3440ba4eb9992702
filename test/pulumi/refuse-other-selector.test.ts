import * as pulumi from '@pulumi/pulumi';
import { refuseOtherSelector } from '../../lib/pulumi/refuse-other-selector';
import { rejectionOf } from './registrations';

describe(refuseOtherSelector, () => {
  /** What became of the check of a live selector. */
  const checked = (live: pulumi.Output<object>, wanted: pulumi.Input<object>) => {
    const both = pulumi.all([live, wanted]);
    jest.spyOn(pulumi, 'all').mockReturnValue(both as never);
    const apply = jest.spyOn(both, 'apply');
    refuseOtherSelector({ resource: {} as pulumi.Resource, object: 'Service/public', live, wanted });
    return apply.mock.results[0].value as pulumi.Output<unknown>;
  };
  const refused = (there: string, here: string) => 'Cannot plan the rollout of Service/public:\n'
    + `  - spec.selector must be ${there}, as it is live: changing it would leave clients without pods: current value is ${here}. `
    + 'Create a second deployment with a Service of its own, lead the clients to it, then remove the first. '
    + 'If a transform changed the selector, say it in spec instead.';

  test.each<[string, pulumi.Input<object>, string, string]>([
    ['another selector', { app: 'other' }, '{"app":"web"}', '{"app":"other"}'],
    ['one that is known later', pulumi.output(Promise.resolve({ app: 'other' })), '{"app":"web"}', '{"app":"other"}'],
    ['a secret one, of which it shows nothing', pulumi.secret({ app: 'other' }), '[secret]', '[secret]'],
  ])('refuses %s', async (_, wanted, there, here) => {
    expect((await rejectionOf(checked(pulumi.secret({ app: 'web' }), wanted))).message).toBe(refused(there, here));
  });
});
