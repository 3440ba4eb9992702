import { OtherClock } from '../../lib/drill/other-clock';

let nowMs = 0;
jest.mock('../../lib/drill/now-ms', () => ({ nowMs: () => nowMs }));

const outcome = { client: 'stream', sentAtMs: 10_000, endedAtMs: 12_000, silentSinceMs: 11_000 };

describe(OtherClock, () => {
  beforeEach(() => void (nowMs = 0));

  test('asks three times, and goes by the shortest round trip, half-way', () => {
    const ask = jest.fn();
    const clock = new OtherClock(ask);
    const answers = [[900, 5900], [1000, 5930], [1010, 5965], [1100, 6050]].map(([atMs, clockMs], i) => {
      nowMs = atMs;
      return clock.compare({ clockMs, ...(i === 0 && { mayAsk: true }) });
    });
    expect({ answers, asked: ask.mock.calls.length }).toEqual({ answers: [false, false, false, true], asked: 3 });
    // The third answer took 10 ms, from 1000 to 1010: its clock was 5965 when ours was 1005.
    expect(clock.ours(outcome)).toEqual({ ...outcome, sentAtMs: 10_000 - 4960, endedAtMs: 12_000 - 4960, silentSinceMs: 11_000 - 4960 });
  });

  test('takes what it is told where it may not ask', () => {
    const ask = jest.fn();
    const clock = new OtherClock(ask);
    nowMs = 100;
    expect(clock.compare({ clockMs: 1050 })).toBe(true);
    expect(ask).not.toHaveBeenCalled();
    expect(clock.ours({ client: 'new', sentAtMs: 2000, endedAtMs: 2001 })).toEqual({ client: 'new', sentAtMs: 1000, endedAtMs: 1001 });
  });
});
