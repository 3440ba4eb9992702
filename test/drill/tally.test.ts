import { Outcome, tally } from 'kube-graceful/drill';

const answered = (sentAtMs: number, more: Partial<Outcome> = {}): Outcome =>
  ({ client: 'new', sentAtMs, endedAtMs: sentAtMs + 10, status: 200, answeredBy: '1 pod-a', latencyMs: 10, ...more });
const lost = (sentAtMs: number, more: Partial<Outcome> = {}): Outcome =>
  ({ client: 'new', sentAtMs, endedAtMs: sentAtMs + 10, loss: 'reset', ...more });

describe('tally', () => {
  test('counts nothing where nothing was sent', () => {
    expect(tally([])).toEqual({ sent: 0, lost: 0, clients: {} });
  });

  test('counts by client, cause, version and second, and losses by the version that had them', () => {
    const outcomes = [
      lost(2500, { loss: 'refused' }), answered(1000), answered(1500, { answeredBy: '2 pod-b', reused: true }),
      lost(2000, { connectedTo: '1 pod-a' }),
      lost(2100, { loss: 'status', status: 503, answeredBy: '2 pod-b' }), answered(3000, { client: 'slow', endedAtMs: 6000, latencyMs: 3000 }),
    ];
    expect(tally(outcomes)).toEqual({
      sent: 6,
      lost: 3,
      clients: {
        new: {
          sent: 5,
          answered: 2,
          lost: 3,
          onReusedConnections: 1,
          lostBy: { reset: 1, status: 1, refused: 1 },
          byVersion: { 1: 1, 2: 2 },
          lostByVersion: { '1': 1, '2': 1, '?': 1 },
          latencyMs: { p50: 10, p99: 10, max: 10 },
          longestOutageMs: 510,
          perSecond: [
            { second: 1, sent: 2, lost: 0, byVersion: { 1: 1, 2: 1 } },
            {
              second: 2, sent: 3, lost: 3, byVersion: { 2: 1 }, lostBy: { reset: 1, status: 1, refused: 1 },
              lostByVersion: { '1': 1, '2': 1, '?': 1 },
            },
          ],
        },
        slow: {
          sent: 1,
          answered: 1,
          lost: 0,
          onReusedConnections: 0,
          lostBy: {},
          byVersion: { 1: 1 },
          lostByVersion: {},
          latencyMs: { p50: 3000, p99: 3000, max: 3000 },
          longestOutageMs: 0,
          perSecond: [{ second: 3, sent: 1, lost: 0, byVersion: { 1: 1 } }],
        },
      },
    });
  });

  test('counts in a window what was on its way at any time of it', () => {
    const before = answered(100);
    const into = lost(990);
    const inside = answered(1500);
    const outOf = lost(1995);
    const after = answered(2001);
    const { sent, lost: losses, window } = tally([after, outOf, inside, into, before], { fromMs: 1000, toMs: 2000 });
    expect({ sent, losses, window }).toEqual({ sent: 3, losses: 2, window: { fromMs: 1000, toMs: 2000 } });
  });

  test('takes the smallest latency that enough answers did not exceed', () => {
    const outcomes = Array.from({ length: 200 }, (_, i) => answered(i, { latencyMs: 200 - i }));
    expect(tally(outcomes).clients.new.latencyMs).toEqual({ p50: 100, p99: 198, max: 200 });
  });

  test('measures an outage from its first loss to the next request that was answered', () => {
    const outcomes = [answered(0), lost(100), answered(200), lost(300), lost(400), lost(500), answered(650), lost(700)];
    expect(tally(outcomes).clients.new.longestOutageMs).toBe(350);
  });

  test('ends an outage that no answer follows with its last loss', () => {
    expect(tally([answered(0), lost(100), lost(900, { endedAtMs: 1900 })]).clients.new.longestOutageMs).toBe(1800);
  });

  test('does not count how long a client waited for what was lost once something sent later was answered', () => {
    expect(tally([lost(0, { loss: 'timed-out', endedAtMs: 10_000 }), answered(16)]).clients.new.longestOutageMs).toBe(16);
    expect(tally([lost(0, { loss: 'timed-out', endedAtMs: 10_000 }), lost(5), answered(16), lost(20)]).clients.new.longestOutageMs).toBe(16);
    expect(tally([lost(0, { loss: 'timed-out', endedAtMs: 10_000 }), lost(5)]).clients.new.longestOutageMs).toBe(10_000);
  });

  test('counts an outage of what is held open from the cut to the next opening', () => {
    const cut = (sentAtMs: number, endedAtMs: number) => lost(sentAtMs, { endedAtMs, held: true });
    expect(tally([cut(0, 39_000), answered(40_000, { held: true })]).clients.new.longestOutageMs).toBe(1000);
    // One that could not be opened again is tried anew; one that was, and is cut later, was open.
    const reopened = [cut(0, 39_000), lost(40_000), cut(41_000, 60_000), answered(61_500, { held: true })];
    expect(tally(reopened).clients.new.longestOutageMs).toBe(2000);
    expect(tally([cut(0, 39_000)]).clients.new.longestOutageMs).toBe(0);
  });

  test('counts an outage of what fell silent from the last that was heard of it', () => {
    const silent = lost(0, { client: 'stream', held: true, loss: 'timed-out', silentSinceMs: 28_000, endedAtMs: 38_000 });
    const reopened = answered(39_000, { client: 'stream', held: true });
    expect(tally([silent, reopened]).clients.stream.longestOutageMs).toBe(11_000);
    expect(tally([silent]).clients.stream.longestOutageMs).toBe(10_000); // and nothing came until it was given up
  });

  test('takes first words for versions only while they are few', () => {
    const of = (words: number) => tally([
      ...Array.from({ length: 40 }, (_, i) => answered(i, { answeredBy: `${i % words} web-1` })), lost(50, { connectedTo: '0 web-1' }),
    ]).clients.new;
    expect(Object.keys(of(20).byVersion)).toHaveLength(20);
    expect(of(20)).toMatchObject({ lostByVersion: { 0: 1 }, perSecond: [{ lostByVersion: { 0: 1 } }] });
    expect(of(21)).toMatchObject({ answered: 40, byVersion: {}, lostByVersion: { '?': 1 }, perSecond: [{ lostByVersion: { '?': 1 } }] });
    expect(of(21).perSecond[0].byVersion).toBeUndefined();
  });

  test('leaves what it was given as it was', () => {
    const outcomes = Object.freeze([Object.freeze(lost(2)), Object.freeze(answered(1))]);
    expect(tally(outcomes).sent).toBe(2);
    expect(outcomes[0].sentAtMs).toBe(2);
  });
});
