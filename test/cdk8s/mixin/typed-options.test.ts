import { Duration } from 'cdk8s';
import * as kplus28 from 'cdk8s-plus-28';
import * as kplus34 from 'cdk8s-plus-34';
import { typedOptions } from '../../../lib/cdk8s/mixin/typed-options';

describe(typedOptions, () => {
  test.each([['28', kplus28], ['34', kplus34]] as const)('reads what the props of cdk8s-plus-%s say about rollouts', (_version, { DeploymentStrategy, PercentOrAbsolute }) => {
    expect(typedOptions({
      terminationGracePeriod: Duration.minutes(1),
      minReady: Duration.seconds(10),
      progressDeadline: Duration.minutes(20),
      strategy: DeploymentStrategy.rollingUpdate({ maxSurge: PercentOrAbsolute.absolute(2), maxUnavailable: PercentOrAbsolute.percent(0) }),
    })).toEqual({ terminationGracePeriodSeconds: 60, minReadySeconds: 10, progressDeadlineSeconds: 1200, maxSurge: 2, maxUnavailable: '0%' });
  });

  test('takes 25 % for what cdk8s-plus fills in', () => {
    expect(typedOptions({ strategy: kplus28.DeploymentStrategy.rollingUpdate({ maxSurge: kplus28.PercentOrAbsolute.percent(50) }) })).toEqual({ maxSurge: '50%' });
    expect(typedOptions({ strategy: kplus28.DeploymentStrategy.rollingUpdate() })).toEqual({});
  });

  test('says nothing where nothing is said', () => {
    expect(typedOptions({})).toEqual({});
    expect(typedOptions({ strategy: kplus28.DeploymentStrategy.recreate() })).toEqual({});
  });
});
