import type { Autoscaler } from '../../../lib/core/manifest/types';
import { adviseContext } from '../../../lib/core/plan/advise-context';
import { aService, aWorkload, planOf, warningsOf } from './fixtures';

describe(adviseContext, () => {
  const budget = (spec: object) => ({ kind: 'PodDisruptionBudget', metadata: { name: 'web' }, spec: { selector: { matchLabels: { app: 'web' } }, ...spec } });
  const one = aWorkload({ spec: { replicas: 1 } });
  const text = (field: string) => `single-replica: ${field} must be at least 2, so that a drained node or an eviction leaves a pod that serves: current value is 1. `
    + 'A rollout is served by its surge; an eviction ends the only pod before another has come, and a disruption budget could only forbid it.';

  test('says what a rollout does not show', () => {
    expect(warningsOf(planOf({}, one, aService()))).toEqual([text('spec.replicas')]);
    expect(warningsOf(planOf({}, one, aService(), budget({ maxUnavailable: 1 })))).toEqual([text('spec.replicas')]);
    const hpa: Autoscaler = { kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, maxReplicas: 5 } };
    expect(warningsOf(planOf({}, aWorkload({ spec: { replicas: undefined } }), aService(), hpa))).toEqual([text('least replicas of HorizontalPodAutoscaler/web')]);
    expect(warningsOf(planOf({ autoscaler: { maxReplicas: 5 } }, aWorkload({ spec: { replicas: undefined } }), aService()))).toEqual([text('autoscaler.minReplicas')]);
  });

  test('is silent where nobody comes, where there are more, and where the budget is the trouble', () => {
    expect([warningsOf(planOf({}, one)), warningsOf(planOf({}, aWorkload(), aService()))]).toEqual([[], []]);
    expect(warningsOf(planOf({}, one, aService(), budget({ minAvailable: 1 }))).map((warning) => warning.split(':')[0])).toEqual(['budget-allows-none']);
  });
});
