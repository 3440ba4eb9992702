import { causesOf, Outcome, PodLife } from 'kube-graceful/drill';
import { recentMsOf } from '../../lib/drill/recent-ms';

/** Ready from the start, deleted at 10 s, SIGTERM at 25 s, gone at 55 s. */
const leaving: PodLife = {
  name: 'web-1', uid: 'u1', address: '10.244.1.4', firstSeenAtMs: 0, readyAtMs: 1, preStopSeconds: 15, graceSeconds: 60,
  deletedAtMs: 10_000, exitedAtMs: 54_000, goneAtMs: 55_000,
};
const staying: PodLife = { name: 'web-2', uid: 'u2', address: '10.244.2.4', firstSeenAtMs: 0, readyAtMs: 1 };
const lost = (loss: Outcome['loss'], atMs: number, more: Partial<Outcome> = {}): Outcome =>
  ({ client: 'reused', sentAtMs: atMs - 5, endedAtMs: atMs, loss, connectedTo: '1 web-1', ...more });
const nameless = (loss: Outcome['loss'], atMs: number) => lost(loss, atMs, { client: 'new', connectedTo: undefined });

const textsOf = (outcomes: readonly Outcome[], pods: readonly PodLife[] = [leaving, staying]) =>
  causesOf(outcomes, { pods, changes: [], zeroMs: 0 }).map(({ text }) => text);

describe('causesOf', () => {
  test('lays a cut before SIGTERM to what stands between', () => {
    expect(textsOf([1, 2, 3, 4, 5, 6, 7].map((i) => lost('reset', 16_000 + i)))).toEqual([
      '7 resets at 16 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 9 s left',
    ]);
  });

  test.each([
    ['ended', 25_400, {}, '1 connection ended at 25.4 s: web-1 (10.244.1.4) ended its connections when SIGTERM came, after a preStop of 15 s'],
    ['ended', 11_000, { preStopSeconds: undefined }, '1 connection ended at 11 s: web-1 (10.244.1.4) ended its connections when SIGTERM came, at once, as it has no preStop wait'],
    ['reset', 40_000, {}, '1 reset at 40 s: web-1 (10.244.1.4) was cut 15 s into its drain, by the load balancer or by its application'],
    ['ended', 54_000, {}, '1 connection ended at 54 s: web-1 (10.244.1.4) exited with it under way, 29 s after SIGTERM'],
    ['reset', 70_000, { exitedAtMs: 70_000 }, '1 reset at 70 s: SIGKILL ended web-1 (10.244.1.4) when its grace of 60 s was over'],
    ['refused', 26_000, {}, '1 refused connection at 26 s: the load balancer still sent to web-1 (10.244.1.4), which had got SIGTERM 1 s before'],
    ['refused', 20_000, {}, '1 refused connection at 20 s: web-1 (10.244.1.4) took no connection any more while preStop had 5 s left'],
    ['refused', 57_000, {}, '1 refused connection at 57 s: still sent to web-1 (10.244.1.4), which had exited 3 s before'],
  ] as const)('tells apart what ended a connection: %s at %d ms', (loss, atMs, more, text) => {
    expect(textsOf([lost(loss, atMs)], [{ ...leaving, ...more }, staying])).toEqual([text]);
  });

  test.each([
    ['ended', 40_200, {}, '1 connection ended at 40.2 s: web-1 (10.244.1.4) ended its connections when SIGTERM came, after a preStop of 60 s, which its grace of 30 s cut short'],
    ['reset', 16_000, {}, '1 reset at 16 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 24 s left'],
    ['reset', 42_000, {}, '1 reset at 42 s: SIGKILL ended web-1 (10.244.1.4) 2 s after SIGTERM, as its preStop of 60 s had used up its grace of 30 s'],
    ['ended', 41_000, { exitedAtMs: 41_000 }, '1 connection ended at 41 s: web-1 (10.244.1.4) exited with it under way, 1 s after SIGTERM'],
  ] as const)('knows that the grace period cuts preStop short: %s at %d ms', (loss, atMs, more, text) => {
    const hasty = { ...leaving, preStopSeconds: 60, graceSeconds: 30, exitedAtMs: 42_000, goneAtMs: 43_000, ...more };
    expect(textsOf([lost(loss, atMs)], [hasty, staying])).toEqual([text]);
  });

  test.each([
    ['ended', 25_400, {}, '1 connection ended at 25.4 s: web-1 (10.244.1.4) was cut 15.4 s after its deletion, by the load balancer or by its application: '
      + 'as its preStop is no plain wait, nobody can tell whether it had got SIGTERM'],
    ['refused', 26_000, {}, '1 refused connection at 26 s: the load balancer still sent to web-1 (10.244.1.4), which took no connection any more 16 s after its deletion'],
    ['refused', 26_000, { connectedTo: undefined }, '1 refused connection at 26 s: the load balancer still sent to web-1 (10.244.1.4), which took no connection any more 16 s after its deletion'],
    ['reset', 26_000, { connectedTo: undefined }, '1 reset at 26 s: the load balancer still sent to web-1 (10.244.1.4), which took no connection any more 16 s after its deletion'],
    ['ended', 54_000, {}, '1 connection ended at 54 s: web-1 (10.244.1.4) exited with it under way, 44 s after its deletion'],
  ] as const)('says nothing of SIGTERM where preStop is no plain wait: %s at %d ms, %j', (loss, atMs, more, text) => {
    expect(textsOf([lost(loss, atMs, more)], [{ ...leaving, preStopSeconds: undefined, preStopUnknown: true }, staying])).toEqual([text]);
  });

  test('counts a timeout from when it was sent', () => {
    expect(textsOf([lost('timed-out', 67_000, { sentAtMs: 57_000 })])).toEqual([
      '1 timeout at 57 s: still sent to web-1 (10.244.1.4), which had exited 3 s before',
    ]);
  });

  test('says that a wait is the longest where containers of a pod wait differently', () => {
    const several = { ...leaving, preStopsDiffer: true };
    expect(textsOf([lost('reset', 16_000), lost('ended', 25_400)], [several, staying])).toEqual([
      '1 reset at 16 s: the load balancer let go of web-1 (10.244.1.4) while the longest preStop had 9 s left',
      '1 connection ended at 25.4 s: web-1 (10.244.1.4) ended its connections when SIGTERM came, after the longest preStop, of 15 s',
    ]);
  });

  test('tells of a stream that fell silent when it did, not when it was opened', () => {
    const silent = lost('timed-out', 28_000, { client: 'stream', sentAtMs: 2000, silentSinceMs: 18_000, held: true, connectedTo: undefined, answeredBy: '1 web-1' });
    expect(textsOf([silent])).toEqual(['1 timeout at 18 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 7 s left']);
  });

  test('lays what is lost later than 30 s after a change to it only where it is told that clients take so long', () => {
    const textOf = (recentMs?: number) =>
      causesOf([nameless('refused', 95_000)], { pods: [leaving, staying], changes: [], zeroMs: 0, ...(recentMs && { recentMs }) }).map(({ text }) => text);
    expect(textOf()).toEqual(['1 refused connection at 95 s: nothing that was watched explains it']);
    expect(textOf(40_000)).toEqual(['1 refused connection at 95 s: still sent to web-1 (10.244.1.4), which had exited 41 s before']);
  });

  test('lays an error status to the pod that gave it', () => {
    expect(textsOf([
      lost('status', 2001, { answeredBy: '1 web-2', status: 503 }), lost('status', 12_000, { answeredBy: '1 web-1', status: 502 }),
    ])).toEqual([
      '1 error status at 2 s: web-2 (10.244.2.4) answered with 503, 2 s after it was ready',
      '1 error status at 12 s: web-1 (10.244.1.4) answered with 502, 2 s after its deletion',
    ]);
  });

  test('tells an error status that a pod gave shortly before its exit as its answer', () => {
    expect(textsOf([lost('status', 53_500, { answeredBy: '1 web-1', status: 500 })])).toEqual([
      '1 error status at 53.5 s: web-1 (10.244.1.4) answered with 500, 43.5 s after its deletion',
    ]);
  });

  test('does not lay an error status without a pod\'s name to a pod as its answer', () => {
    const given = lost('status', 56_000, { answeredBy: '<html>', connectedTo: '1 web-1', status: 502 });
    expect(causesOf([given], { pods: [leaving, staying], changes: [], zeroMs: 0 })).toMatchObject([{
      pod: 'web-1', certain: false, reason: 'error-answer',
      text: '1 error status at 56 s: the load balancer, or a pod that does not say its name, answered with 502; web-1 (10.244.1.4) changed last',
    }]);
    const alone = '1 error status at 56 s: the load balancer, or a pod that does not say its name, answered with 502';
    const nobodys = { ...given, answeredBy: undefined, connectedTo: undefined };
    expect(textsOf([nobodys], [staying])).toEqual([alone]);
    // The one that changed last, whatever the change: web-1 was gone before.
    expect(textsOf([nobodys], [leaving, { ...staying, deletedAtMs: 55_500, preStopSeconds: 15 }])).toEqual([`${alone}; web-2 (10.244.2.4) changed last`]);
    expect(textsOf([nobodys], [staying, { name: 'web-3', uid: 'u3', firstSeenAtMs: 50_000 }])).toEqual([`${alone}; web-3 changed last`]);
  });

  test('suspects the pod that changed last where no connection names one', () => {
    const groups = causesOf([nameless('refused', 55_500), nameless('reset', 16_000)], { pods: [leaving, staying], changes: [], zeroMs: 0 });
    expect(groups.map(({ certain, pod, reason }) => ({ certain, pod, reason }))).toEqual([
      { certain: false, pod: 'web-1', reason: 'let-go-in-wait' }, { certain: false, pod: 'web-1', reason: 'not-listening' },
    ]);
  });

  test('takes what breaks together with a connection that names its pod for that pod\'s', () => {
    const later: PodLife = { ...staying, deletedAtMs: 15_500, preStopSeconds: 15 };
    const groups = causesOf([nameless('reset', 16_000), lost('reset', 16_100), nameless('reset', 18_000)], { pods: [leaving, later], changes: [], zeroMs: 0 });
    expect(groups.map(({ count, pod, certain }) => ({ count, pod, certain }))).toEqual([
      { count: 1, pod: 'web-1', certain: false }, { count: 1, pod: 'web-1', certain: true }, { count: 1, pod: 'web-2', certain: false },
    ]);
  });

  test('suspects a pod that is starting of what new connections lose', () => {
    const starting: PodLife = { name: 'web-3', uid: 'u3', firstSeenAtMs: 5000, readyAtMs: 9000 };
    expect(textsOf([nameless('refused', 6000)], [staying, starting])).toEqual(['1 refused connection at 6 s: web-3 was sent to before it was ready']);
  });

  test('lays what came to nobody behind a load balancer to the pod that ended, not to one that was deleted or made since', () => {
    const others: PodLife[] = [
      { ...staying, deletedAtMs: 25_500, preStopSeconds: 15 }, { name: 'web-3', uid: 'u3', firstSeenAtMs: 25_600 },
    ];
    const textOf = (more: Partial<Outcome>) => textsOf([lost('reset', 26_000, { client: 'new', connectedTo: undefined, ...more })], [leaving, ...others]);
    expect(textOf({})).toEqual(['1 reset at 26 s: the load balancer still sent to web-1 (10.244.1.4), which had got SIGTERM 1 s before']);
    expect(textOf({ reused: true })).toEqual(['1 reset at 26 s: the load balancer let go of web-2 (10.244.2.4) while preStop had 14.5 s left']);
    expect(textOf({ sentAtMs: 23_000 })).toEqual(['1 reset at 26 s: the load balancer let go of web-2 (10.244.2.4) while preStop had 14.5 s left']);
    expect(textsOf([nameless('refused', 26_000)], [leaving, ...others])).toEqual([
      '1 refused connection at 26 s: the load balancer still sent to web-1 (10.244.1.4), which had got SIGTERM 1 s before',
    ]);
    expect(textsOf([nameless('ended', 53_500)], [leaving, staying])).toEqual([
      '1 connection ended at 53.5 s: still sent to web-1 (10.244.1.4), which was about to exit',
    ]);
  });

  test('lays what broke beside no deletion to a pod that had become unready', () => {
    const changes = [
      { atMs: 1000, kind: 'pod-unready' as const, pod: 'web-9', text: '' }, { atMs: 1500, kind: 'endpoint-not-serving' as const, pod: 'web-2', text: '' },
      { atMs: 9000, kind: 'pod-unready' as const, pod: 'web-2', text: '' },
    ];
    expect(causesOf([lost('reset', 2000, { connectedTo: '1 web-2' }), nameless('reset', 4000)], { pods: [staying], changes, zeroMs: 0 })).toMatchObject([
      { certain: true, reason: 'unready', text: '1 reset at 2 s: the load balancer let go of web-2 (10.244.2.4), which had become unready 0.5 s before' },
      { certain: false, pod: 'web-2', reason: 'unready' },
    ]);
  });

  test('takes time in proportion to what was lost', () => {
    const many = Array.from({ length: 100_000 }, (_, i) => (i % 2 ? lost : nameless)('reset', 16_000 + i / 100));
    const before = process.cpuUsage();
    const groups = causesOf(many, { pods: [leaving, staying], changes: [], zeroMs: 0 });
    expect(groups.reduce((sum, { count }) => sum + count, 0)).toBe(100_000);
    const { user } = process.cpuUsage(before); // who else uses the machine is not in it
    expect(user / 1e6).toBeLessThan(5); // comparing each with each takes a minute
  });

  test('says when there was no pod, and when it does not know', () => {
    expect(textsOf([nameless('refused', 95_000)], [leaving])).toEqual(['1 refused connection at 95 s: no pod was ready']);
    expect(textsOf([nameless('refused', 95_000)])).toEqual(['1 refused connection at 95 s: nothing that was watched explains it']);
  });

  test('groups what follows within a second, by kind, pod and reason, and names the clients', () => {
    const outcomes = [lost('reset', 16_000), lost('reset', 16_900, { client: 'stream' }), lost('reset', 18_000), lost('ended', 16_500)];
    expect(causesOf(outcomes, { pods: [leaving, staying], changes: [], zeroMs: 1000, wayIn: 'kube-proxy' })).toMatchObject([
      {
        fromSeconds: 15, toSeconds: 15.9, count: 2, loss: 'reset', clients: ['reused', 'stream'],
        text: '2 resets from 15 to 15.9 s: kube-proxy let go of web-1 (10.244.1.4) while preStop had 9 s left',
      },
      { fromSeconds: 15.5, count: 1, loss: 'ended' },
      { fromSeconds: 17, count: 1, loss: 'reset' },
    ]);
  });

  test('sets beside it what happened in the second before', () => {
    const changes = [
      { atMs: 14_000, kind: 'event' as const, text: 'long ago' }, { atMs: 15_500, kind: 'event' as const, text: 'web-1: Killing' },
      { atMs: 16_100, kind: 'event' as const, text: 'afterwards' },
    ];
    expect(causesOf([lost('reset', 16_000)], { pods: [leaving], changes, zeroMs: 0 })[0].meanwhile).toEqual(['15.5 s web-1: Killing']);
  });

  test('has nothing to say where nothing was lost', () => {
    expect(causesOf([{ client: 'new', sentAtMs: 0, endedAtMs: 1, status: 200 }], { pods: [], changes: [], zeroMs: 0 })).toEqual([]);
  });
});

describe(recentMsOf, () => {
  const every = (stepMs: number, fromMs: number, toMs: number) =>
    Array.from({ length: Math.floor((toMs - fromMs) / stepMs) + 1 }, (_, i) => nameless('refused', fromMs + i * stepMs + 5));
  const [last] = [leaving.goneAtMs!];

  test('is 30 s, or the delay of the plan where that is longer', () => {
    expect([recentMsOf([], [leaving]), recentMsOf([], [leaving], 20), recentMsOf([], [leaving], 60)]).toEqual([30_000, 30_000, 60_000]);
  });

  test('is as long as new connections find nobody without a pause of 3 s, while another pod is ready', () => {
    const going = every(1000, last + 1000, last + 50_000);
    expect(recentMsOf(going, [leaving, staying])).toBe(50_005);
    expect(recentMsOf([...going, nameless('refused', last + 54_000)], [leaving, staying])).toBe(50_005);
    const untold = { ...leaving, preStopUnknown: true, exitedAtMs: last + 60_000, goneAtMs: last + 61_000 };
    expect(recentMsOf(every(1000, untold.deletedAtMs! + 1000, untold.deletedAtMs! + 50_000), [untold, staying])).toBe(50_005);
    expect(recentMsOf(every(4000, last + 1000, last + 90_000), [leaving, staying])).toBeLessThan(37_000);
    expect(recentMsOf(going, [leaving])).toBe(30_000);
    expect(recentMsOf(going.map((outcome) => ({ ...outcome, loss: 'status' as const })), [leaving, staying])).toBe(30_000);
  });
});
