import * as fc from 'fast-check';
import { progressDeadline } from '../../../lib/core/budget';

const schedule = { label: 'schedule and pull', value: 120, source: 'ours' };
const slowestStart = { label: 'slowest start', value: 60, source: 'author: slowestStartSeconds' };
const margin = { label: 'margin', value: 30, source: 'ours' };
const readiness = { label: 'readiness', value: 50, source: 'readinessProbe: 5 x 10 s' };
const times = { schedule, slowestStart, margin, readiness, arrivalSeconds: 15, minReadySeconds: 20 };

describe(progressDeadline, () => {
  test('adds up the way of the slowest pod', () => {
    expect(progressDeadline(times)).toEqual({
      value: 295,
      formula: 'schedule + start + readiness + readiness gates + minReadySeconds + margin',
      parts: [
        schedule,
        slowestStart,
        readiness,
        { label: 'readiness gates', value: 15, source: 'arrival at the load balancer' },
        { label: 'minReadySeconds', value: 20, source: 'minReadySeconds' },
        margin,
      ],
    });
  });

  test('leaves out what takes no time', () => {
    expect(progressDeadline({ ...times, arrivalSeconds: 0, minReadySeconds: 0 }).parts.map(({ label }) => label))
      .toEqual(['schedule and pull', 'slowest start', 'readiness', 'margin']);
    expect(progressDeadline({ ...times, readiness: { ...readiness, value: 0 } }).parts).not.toContainEqual(expect.objectContaining({ label: 'readiness' }));
  });

  test('is above minReadySeconds, as the API server demands', () => {
    fc.assert(fc.property(fc.nat(10_000), (minReadySeconds) => {
      expect(progressDeadline({ ...times, minReadySeconds }).value).toBeGreaterThan(minReadySeconds);
    }));
  });
});
