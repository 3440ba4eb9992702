import { measure, Outcome, reportOf, ReportOptions } from 'kube-graceful/drill';
import { aPlan } from '../core/explain/a-plan';
import { A_RECORD, T } from './a-record';

const record = A_RECORD;

describe(measure, () => {
  test('reads the real delay off the answers of a stopping pod to new connections', () => {
    expect(measure(record)).toEqual({
      replicas: 1, delaySeconds: 4.1, waitSeconds: 10, drainSeconds: 4, graceSeconds: 30, endSeconds: 14, startSeconds: 2.5,
      rolledOutSeconds: 5, lastGoneSeconds: 20,
    });
  });

  test('measures the drain until the containers have ended, and what the grace has to hold until the sidecars have, too', () => {
    const [first, ...others] = record.pods;
    const pods = [{ ...first, containersExitedAtMs: T + 17_000 }, ...others];
    expect(measure({ ...record, pods })).toMatchObject({ drainSeconds: 2, endSeconds: 14 });
  });

  test('counts a new connection that found nobody in the real delay, and no other loss', () => {
    const lost = (sentAtMs: number, more: Partial<Outcome> = {}): Outcome =>
      ({ client: 'new', sentAtMs: T + sentAtMs, endedAtMs: T + sentAtMs + 10, loss: 'reset', ...more });
    const delayOf = (...outcomes: Outcome[]) => measure({ ...record, outcomes: [...record.outcomes, ...outcomes] }).delaySeconds;
    expect(delayOf(lost(16_500))).toBe(11.5); // SIGTERM came at 15 s
    expect(delayOf(lost(16_500, { loss: 'refused' }))).toBe(11.5);
    expect(delayOf(lost(16_500), lost(19_400), lost(30_000))).toBe(14.4); // what is lost long after has a story of its own
    expect(delayOf(lost(16_500, { loss: 'timed-out', endedAtMs: T + 26_500 }))).toBe(4.1);
    expect(delayOf(lost(16_500, { reused: true }), lost(14_500), lost(18_000, { client: 'slow', endedAtMs: T + 20_000 }))).toBe(4.1);
  });

  test('measures a delay that lasts longer than 30 s after a pod is gone', () => {
    const refused = Array.from({ length: 60 }, (_, i): Outcome =>
      ({ client: 'new', sentAtMs: T + 15_500 + i * 1000, endedAtMs: T + 15_501 + i * 1000, loss: 'refused' }));
    expect(measure({ ...record, outcomes: refused }).delaySeconds).toBe(69.5); // deleted at 5 s, gone at 20 s, the last one at 74.5 s
  });

  test('measures neither wait nor drain where a hook is no plain wait', () => {
    const [first, ...others] = record.pods;
    const pods = [{ ...first, preStopSeconds: undefined, preStopUnknown: true }, ...others];
    expect(measure({ ...record, pods })).toEqual({
      replicas: 1, delaySeconds: 4.1, graceSeconds: 30, endSeconds: 14, startSeconds: 2.5, rolledOutSeconds: 5, lastGoneSeconds: 20,
    });
  });

  test('measures a rollout only where there was one', () => {
    expect(measure({ ...record, action: { kind: 'delete-pod' }, pods: [], outcomes: [] })).toEqual({ replicas: 1 });
  });
});

describe(reportOf, () => {
  const report = reportOf(record, { allowedLost: 2, namespace: 'shop' });

  test('counts in seconds since the action', () => {
    const { actedAt, load, window, losses, changes, pods } = report;
    expect({ actedAt, load, window, losses, changes }).toEqual({
      actedAt: '2026-01-02T03:04:05.600Z',
      load: { fromSeconds: -1, toSeconds: 14.01 },
      window: { fromSeconds: 5, toSeconds: 20 },
      losses: [{ atSeconds: 12.3, client: 'reused', loss: 'reset' }],
      changes: [{ atSeconds: 5, text: 'web-1 was deleted' }],
    });
    expect(pods).toEqual([
      {
        name: 'web-1', node: 'node-1', version: 'abc', seenSeconds: -3, readySeconds: -3, deletedSeconds: 5, sigtermSeconds: 15, exitedSeconds: 19,
        goneSeconds: 20, graceEndsSeconds: 35,
      },
      { name: 'web-2', seenSeconds: 0.1, readySeconds: 2.6 },
    ]);
  });

  test('tells when SIGTERM and SIGKILL come where the grace period cuts preStop short', () => {
    const [first] = record.pods;
    const [pod] = reportOf({ ...record, pods: [{ ...first, preStopSeconds: 60, graceSeconds: 12 }] }).pods;
    expect(pod).toMatchObject({ deletedSeconds: 5, sigtermSeconds: 17, graceEndsSeconds: 19 });
  });

  test('judges no wait of a hook that is no plain one: nobody can tell when SIGTERM came', () => {
    const [first] = record.pods;
    const unknown = { ...first, preStopSeconds: undefined, preStopUnknown: true };
    const { pods: [{ sigtermSeconds }], figures } = reportOf({ ...record, pods: [unknown] });
    expect(sigtermSeconds).toBeUndefined();
    expect(figures.find(({ what }) => what === 'preStop wait')).toEqual({ what: 'preStop wait', note: 'a preStop hook is no plain wait' });
  });

  test('says whether somebody told what the plan is made of, and advises nothing of one that nobody did', () => {
    const found = (options: ReportOptions) => {
      const { plan, advice } = reportOf(record, options);
      return [plan, advice.map(({ field }) => field)];
    };
    expect(found({ plan: aPlan() })).toEqual(['told', ['preStop', 'terminationGracePeriodSeconds']]);
    expect(found({ plan: aPlan(), assumed: true })).toEqual(['assumed', []]);
    expect(found({})).toEqual([undefined, []]);
  });

  test('counts each client as a whole and in the window, and bounds what a zero proves', () => {
    expect(report.clients).toMatchObject([
      { name: 'new', sent: 3, lost: 0, inWindow: { sent: 2, lost: 0 }, upperBound95: 1 - 0.05 ** (1 / 2) },
      { name: 'reused', sent: 2, lost: 1, inWindow: { sent: 2, lost: 1 }, lostBy: { reset: 1 } },
    ]);
    expect(report.clients[1].upperBound95).toBeUndefined();
  });

  test('tells losses second by second, by cause and by the version that had them', () => {
    expect(report.clients[1]).toMatchObject({
      lostByVersion: { 1: 1 },
      perSecond: [
        { atSeconds: 12, sent: 1, lost: 1, lostBy: { reset: 1 }, lostByVersion: { 1: 1 } },
        { atSeconds: 14, sent: 1, lost: 0, byVersion: { 1: 1 } },
      ],
    });
  });

  test('tells why', () => {
    expect(report.causes).toEqual([{
      fromSeconds: 12.3, toSeconds: 12.3, count: 1, pod: 'web-1', certain: true, meanwhile: [],
      text: '1 reset at 12.3 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 2.7 s left',
    }]);
  });

  test('says how long a client waits, by which its lateness is judged', () => {
    expect(report.client).toEqual({ unsent: 0, latestMs: 3 });
    expect(reportOf({ ...record, timeoutSeconds: 2 }).client).toEqual({ unsent: 0, latestMs: 3, timeoutSeconds: 2 });
  });

  test('is plain data: JSON and back changes nothing', () => {
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
