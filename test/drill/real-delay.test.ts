import type { Outcome, PodLife } from 'kube-graceful/drill';
import { realDelaysMs } from '../../lib/drill/real-delay';

/** SIGTERM at 25 s. */
const first: PodLife = {
  name: 'web-1', uid: 'u1', firstSeenAtMs: 0, readyAtMs: 1, preStopSeconds: 15, deletedAtMs: 10_000, exitedAtMs: 54_000, goneAtMs: 55_000,
};
/** SIGTERM at 39 s. */
const second: PodLife = {
  name: 'web-2', uid: 'u2', firstSeenAtMs: 0, readyAtMs: 1, preStopSeconds: 15, deletedAtMs: 24_000, exitedAtMs: 64_000, goneAtMs: 65_000,
};
const onNew = (sentAtMs: number, more: Partial<Outcome>): Outcome => ({ client: 'new', sentAtMs, endedAtMs: sentAtMs + 5, reused: false, ...more });

const delaysOf = (...outcomes: readonly Outcome[]) =>
  realDelaysMs([first, second], outcomes, { pods: [first, second], changes: [], zeroMs: 0 });

describe('realDelaysMs', () => {
  test('is from the deletion to the last new connection that the pod answered', () => {
    expect(delaysOf(onNew(11_000, { answeredBy: '1 web-1' }), onNew(13_000, { answeredBy: '1 web-1' }))).toEqual([3000]);
  });

  test('knows nothing of a pod that no new connection reached', () => {
    expect(delaysOf(onNew(11_000, { answeredBy: '1 web-1', reused: true }))).toEqual([]);
  });

  test('counts connections that found nobody, while they follow each other', () => {
    expect(delaysOf(onNew(25_500, { loss: 'refused' }), onNew(27_000, { loss: 'refused' }), onNew(33_000, { loss: 'refused' }))).toEqual([17_000]);
  });

  test('counts them from the deletion, and from the last answer, where nobody knows when SIGTERM came', () => {
    const pod: PodLife = { ...first, preStopSeconds: undefined, preStopUnknown: true };
    const delaysOfIt = (...outcomes: readonly Outcome[]) => realDelaysMs([pod], outcomes, { pods: [pod], changes: [], zeroMs: 0 });
    expect(delaysOfIt(onNew(12_000, { loss: 'refused' }), onNew(33_000, { loss: 'refused' }))).toEqual([2000]);
    expect(delaysOfIt(onNew(20_000, { answeredBy: '1 web-1' }), onNew(22_000, { loss: 'refused' }))).toEqual([12_000]);
  });

  test('leaves out what broke together with a connection to another pod', () => {
    const cut: Outcome = { client: 'stream', sentAtMs: 2000, endedAtMs: 26_010, loss: 'reset', connectedTo: '1 web-2' };
    const request = onNew(25_990, { endedAtMs: 26_000, loss: 'reset' });
    expect(delaysOf(request)).toEqual([15_990]);
    expect(delaysOf(request, cut)).toEqual([]);
  });
});
