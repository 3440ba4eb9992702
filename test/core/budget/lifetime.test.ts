import * as fc from 'fast-check';
import { latestSigkillSeconds, secondsAfterSigterm, secondsToExit, secondsToSigterm } from '../../../lib/core/budget';

const shutdowns = fc.record({ graceSeconds: fc.nat(600), preStopSeconds: fc.nat(600) });

describe(secondsToSigterm, () => {
  test.each([[60, 30, 30], [30, 45, 30], [0, 15, 0]])('with grace %i and preStop %i is %i', (graceSeconds, preStopSeconds, seconds) => {
    expect(secondsToSigterm({ graceSeconds, preStopSeconds })).toBe(seconds);
  });
});

describe(secondsAfterSigterm, () => {
  const times = [[60, 30, 30], [30, 29, 2], [30, 30, 2], [30, 45, 2]];

  test.each(times)('with grace %i and preStop %i: %i', (graceSeconds, preStopSeconds, seconds) => {
    expect(secondsAfterSigterm({ graceSeconds, preStopSeconds })).toBe(seconds);
  });
});

describe(secondsToExit, () => {
  test('never goes beyond SIGKILL', () => {
    fc.assert(fc.property(shutdowns, fc.nat(600), (shutdown, drainSeconds) => {
      expect(secondsToExit(shutdown, drainSeconds)).toBeLessThanOrEqual(latestSigkillSeconds(shutdown.graceSeconds));
    }));
  });

  test('is preStop + drain wherever the grace period covers both', () => {
    fc.assert(fc.property(fc.nat(600), fc.nat(600), fc.nat(60), (preStopSeconds, drainSeconds, marginSeconds) => {
      const shutdown = { graceSeconds: preStopSeconds + drainSeconds + marginSeconds, preStopSeconds };
      expect(secondsToExit(shutdown, drainSeconds)).toBe(preStopSeconds + drainSeconds);
    }));
  });

  test('never shrinks with more grace', () => {
    fc.assert(fc.property(shutdowns, fc.nat(600), (shutdown, drainSeconds) => {
      const more = { ...shutdown, graceSeconds: shutdown.graceSeconds + 1 };
      expect(secondsToExit(more, drainSeconds)).toBeGreaterThanOrEqual(secondsToExit(shutdown, drainSeconds));
    }));
  });
});
