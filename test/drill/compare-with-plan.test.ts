import type { Manifest, RolloutPlan } from 'kube-graceful';
import { compareWithPlan, Measured } from 'kube-graceful/drill';
import { sumOf } from '../../lib/core/figure';
import { anInClusterRoute, aPace, aPlan, aRoute } from '../core/explain/a-plan';

/** The plan waits 12 s (10 s of delay), drains for 30 s, and has a grace of 47 s; three replicas. */
const plan = aPlan({ pace: { ...aPlan().pace, at: [aPace({ rolledOut: { atLeastSeconds: 18, atMostSeconds: 40 } })] } });
const good: Measured = {
  replicas: 3, delaySeconds: 7.2, waitSeconds: 12, drainSeconds: 11, graceSeconds: 47, endSeconds: 23, startSeconds: 3.1,
  rolledOutSeconds: 25, lastGoneSeconds: 40,
};
const adviceOf = (measured: Partial<Measured>, planned = plan) => compareWithPlan({ ...good, ...measured }, planned).advice;

describe(compareWithPlan, () => {
  test('lays each number of the plan beside what is set and what was measured', () => {
    expect(compareWithPlan(good, plan)).toEqual({
      figures: [
        { what: 'until the last new connection', planned: { atMost: 10 }, measured: 7.2 },
        { what: 'preStop wait', planned: { atMost: 12 }, set: 12, slack: 4.8 },
        { what: 'from SIGTERM to the exit', planned: { atMost: 30 }, measured: 11 },
        { what: 'grace period', planned: { atMost: 47 }, set: 47, measured: 23, slack: 24 },
        { what: 'from creation to ready', measured: 3.1 },
        { what: 'rolled out', planned: { atLeast: 18, atMost: 40 }, measured: 25 },
        { what: 'last old pod gone', planned: { atLeast: 30 }, measured: 40 },
      ],
      advice: [],
    });
  });

  test('says that the plan is not applied', () => {
    const reason = 'the pods have less than the plan says: apply it';
    expect(adviceOf({ waitSeconds: 0, graceSeconds: 30 })).toEqual([
      { field: 'preStop', from: 0, to: 12, reason }, { field: 'terminationGracePeriodSeconds', from: 30, to: 47, reason },
    ]);
  });

  test('says what a Service has not, of what the plan writes', () => {
    const service = (annotations?: Record<string, string>, spec: object = {}): Manifest =>
      ({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'public', ...(annotations && { annotations }) }, spec });
    const [route] = plan.routes;
    const planned: RolloutPlan = { ...plan, routes: [{ ...route, annotations: { drain: 'on', seconds: '47' }, externalTrafficPolicy: 'Local' }] };
    const reason = 'the Service has not what the plan says: apply it';
    expect(compareWithPlan(good, planned, [service({ drain: 'off', other: '1' })]).advice).toEqual([
      { field: 'Service/public drain', from: 'off', to: 'on', reason }, { field: 'Service/public seconds', from: 'unset', to: '47', reason },
      { field: 'Service/public externalTrafficPolicy', from: 'unset', to: 'Local', reason },
    ]);
    expect(compareWithPlan(good, planned, [service({ drain: 'on', seconds: '47' }, { externalTrafficPolicy: 'Local' })]).advice).toEqual([]);
  });

  test('says what the plan was told, or assumed, that is not so', () => {
    expect(adviceOf({ delaySeconds: 14.3, drainSeconds: 33.2 })).toEqual([
      { field: 'traffic[public].delaySeconds', from: 10, to: 16, reason: 'a new connection reached a stopping pod 14.3 s after its deletion' },
      { field: 'longestRequestSeconds', from: 20, to: 24, reason: 'the application left 33.2 s after SIGTERM, and the plan gave it 30 s' },
    ]);
    const slowest = { ...plan, startup: { containers: [], slowestStart: sumOf('start', [{ label: 'start', value: 2, source: 'author' }]) } };
    expect(adviceOf({}, slowest)).toEqual([
      { field: 'slowestStartSeconds', from: 2, to: 4, reason: 'a pod was ready 3.1 s after its creation, scheduling and image included' },
    ]);
  });

  test('names an option with its path', () => {
    const [container] = plan.shutdown.containers;
    const behind = (label: string, source: string) => {
      const drain = sumOf('in flight', [...container.drain.parts, { label, value: 600, source }]);
      return adviceOf({ drainSeconds: 631.2, graceSeconds: 900 }, aPlan({ containers: [{ ...container, drain }] }));
    };
    const reason = 'the application left 631.2 s after SIGTERM, and the plan gave it 630 s';
    expect(behind('longest session', 'author: longConnection.longestSessionSeconds')).toEqual([
      { field: 'longConnection.longestSessionSeconds', from: 600, to: 602, reason },
    ]);
    expect(behind('longest request', 'ours: the default of longestRequestSeconds')).toEqual([{ field: 'longestRequestSeconds', from: 600, to: 602, reason }]);
  });

  test('asks nothing more of an application that exits on SIGTERM, where its exit takes a moment to get known', () => {
    const exits = { ...plan.shutdown.containers[0], onSigterm: 'exits' as const, drain: sumOf('nothing: it exits on SIGTERM', []) };
    expect(adviceOf({ drainSeconds: 1.2 }, aPlan({ containers: [exits] }))).toEqual([]);
    expect(adviceOf({ drainSeconds: 25, graceSeconds: 90 }, aPlan({ containers: [exits] }))).toEqual([{
      field: 'onSigterm', from: 'exits', to: 'drains', reason: 'the application left 25 s after SIGTERM, and the plan gave it 0 s',
    }]);
  });

  test('names no Service where several lead to the pods, and says only what is so of each', () => {
    const several = aPlan({ routes: [anInClusterRoute('internal'), aRoute()] });
    expect(adviceOf({ delaySeconds: 8 }, several)).toEqual([]);
    expect(adviceOf({ delaySeconds: 11 }, several)).toEqual([{
      field: 'traffic[the Service that the address leads to].delaySeconds', from: 'at most 10', to: 12,
      reason: 'a new connection reached a stopping pod 11 s after its deletion',
    }]);
  });

  test('holds against nobody what nobody told: the pods\' own settings are judged alone', () => {
    const service: Manifest = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'public' }, spec: {} };
    const measured = { ...good, delaySeconds: 14.3, drainSeconds: 33.2, graceSeconds: 30 };
    const { figures, advice } = compareWithPlan(measured, plan, [service], true);
    expect(figures).toEqual(compareWithPlan(measured, plan).figures);
    expect(advice).toEqual([{ field: 'preStop', from: 12, to: 17, reason: 'a new connection reached a stopping pod 14.3 s after its deletion' }]);
    expect(compareWithPlan(measured, plan, [service]).advice.map(({ field }) => field)).toEqual([
      'terminationGracePeriodSeconds', 'Service/public drain-seconds', 'traffic[public].delaySeconds', 'longestRequestSeconds',
    ]);
  });

  test('says nothing of a wait that nobody can tell', () => {
    const { waitSeconds, drainSeconds, ...measured } = good;
    const { figures, advice } = compareWithPlan(measured, plan);
    expect(figures.slice(1, 3)).toEqual([
      { what: 'preStop wait', planned: { atMost: 12 }, note: 'a preStop hook is no plain wait' },
      { what: 'from SIGTERM to the exit', planned: { atMost: 30 }, note: 'a preStop hook is no plain wait' },
    ]);
    expect([advice, compareWithPlan(measured).advice]).toEqual([[], []]);
  });

  test('does not take the clocks\' difference for a fault', () => {
    expect(adviceOf({ drainSeconds: 30.4, delaySeconds: 10 })).toEqual([]);
  });

  test('judges the pods\' own settings where there is no plan', () => {
    const { figures, advice } = compareWithPlan({ ...good, waitSeconds: 5, graceSeconds: 23 });
    expect(figures.slice(0, 2)).toEqual([
      { what: 'until the last new connection', measured: 7.2 }, { what: 'preStop wait', set: 5, slack: -2.2 },
    ]);
    expect(advice).toEqual([
      { field: 'preStop', from: 5, to: 10, reason: 'a new connection reached a stopping pod 7.2 s after its deletion' },
      { field: 'terminationGracePeriodSeconds', from: 23, to: 46, reason: 'a pod used up its grace period, and was killed' },
    ]);
  });

  test('reckons with a preStop that the grace period cuts short, and says so', () => {
    const { figures, advice } = compareWithPlan({ ...good, waitSeconds: 60, graceSeconds: 30, endSeconds: 32, drainSeconds: 2 });
    expect(figures[1]).toEqual({ what: 'preStop wait', set: 60, slack: 22.8, note: 'the grace period ends it after 30 s' });
    expect(advice).toEqual([
      { field: 'terminationGracePeriodSeconds', from: 30, to: 90, reason: 'it ended the preStop of 60 s, and left the application 2 s' },
    ]);
  });

  test('says what could not be measured, and what the plan does not speak of', () => {
    const { figures } = compareWithPlan({ replicas: 7, waitSeconds: 12, endSeconds: 20, rolledOutSeconds: 9 }, plan);
    expect(figures.map(({ what, note }) => [what, note])).toEqual([
      ['until the last new connection', 'no new connection is known to have reached a stopping pod'],
      ['preStop wait', undefined], ['from SIGTERM to the exit', undefined], ['grace period', undefined],
      ['rolled out', 'the plan does not speak of 7 replicas'],
    ]);
  });

  test('has nothing to say where no pod ended or started', () => {
    expect(compareWithPlan({ replicas: 3 }, plan)).toEqual({ figures: [], advice: [] });
  });
});
