import * as fc from 'fast-check';
import { failureThresholdFor, guaranteedStartSeconds, latestKillSeconds, probeTimes, restartOutageSeconds } from '../../../lib/core/budget';

const probes = fc.record({
  initialDelaySeconds: fc.nat(120), periodSeconds: fc.nat(60), timeoutSeconds: fc.nat(30), failureThreshold: fc.nat(60),
}, { requiredKeys: [] });

describe(probeTimes, () => {
  test('fills in the defaults, and takes an explicit 0 for them', () => {
    const defaults = { initialDelaySeconds: 0, periodSeconds: 10, timeoutSeconds: 1, successThreshold: 1, failureThreshold: 3 };
    expect(probeTimes({})).toEqual(defaults);
    const zeros = { initialDelaySeconds: 0, periodSeconds: 0, timeoutSeconds: 0, successThreshold: 0, failureThreshold: 0 };
    expect(probeTimes(zeros)).toEqual(defaults);
  });
});

describe(guaranteedStartSeconds, () => {
  test.each([
    [{}, 20],
    [{ failureThreshold: 1 }, 0],
    [{ initialDelaySeconds: 30, periodSeconds: 30, failureThreshold: 3 }, 90],
    [{ periodSeconds: 0, failureThreshold: 0 }, 20],
  ])('of %j is %i', (probe, seconds) => {
    expect(guaranteedStartSeconds(probe)).toBe(seconds);
  });
});

describe(latestKillSeconds, () => {
  test('comes one period and one timeout after the guaranteed time, where no check takes longer than a period', () => {
    fc.assert(fc.property(probes, (probe) => {
      const { periodSeconds, timeoutSeconds } = probeTimes(probe);
      fc.pre(timeoutSeconds <= periodSeconds);
      expect(latestKillSeconds(probe) - guaranteedStartSeconds(probe)).toBe(periodSeconds + timeoutSeconds);
    }));
  });

  test('counts checks that take longer than a period, one after the other', () => {
    // At 5, 35 and 65 s, each for 30 s.
    expect(latestKillSeconds({ periodSeconds: 5, timeoutSeconds: 30, failureThreshold: 3 })).toBe(95);
  });

  test('is 121 s for the article\'s liveness probe', () => {
    expect(latestKillSeconds({ initialDelaySeconds: 30, periodSeconds: 30, failureThreshold: 3 })).toBe(121);
  });
});

describe(failureThresholdFor, () => {
  test.each([
    [0, {}, 1], [1, {}, 2], [10, {}, 2], [11, {}, 3], [60, { periodSeconds: 10 }, 7], [60, { initialDelaySeconds: 60 }, 1],
    [60, { initialDelaySeconds: 90 }, 1], [60, { periodSeconds: 0 }, 7],
  ])('for a start of %i s with %j is %i', (seconds, probe, threshold) => {
    expect(failureThresholdFor(seconds, probe)).toBe(threshold);
  });

  test('is the smallest that guarantees the start', () => {
    fc.assert(fc.property(fc.nat(3600), probes, (seconds, probe) => {
      const failureThreshold = failureThresholdFor(seconds, probe);
      expect(guaranteedStartSeconds({ ...probe, failureThreshold })).toBeGreaterThanOrEqual(seconds);
      if (failureThreshold > 1) expect(guaranteedStartSeconds({ ...probe, failureThreshold: failureThreshold - 1 })).toBeLessThan(seconds);
    }));
  });
});

describe(restartOutageSeconds, () => {
  const liveness = { periodSeconds: 30, failureThreshold: 3 };
  const graceOf = (terminationGracePeriodSeconds: number) => ({ ...liveness, terminationGracePeriodSeconds });
  const pod = { waitSeconds: 15, drainSeconds: 30, graceSeconds: 60 };

  test.each([
    ['the whole shutdown where the grace period covers it', liveness, { waitSeconds: 30, drainSeconds: 30, graceSeconds: 60 }, 91 + 60],
    ['no more than the application needs', liveness, pod, 91 + 45],
    ['the probe\'s own grace', graceOf(20), pod, 91 + 20],
    ['two seconds more where the hook uses up the grace', graceOf(10), pod, 91 + 12],
    ['checks that take longer than a period', { periodSeconds: 5, timeoutSeconds: 30, failureThreshold: 3 }, pod, 95 + 45],
  ])('counts %s', (_what, probe, times, seconds) => {
    expect(restartOutageSeconds(probe, times)).toBe(seconds);
  });
});
