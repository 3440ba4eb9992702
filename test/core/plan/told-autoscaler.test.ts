import type { Workload } from '../../../lib/core/manifest/types';
import { withToldAutoscaler } from '../../../lib/core/plan/told-autoscaler';
import { aWorkload, planOf } from './fixtures';

const autoscaler = { minReplicas: 2, maxReplicas: 20 };
const scaled = aWorkload({ spec: { replicas: undefined } });
const hpa = {
  kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, ...autoscaler },
} as Workload;

describe(withToldAutoscaler, () => {
  test('plans as if the autoscaler stood beside the workload', () => {
    const { pace, ...others } = planOf({ autoscaler }, scaled);
    const { pace: besideIt, ...same } = planOf({}, scaled, hpa);
    const numbers = (at: typeof pace.at) => at.map(({ figures: _, ...rest }) => rest);
    expect([others, { ...pace, at: numbers(pace.at) }]).toEqual([same, { ...besideIt, at: numbers(besideIt.at) }]);
    expect(planOf({ autoscaler }, scaled).pace.at.map(({ replicas }) => replicas)).toEqual([2, 20]);
  });

  test('refuses what stands in a manifest already', () => {
    expect(() => planOf({ autoscaler }, scaled, hpa)).toThrow('Cannot plan the rollout of Deployment/web:\n  - '
      + 'autoscaler must be absent, as HorizontalPodAutoscaler/web says it: current value is given. Leave it out.');
  });

  test('refuses a number of replicas beside it', () => {
    expect(() => planOf({ autoscaler }, aWorkload())).toThrow('spec.replicas must be absent, as the option autoscaler says the number of replicas');
    expect(() => planOf({ autoscaler }, aWorkload(), hpa)).toThrow('spec.replicas must be absent, as HorizontalPodAutoscaler/web owns the number of replicas');
  });

  test('refuses bounds that are none', () => {
    expect(() => planOf({ autoscaler: { maxReplicas: 0 } }, scaled)).toThrow('autoscaler.maxReplicas must be a whole number from 1 to 2147483647');
  });
});
