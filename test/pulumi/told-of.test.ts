import type { GracefulOptions } from 'kube-graceful';
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
});
