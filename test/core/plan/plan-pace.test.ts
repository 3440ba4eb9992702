import type { Autoscaler, Workload } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { planPace } from '../../../lib/core/plan/plan-pace';
import { aService, aWorkload, anEniService, planOf, termsOf, textsOf, warningsOf } from './fixtures';

const target = { kind: 'Deployment', name: 'web' };
const hpa = (spec: Autoscaler['spec']): Autoscaler => ({ kind: 'HorizontalPodAutoscaler', metadata: { name: 'web' }, spec: { scaleTargetRef: target, ...spec } });
const keda = (spec: Autoscaler['spec']): Autoscaler => ({ kind: 'ScaledObject', metadata: { name: 'web' }, spec: { scaleTargetRef: { name: 'web' }, ...spec } });
const scaled = (spec: Workload['spec'] = {}) => aWorkload({ spec: { replicas: undefined, ...spec } });
const sharesOf = (options: GracefulOptions, spec?: Workload['spec'], annotations?: Record<string, string>) => {
  const { maxSurge, maxUnavailable } = planOf(options, aWorkload({ spec: { replicas: 4, ...spec }, metadata: { name: 'web', annotations } })).pace;
  return [maxSurge, maxUnavailable];
};
const rolling = (maxSurge?: number | string, maxUnavailable?: number | string): Workload['spec'] => ({ strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge, maxUnavailable } } });

describe(planPace, () => {
  test.each<[string, GracefulOptions, Workload['spec'], (number | string)[]]>([
    ['one after another', {}, {}, [1, 0]],
    ['the article\'s half', { pace: 'half' }, {}, ['50%', 0]],
    ['half for an in-place rollout', { inPlace: { nodeLabel: { key: 'a', value: 'b' }, nodes: 2 } }, {}, ['50%', 0]],
    ['what the author says', { pace: 'half', maxSurge: 3, maxUnavailable: 1 }, {}, [3, 1]],
    ['the surge that stands there', {}, rolling('100%', 1), ['100%', 0]],
    ['the pace against the surge that stands there', { pace: 'one-by-one' }, rolling('100%'), [1, 0]],
    ['not the default that toolkits render', {}, rolling('25%', '25%'), [1, 0]],
    ['not a surge of none, with which no new pod could come first', {}, rolling(0, 1), [1, 0]],
    ['none in the manifest\'s own spelling', {}, rolling(2, '0%'), [2, '0%']],
  ])('takes %s', (_, options, spec, wanted) => {
    expect(sharesOf(options, spec)).toEqual(wanted);
  });

  test('takes what the manifest keeps', () => {
    expect(sharesOf({ pace: 'half' }, rolling(2, 1), { 'kube-graceful/keep.maxSurge': 'agreed', 'kube-graceful/keep.maxUnavailable': 'agreed' })).toEqual([2, 1]);
    expect(sharesOf({}, {}, { 'kube-graceful/keep.maxSurge': 'agreed' })).toEqual(['25%', 0]);
  });

  test('refuses steps of none, a Recreate strategy, and a rollout that takes every pod', () => {
    expect(textsOf({ maxSurge: '0%' })).toEqual(['maxSurge must be above 0 while maxUnavailable is 0, as a rollout could not take its first step: current value is "0%". Leave it out for one pod at a time.']);
    expect(textsOf({}, aWorkload({ spec: { strategy: { type: 'Recreate' } } }))).toEqual([
      'spec.strategy.type must be \'RollingUpdate\': any other ends all old pods before the first new one starts: current value is "Recreate". '
      + 'Remove it; where two versions must not run side by side, no rollout is without an interruption.',
    ]);
    expect(textsOf({ maxUnavailable: 2 })).toEqual([
      'maxUnavailable must be less than the 2 replicas, so that a pod goes on serving: current value is 2. Leave it out: with a surge of one pod even a single replica is replaced without a gap.',
    ]);
  });

  test('lets the load balancer and the author decide how long a step waits', () => {
    const minReady = (options: GracefulOptions, standing?: number) =>
      planOf(options, aWorkload({ spec: { minReadySeconds: standing } }), anEniService()).pace.minReadySeconds;
    expect(termsOf(minReady({ soakSeconds: 30 }))).toEqual(['3 health checks, 2 s apart 6', 'soak 30']);
    expect([minReady({}).value, minReady({}, 100).value,
      minReady({ minReadySeconds: 20 }, 100).value, minReady({ minReadySeconds: 6 }).value]).toEqual([6, 100, 20, 6]);
    expect(minReady({ minReadySeconds: 20 }).parts.at(-1)).toEqual({ label: 'longer wait', value: 14, source: 'author: minReadySeconds' });
    expect(textsOf({ minReadySeconds: 5, soakSeconds: 3 }, aWorkload(), anEniService())).toEqual([
      'minReadySeconds must be at least 9: 6 s 3 health checks, 2 s apart + 3 s soak: current value is 5. Leave it out to get the sum, or use soakSeconds for time of your own.',
    ]);
  });

  test('goes on with a wait that the manifest keeps', () => {
    const plan = planOf({}, aWorkload({ spec: { minReadySeconds: 2 }, metadata: { name: 'web', annotations: { 'kube-graceful/keep.minReadySeconds': 'agreed' } } }), anEniService());
    expect(plan.pace.minReadySeconds.value).toBe(2);
    expect(warningsOf(plan)).toEqual(['kept-too-short: spec.minReadySeconds must be at least 6: 6 s 3 health checks, 2 s apart: current value is 2. An annotation keeps it as it is: what is still open then is cut.']);
  });

  test('shows the rollout at the least and at the most replicas of an autoscaler', () => {
    const counts = (autoscaler: Autoscaler) => planOf({ pace: 'half' }, scaled(), autoscaler).pace.at.map(({ replicas, surge, waves, servingPods }) => [replicas, surge, waves, servingPods]);
    expect(counts(hpa({ minReplicas: 3, maxReplicas: 10 }))).toEqual([[3, 2, 2, 5], [10, 5, 2, 15]]);
    expect(counts(hpa({ maxReplicas: 1 }))).toEqual([[1, 1, 1, 2]]);
    expect(counts(keda({ maxReplicaCount: 4 }))).toEqual([[1, 1, 1, 2], [4, 2, 2, 6]]);
    expect(counts(keda({ minReplicaCount: 2 }))).toEqual([[2, 1, 2, 3], [100, 50, 2, 150]]);
    expect(planOf({}, scaled(), hpa({ maxReplicas: 5 })).pace.scaled).toBe(true);
  });

  test('refuses a fixed number of replicas beside an autoscaler', () => {
    expect(textsOf({}, aWorkload(), hpa({ maxReplicas: 5 }))).toEqual([
      'spec.replicas must be absent, as HorizontalPodAutoscaler/web owns the number of replicas: current value is 2. '
      + 'Remove it; on a live Deployment that has it, first give the field up, else it drops to 1 once: where a client applies, by kubectl apply '
      + 'edit-last-applied; where the API server does (as with Pulumi), apply the live number alone by kubectl apply --server-side --field-manager=handover.',
    ]);
  });

  test('reckons how long the rollout takes, and how many pods there are', () => {
    const [at] = planOf(
      { slowestStartSeconds: 60, soakSeconds: 30, longestRequestSeconds: 20 }, aWorkload({ spec: { replicas: 3 } }), aService(),
    ).pace.at;
    expect(at).toMatchObject({
      replicas: 3, surge: 1, unavailable: 0, waves: 3, servingPods: 4, existingPods: 6,
      rolledOut: { atLeastSeconds: 90, atMostSeconds: 636 }, lastPodGone: { atLeastSeconds: 97, atMostSeconds: 680 },
    });
    expect(planOf({}, aWorkload({ spec: { replicas: 0 } })).pace.at[0]).toMatchObject({ waves: 0, existingPods: 0 });
  });

  describe('tells where each number of a rollout comes from', () => {
    const figuresOf = (options: GracefulOptions, workload: Workload, ...around: Autoscaler[]) =>
      planOf(options, workload, ...around).pace.at.at(-1)!.figures;

    test('with the parts of both bounds', () => {
      const options = { slowestStartSeconds: 60, soakSeconds: 30, longestRequestSeconds: 20 };
      const { rolledOut, lastPodGone } = figuresOf(options, aWorkload({ spec: { replicas: 3 } }));
      expect(termsOf(rolledOut.atLeastSeconds)).toEqual(['3 x minReadySeconds 90']);
      expect(termsOf(rolledOut.atMostSeconds!)).toEqual(['3 x schedule and pull 360', '3 x slowest start 180', '3 x minReadySeconds 90', '3 x reaction 6']);
      expect(termsOf(lastPodGone.atLeastSeconds)).toEqual(['3 x minReadySeconds 90', 'preStop wait 7']);
      expect(termsOf(lastPodGone.atMostSeconds!).slice(4)).toEqual(['grace period 42', 'least after SIGTERM 2']);
    });

    test('with who says the replicas and the steps', () => {
      const sources = (options: GracefulOptions, workload: Workload, ...around: Autoscaler[]) => {
        const { surge, servingPods } = figuresOf(options, workload, ...around);
        return [surge.parts[0].label, surge.parts[0].source.split(';')[0], servingPods.parts[0].source];
      };
      expect(sources({}, aWorkload())).toEqual(['of 1', 'ours: one after another, the first article\'s pace', 'manifest: spec.replicas']);
      expect(sources({ pace: 'half' }, scaled(), hpa({ maxReplicas: 5 }))).toEqual(['of 50%', 'author: pace', 'manifest: HorizontalPodAutoscaler/web']);
      expect(sources({ maxSurge: 2, autoscaler: { maxReplicas: 5 } }, scaled())).toEqual(['of 2', 'author: maxSurge', 'author: autoscaler']);
      expect(sources({}, aWorkload({ spec: { replicas: undefined, ...rolling(3) } }))).toEqual(['of 3', 'manifest: spec.strategy', 'Kubernetes\' default']);
      const kept = { 'kube-graceful/keep.maxSurge': 'agreed' };
      expect(sources({}, aWorkload({ spec: rolling(3), metadata: { name: 'web', annotations: kept } }))[1]).toBe('manifest: kube-graceful/keep.maxSurge');
      expect(sources({ inPlace: { nodeLabel: { key: 'a', value: 'b' }, nodes: 1 } }, aWorkload())[1]).toBe('ours: the second article\'s pace of an in-place rollout');
    });
  });

  test('does not count on a hook that asks the application', () => {
    const options: GracefulOptions = { drainEndpoint: { path: '/drain', port: 8080, longestSeconds: 60 } };
    expect(planOf(options).pace.at[0].lastPodGone).toEqual({ atLeastSeconds: 0 });
    expect(planOf({}).pace.at[0].lastPodGone).toEqual({ atLeastSeconds: 7 });
    const own = aWorkload({ container: { lifecycle: { preStop: { exec: { command: ['/bye'] } } } } });
    const plan = planOf({ shell: true, preStopHook: { runs: 'before-wait', longestSeconds: 60 } }, own);
    expect([plan.shutdown.wait.value, plan.pace.at[0].lastPodGone]).toEqual([67, { atLeastSeconds: 7 }]);
  });

  describe('gives a progress deadline', () => {
    const deadline = (options: GracefulOptions, spec?: Workload['spec']) => planOf(options, aWorkload({ spec })).pace.progressDeadlineSeconds;

    test('only where Kubernetes\' own is too short for the slowest pod', () => {
      expect(deadline({ slowestStartSeconds: 440 })).toBeUndefined();
      expect(termsOf(deadline({ slowestStartSeconds: 441 })!)).toEqual(['schedule and pull 120', 'slowest start 441', 'readiness 10', 'margin 30']);
      expect(deadline({ soakSeconds: 700 })?.value).toBe(860);
    });

    test('that is raised where one stands there, never lowered', () => {
      expect(deadline({}, { progressDeadlineSeconds: 100 })?.value).toBe(160);
      expect(deadline({}, { progressDeadlineSeconds: 160 })).toBeUndefined();
      expect(deadline({ slowestStartSeconds: 900 }, { progressDeadlineSeconds: 3600 })).toBeUndefined();
    });

    test('as the author says, unless it is too short', () => {
      expect(deadline({ progressDeadlineSeconds: 300 }, { progressDeadlineSeconds: 3600 })).toEqual({
        value: 300, formula: 'as said', parts: [{ label: 'said', value: 300, source: 'author: progressDeadlineSeconds' }],
      });
      expect(textsOf({ progressDeadlineSeconds: 159 })).toEqual([
        'progressDeadlineSeconds must be at least 160: 120 s schedule and pull + 10 s readiness + 30 s margin: current value is 159. '
        + 'Leave it out, or shorten what it is made of; a rollout that is in time would be reported as failed.',
      ]);
    });

    test('that allows for a readiness gate', () => {
      const gated = planOf({ slowestStartSeconds: 600, traffic: [{ service: 'web', registrationSeconds: 40 }] }, aWorkload(), anEniService()).pace;
      expect(termsOf(gated.progressDeadlineSeconds!)).toEqual(['schedule and pull 120', 'slowest start 600', 'readiness 10', 'readiness gates 40', 'minReadySeconds 6', 'margin 30']);
    });

    test('and for one that a webhook adds, unless it does not', () => {
      const pace = (readinessGate?: boolean) => planOf(
        { slowestStartSeconds: 600, traffic: [{ service: 'web', mode: 'eni', provider: 'tencent-clb', readinessGate }] }, aWorkload(), aService({ type: 'LoadBalancer' }),
      ).pace;
      expect(termsOf(pace().progressDeadlineSeconds!)).toEqual(['schedule and pull 120', 'slowest start 600', 'readiness 10', 'readiness gates 30', 'minReadySeconds 30', 'margin 30']);
      expect(pace(false).progressDeadlineSeconds?.value).toBe(pace().progressDeadlineSeconds!.value - 30);
      expect([pace(false), pace()].map(({ at: [{ rolledOut }] }) => rolledOut.atMostSeconds)).toEqual([1504, 1564]);
    });

    test('that waits for the first check, which comes after its initial delay', () => {
      const late = (kind: 'readinessProbe' | 'startupProbe') => aWorkload({ container: { [kind]: { httpGet: { port: 8080 }, initialDelaySeconds: 500, failureThreshold: 90 } } });
      const parts = ['schedule and pull 120', 'first check 500', 'readiness 10', 'margin 30'];
      const deadlines = [late('readinessProbe'), late('startupProbe')].flatMap((workload) => [{}, { slowestStartSeconds: 60 }].map((options) => planOf(options, workload).pace));
      expect(deadlines.map(({ progressDeadlineSeconds }) => termsOf(progressDeadlineSeconds!))).toEqual([parts, parts, parts, parts]);
      expect(deadlines.map(({ at: [{ rolledOut }] }) => rolledOut.atMostSeconds)).toEqual([undefined, 1244, undefined, 1244]);
      expect(termsOf(planOf({ slowestStartSeconds: 600 }, late('readinessProbe')).pace.progressDeadlineSeconds!)[1]).toBe('slowest start 600');
    });

    test('tells of a kept one that is too short', () => {
      const workload = aWorkload({ metadata: { name: 'web', annotations: { 'kube-graceful/keep.progressDeadlineSeconds': 'agreed' } }, spec: { progressDeadlineSeconds: 100 } });
      expect(warningsOf(planOf({}, workload))).toEqual([
        'kept-too-short: spec.progressDeadlineSeconds must be at least 160: 120 s schedule and pull + 10 s readiness + 30 s margin: current value is 100. '
        + 'An annotation keeps it as it is: a rollout that is in time may be reported as failed.',
      ]);
    });

    test('refuses a kept one that the API server would refuse', () => {
      const workload = aWorkload({ metadata: { name: 'web', annotations: { 'kube-graceful/keep.progressDeadlineSeconds': 'agreed' } } });
      expect(textsOf({ soakSeconds: 600 }, workload)).toEqual([
        'spec.progressDeadlineSeconds must be above 600, minReadySeconds: the API server refuses less: current value is 600. Raise it, or remove the annotation that keeps it.',
      ]);
      expect(textsOf({ soakSeconds: 599 }, workload)).toEqual([]);
    });
  });
});
