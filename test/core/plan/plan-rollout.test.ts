import { planRollout } from '../../../lib/core/plan/plan-rollout';
import { PlanRefusedError } from '../../../lib/core/problem';
import { aWorkload, anEniService, CONTAINER, planOf, problemsOf, textsOf, warningsOf } from './fixtures';

describe(planRollout, () => {
  test('names the workload, with a stand-in for a name that comes later', () => {
    expect(planOf({}).workload).toBe('Deployment/web');
    expect(planOf({}, { spec: aWorkload().spec }).workload).toBe('Deployment/(unnamed)');
    expect(planOf({}, aWorkload({ metadata: { name: 'web', namespace: 'shop' } })).namespace).toBe('shop');
  });

  test('names the namespace in what it refuses', () => {
    expect(() => planOf({ soakSeconds: -1 }, aWorkload({ metadata: { name: 'web', namespace: 'shop' } }))).toThrow('Cannot plan the rollout of Deployment/web in shop:\n');
  });

  test('throws all problems at once', () => {
    expect(() => planOf({ soakSeconds: -1, maxSurge: 0, terminationGracePeriodSeconds: 5 }, aWorkload({ spec: { strategy: { type: 'Recreate' } } }), anEniService())).toThrow(new PlanRefusedError('Deployment/web',
      problemsOf({ soakSeconds: -1, maxSurge: 0, terminationGracePeriodSeconds: 5 }, aWorkload({ spec: { strategy: { type: 'Recreate' } } }), anEniService())));
    expect(problemsOf({ soakSeconds: -1, maxSurge: 0, terminationGracePeriodSeconds: 5 }, aWorkload({ spec: { strategy: { type: 'Recreate' } } }), anEniService()).map(({ id }) => id))
      .toEqual(['wrong-number', 'grace-too-short', 'recreates', 'no-step']);
  });

  test('shows the grace that a pod really gets on each platform', () => {
    const plan = planOf({ longestRequestSeconds: 100, platforms: ['aws-spot', 'cluster-autoscaler', { name: 'our nodes', ceilingSeconds: 117 }] });
    expect(plan.ceilings.map(({ platform, ceilingSeconds, graceSeconds }) => [platform, ceilingSeconds, graceSeconds])).toEqual([
      ['AWS spot instance', 120, 120], ['Cluster Autoscaler', 600, 122], ['our nodes', 117, 117],
    ]);
    expect(plan.warnings).toEqual([]);
    expect(warningsOf(planOf({ longestRequestSeconds: 100, platforms: [{ name: 'our nodes', ceilingSeconds: 116 }] }))).toEqual([
      'ceiling-too-low: platforms: our nodes must be at least 117 s, which a pod needs to end gracefully: current value is 116 s. Rollouts and drains by hand are not concerned; '
      + 'what is still open is cut when this platform ends a pod. Keep these pods off it, or hand their clients over in time.',
    ]);
  });

  test('counts helpers and sidecars into what a pod needs on a platform', () => {
    const pod = { containers: [CONTAINER, { name: 'logs' }], initContainers: [{ name: 'mesh', restartPolicy: 'Always' }] };
    const options = { containers: { logs: { role: 'helper' as const, drainSeconds: 200 }, mesh: { drainSeconds: 30 } }, platforms: [{ name: 'our nodes', ceilingSeconds: 229 }] };
    expect(warningsOf(planOf(options, aWorkload({ pod })))).toEqual([
      'ceiling-too-low: platforms: our nodes must be at least 230 s, which a pod needs to end gracefully: current value is 229 s. Rollouts and drains by hand are not concerned; '
      + 'what is still open is cut when this platform ends a pod. Keep these pods off it, or hand their clients over in time.',
    ]);
  });

  test('refuses options of containers that are not there or do not go on running', () => {
    expect(textsOf({ containers: { mian: {} } })).toEqual([
      'containers must be names of the pod\'s containers that go on running: main: current value is \'mian\'. Correct the name; what a webhook injects goes to injectedSidecars.',
    ]);
    const workload = aWorkload();
    const spec = { ...workload.spec, template: { ...workload.spec?.template, spec: { ...workload.spec?.template?.spec, initContainers: [{ name: 'migrate' }] } } };
    expect(textsOf({ containers: { migrate: {} } }, { ...workload, spec })).toEqual([
      'containers must be names of the pod\'s containers that go on running: main: current value is \'migrate\'. An init container that ends before the others start needs none.',
    ]);
  });
});
