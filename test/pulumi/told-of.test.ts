import * as pulumi from '@pulumi/pulumi';
import type { GracefulOptions } from 'kube-graceful';
import type { GracefulDeploymentArgs } from 'kube-graceful/pulumi';
import { planDeployment } from '../../lib/pulumi/plan-deployment';
import type { PlannedDeployment } from '../../lib/pulumi/plan-deployment';
import { toldOf } from '../../lib/pulumi/told-of';

const labels = { app: 'web' };
const containers = [{ name: 'web', image: 'shop/web:1.4', ports: [{ containerPort: 8080 }] }];
const spec = {
  replicas: 3, minReadySeconds: 60, selector: { matchLabels: labels },
  strategy: { rollingUpdate: { maxUnavailable: 1, maxSurge: 1 } },
  template: { metadata: { labels }, spec: { terminationGracePeriodSeconds: 10, containers } },
};
const planned = (graceful: GracefulOptions) => {
  const { manifest } = planDeployment(toldOf('web', { spec, graceful })) as PlannedDeployment;
  const { strategy, minReadySeconds, template } = manifest.spec!;
  return { ...strategy?.rollingUpdate, minReadySeconds, grace: template?.spec?.terminationGracePeriodSeconds };
};

describe(toldOf, () => {
  test('takes what stands in the spec for a manifest that the plan changes, and holds what stands in the options', () => {
    expect(planned({})).toEqual({ maxSurge: 1, maxUnavailable: 0, minReadySeconds: 60, grace: 52 });
    expect(planned({ maxUnavailable: 1 })).toMatchObject({ maxUnavailable: 1 });
    expect(() => planned({ terminationGracePeriodSeconds: 10 })).toThrow('Cannot plan the rollout of Deployment/web:\n'
      + '  - terminationGracePeriodSeconds must be at least 52: 5 s kube-proxy on every node follows + 2 s wait margin + 10 s close notice '
      + '+ 30 s longest request + 5 s margin: current value is 10. Leave it out to get the sum, or shorten what it is made of.');
  });

  const refused = (...lines: string[]) => `Cannot plan the rollout of Deployment/web:\n${lines.map((line) => `  - ${line}`).join('\n')}`;
  const refusalOf = (args: GracefulDeploymentArgs) => {
    try {
      toldOf('web', args);
    } catch (error) {
      return (error as Error).message;
    }
    return 'none';
  };
  const negative = 'longestRequestSeconds must be a whole number of seconds from 0 to 31536000: current value is -1. '
    + 'Give a number in this range, or leave it out.';

  test('refuses arguments that contradict each other together with what the plan would refuse', () => {
    expect(refusalOf({ spec, replicas: 3, graceful: { longestRequestSeconds: -1 } })).toBe(refused(
      'replicas must be absent beside spec: current value is given. Say it in the spec.', negative,
    ));
    expect(refusalOf({ graceful: { longestRequestSeconds: -1 } })).toBe(refused(
      'spec must be given where containers is not, and only there: current value is neither. '
        + 'Give containers alone, or the whole spec with the containers in it.', negative,
    ));
  });

  test('refuses a name together with what the plan would refuse', () => {
    expect(refusalOf({ metadata: { name: 'Web' }, containers, graceful: { longestRequestSeconds: -1 } })).toBe(refused(
      'metadata.name must be lower case letters, digits, `-` and `.`, at most 253 of them, each part with a letter or digit at both ends: '
        + 'current value is "Web". Give metadata.name as a plain string; without it the name of the resource is taken.', negative,
    ));
  });

  test('refuses a contradiction alone where the plan needs an Output', () => {
    expect(refusalOf({ spec, replicas: 3, graceful: { longestRequestSeconds: pulumi.output(-1) } })).toBe(refused(
      'replicas must be absent beside spec: current value is given. Say it in the spec.',
    ));
  });
});
