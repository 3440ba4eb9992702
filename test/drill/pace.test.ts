import { startPace } from '../../lib/drill/pace';

let clockMs = 0;
jest.mock('../../lib/drill/now-ms', () => ({ nowMs: () => clockMs }));
beforeEach(() => {
  clockMs = 1000;
  jest.useFakeTimers();
});
afterEach(() => jest.useRealTimers());

/** Lets time go by, tick by tick; `heldMs` is what each turn takes of it. */
function taken(ratePerSecond: number, seconds: number, heldMs = 0): { turns: number[]; pace: ReturnType<typeof startPace> } {
  const turns: number[] = [];
  const pace = startPace(ratePerSecond, (index) => {
    turns.push(index);
    clockMs += heldMs;
  });
  for (const endMs = clockMs + seconds * 1000; clockMs < endMs;) {
    clockMs += 4;
    jest.advanceTimersByTime(4);
  }
  return { turns, pace };
}

describe(startPace, () => {
  test('takes turn i at i / rate seconds', () => {
    const { turns, pace } = taken(20, 1);
    expect(turns).toEqual(Array.from({ length: 21 }, (_, i) => i));
    expect(pace.stop()).toBeLessThan(4);
  });

  test('takes at once what fell due while the process was held up, the end included', () => {
    const { turns, pace } = taken(100, 0.1);
    clockMs += 1000;
    expect(turns).toHaveLength(11);
    expect(pace.stop()).toBeCloseTo(990, 5);
    expect(turns).toHaveLength(111);
  });

  test('lets others have their turn although each of its own takes longer than it may', () => {
    const { turns, pace } = taken(1000, 0.5, 2);
    expect(turns.length).toBeGreaterThan(100);
    expect(pace.stop()).toBeGreaterThan(100);
  });

  test('takes no turn once it has ended', () => {
    const { turns, pace } = taken(20, 0.1);
    pace.stop();
    clockMs += 1000;
    jest.advanceTimersByTime(1000);
    expect(turns).toHaveLength(3);
  });
});
