import * as fc from 'fast-check';
import { countWaves, peakPods, rolloutBounds } from '../../../lib/core/budget';
import { SimulatedRollout } from './a-deployment';

/** Runs a rollout in which each new pod takes its own number of seconds until it is ready, and each old one its own to leave. */
function run(input: Rollout) {
  const { replicas, surge, unavailable, minReadySeconds, starts, leaves } = input;
  const rollout = new SimulatedRollout(replicas, surge, unavailable);
  const availableAt: number[] = [];
  const goneAt: number[] = [];
  let created = 0;
  const seen = { serving: 0, existing: 0, rolledOut: 0, lastPodGone: 0 };
  for (let now = 0; ; now = Math.min(...availableAt.filter((at) => at > now))) {
    rollout.becomeAvailable(availableAt.filter((at) => at === now).length);
    seen.serving = Math.max(seen.serving, rollout.pods);
    const deleted = rollout.reconcile();
    for (let pod = 0; pod < deleted; pod += 1) goneAt.push(now + leaves[goneAt.length % leaves.length]!);
    for (; created < rollout.unavailable + rollout.available; created += 1) {
      availableAt.push(now + starts[created % starts.length]! + minReadySeconds);
    }
    seen.serving = Math.max(seen.serving, rollout.pods);
    seen.existing = Math.max(seen.existing, rollout.pods + goneAt.filter((at) => at > now).length);
    seen.rolledOut = Math.max(seen.rolledOut, now);
    if (rollout.done) return { ...seen, lastPodGone: Math.max(...goneAt) };
  }
}

interface Rollout {
  replicas: number; surge: number; unavailable: number; minReadySeconds: number; starts: number[]; leaves: number[];
  waitSeconds: number; graceSeconds: number;
}

const rollouts: fc.Arbitrary<Rollout> = fc.record({
  replicas: fc.integer({ min: 1, max: 25 }), surge: fc.nat(25), unavailable: fc.nat(25), minReadySeconds: fc.nat(20),
  starts: fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1, maxLength: 25 }), waitSeconds: fc.nat(20), drainSeconds: fc.nat(30),
}).chain(({ drainSeconds, ...rest }) => {
  const graceSeconds = rest.waitSeconds + drainSeconds;
  const leaves = fc.array(fc.integer({ min: rest.waitSeconds, max: graceSeconds + 2 }), { minLength: 1, maxLength: 25 });
  return leaves.map((each) => ({ ...rest, leaves: each, graceSeconds }));
}).filter(({ surge, unavailable }) => surge + unavailable > 0)
  .map((rollout) => ({ ...rollout, unavailable: Math.min(rollout.unavailable, rollout.replicas) }));

describe(rolloutBounds, () => {
  const times = {
    waves: 3, unavailable: 0, arrivalSeconds: 0, minReadySeconds: 20, scheduleSeconds: 120, waitSeconds: 15, graceSeconds: 50,
  };

  test('has no upper bound where the slowest start is not known', () => {
    expect(rolloutBounds(times)).toEqual({ rolledOut: { atLeastSeconds: 60 }, lastPodGone: { atLeastSeconds: 75 } });
  });

  test('adds up the slowest pod for each wave, and the grace period for the last old pod', () => {
    expect(rolloutBounds({ ...times, slowestStartSeconds: 60, arrivalSeconds: 10 })).toEqual({
      rolledOut: { atLeastSeconds: 60, atMostSeconds: 3 * (120 + 60 + 10 + 20 + 2) },
      lastPodGone: { atLeastSeconds: 75, atMostSeconds: 3 * (120 + 60 + 10 + 20 + 2) + 52 },
    });
  });

  test('expects the last old pod a wave sooner where pods may be missing', () => {
    expect(rolloutBounds({ ...times, unavailable: 1 }).lastPodGone).toEqual({ atLeastSeconds: 55 });
  });

  test('is nothing where nothing is rolled', () => {
    expect(rolloutBounds({ ...times, waves: 0 })).toEqual({
      rolledOut: { atLeastSeconds: 0, atMostSeconds: 0 }, lastPodGone: { atLeastSeconds: 0, atMostSeconds: 0 },
    });
  });

  test('holds for every rollout of the simulated controller', () => {
    fc.assert(fc.property(rollouts, (rollout) => {
      const { replicas, surge, unavailable } = rollout;
      const { rolledOut, lastPodGone } = rolloutBounds({
        ...rollout, waves: countWaves(replicas, surge, unavailable), arrivalSeconds: 0, slowestStartSeconds: Math.max(...rollout.starts),
        scheduleSeconds: 0,
      });
      const seen = run(rollout);
      expect(seen.rolledOut).toBeGreaterThanOrEqual(rolledOut.atLeastSeconds);
      expect(seen.rolledOut).toBeLessThanOrEqual(rolledOut.atMostSeconds!);
      expect(seen.lastPodGone).toBeGreaterThanOrEqual(lastPodGone.atLeastSeconds);
      expect(seen.lastPodGone).toBeLessThanOrEqual(lastPodGone.atMostSeconds!);
    }), { numRuns: 1000 });
  });
});

describe(peakPods, () => {
  test.each([
    [{ replicas: 10, surge: 1, unavailable: 0, minReadySeconds: 30, graceSeconds: 50 }, { serving: 11, existing: 13 }],
    [{ replicas: 10, surge: 1, unavailable: 0, minReadySeconds: 0, graceSeconds: 50 }, { serving: 11, existing: 20 }],
    [{ replicas: 2, surge: 5, unavailable: 0, minReadySeconds: 30, graceSeconds: 50 }, { serving: 4, existing: 4 }],
    [{ replicas: 10, surge: 5, unavailable: 0, minReadySeconds: 600, graceSeconds: 50 }, { serving: 15, existing: 20 }],
    [{ replicas: 0, surge: 0, unavailable: 1, minReadySeconds: 30, graceSeconds: 50 }, { serving: 0, existing: 0 }],
  ])('knows for %j', (input, expected) => {
    expect(peakPods(input)).toEqual(expected);
  });

  test('is never exceeded by the simulated controller', () => {
    fc.assert(fc.property(rollouts, (rollout) => {
      const peak = peakPods(rollout);
      const seen = run(rollout);
      expect(seen.serving).toBeLessThanOrEqual(peak.serving);
      expect(seen.existing).toBeLessThanOrEqual(peak.existing);
    }), { numRuns: 1000 });
  });

  test('never has fewer pods for a longer grace period', () => {
    fc.assert(fc.property(rollouts, (rollout) => {
      expect(peakPods({ ...rollout, graceSeconds: rollout.graceSeconds + 60 }).existing).toBeGreaterThanOrEqual(peakPods(rollout).existing);
    }));
  });
});
