import type { DrillRecord, Outcome } from 'kube-graceful/drill';

/** When the action began. */
export const T = Date.UTC(2026, 0, 2, 3, 4, 5, 600);
const answered = (sentAtMs: number, pod: string, more: Partial<Outcome> = {}): Outcome =>
  ({ client: 'new', sentAtMs: T + sentAtMs, endedAtMs: T + sentAtMs + 10, status: 200, answeredBy: `1 ${pod}`, latencyMs: 10, ...more });

/** A roll of one pod, by hand. */
export const A_RECORD: DrillRecord = {
  deployment: 'web', replicas: 1, action: { kind: 'roll' }, address: 'http://lab', actedAtMs: T, rolledOutAtMs: T + 5000, settledAtMs: T + 20_100,
  window: { fromMs: T + 5000, toMs: T + 20_000 },
  outcomes: [
    answered(-1000, 'web-1'), answered(6000, 'web-2'), answered(9100, 'web-1'), answered(14_000, 'web-1', { client: 'reused', reused: true }),
    { client: 'reused', sentAtMs: T + 12_290, endedAtMs: T + 12_300, loss: 'reset', connectedTo: '1 web-1', reused: true },
  ],
  client: { unsent: 0, latestMs: 3 },
  pods: [
    {
      name: 'web-1', uid: 'u1', node: 'node-1', templateHash: 'abc', address: '10.244.1.4', preStopSeconds: 10, graceSeconds: 30,
      firstSeenAtMs: T - 3000, readyAtMs: T - 3000, deletedAtMs: T + 5000, exitedAtMs: T + 19_000, goneAtMs: T + 20_000,
    },
    { name: 'web-2', uid: 'u2', firstSeenAtMs: T + 100, readyAtMs: T + 2600 },
  ],
  changes: [{ atMs: T + 5000, kind: 'pod-deleted', pod: 'web-1', text: 'web-1 was deleted' }],
  undone: [],
};
