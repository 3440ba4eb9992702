import { setTimeout as sleep } from 'node:timers/promises';
import { Room } from './room';

/** Runs so many jobs that take a while each; tells when each began, and how many there were side by side at most. */
async function fill(room: Room, takesMs: readonly number[], failing = -1) {
  const began: { job: number; atMs: number }[] = [];
  let inside = 0;
  let most = 0;
  const done = await Promise.allSettled(takesMs.map((ms, job) => room.run(async () => {
    began.push({ job, atMs: performance.now() });
    most = Math.max(most, inside += 1);
    await sleep(ms);
    inside -= 1;
    if (job === failing) throw new Error('void');
    return job;
  })));
  return { began, most, done };
}

describe(Room, () => {
  test('lets so many in, in the order in which they came, and the next as soon as one has left', async () => {
    const { began, most } = await fill(new Room(2, 0), [60, 20, 20, 20]);
    expect(began.map(({ job }) => job)).toEqual([0, 1, 2, 3]);
    expect(most).toBe(2);
  });

  test('lets one in a while after the other', async () => {
    const { began } = await fill(new Room(Infinity, 20), [50, 50, 50]);
    const apart = began.slice(1).map(({ atMs }, i) => atMs - began[i].atMs);
    for (const ms of apart) expect(ms).toBeGreaterThanOrEqual(18); // timers are a millisecond early at times
  });

  test('has a place again after what failed, and says that it did', async () => {
    const { began, done } = await fill(new Room(1, 0), [1, 1], 0);
    expect(done).toEqual([{ status: 'rejected', reason: new Error('void') }, { status: 'fulfilled', value: 1 }]);
    expect(began).toHaveLength(2);
  });
});
