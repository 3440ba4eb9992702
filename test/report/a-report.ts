import type { DrillPod, DrillReport } from '../../lib/report';

const pod = (name: string, node: string, version: string, times: Omit<DrillPod, 'name' | 'node' | 'version'>): DrillPod => ({ name, node, version, ...times });

/** A roll of two pods without a preStop long enough, by hand. */
export const A_REPORT: DrillReport = {
  version: 'kube-graceful/drill-report/v1',
  workload: 'Deployment/web',
  namespace: 'shop',
  action: 'roll (restart)',
  address: 'http://198.18.1.1',
  actedAt: '2026-01-02T03:04:05.000Z',
  load: { fromSeconds: -3, toSeconds: 47 },
  window: { fromSeconds: 8.1, toSeconds: 44 },
  sent: 6000,
  lost: 8,
  allowedLost: 0,
  clients: [
    {
      name: 'new', sent: 3000, lost: 0, inWindow: { sent: 2154, lost: 0 }, onReusedConnections: 0, lostBy: {}, byVersion: { 1: 1400, 2: 1600 }, lostByVersion: {},
      latencyMs: { p50: 1.2, p99: 9.8, max: 41.3 }, longestOutageMs: 0, upperBound95: 0.00139,
      perSecond: [{ atSeconds: -3, sent: 60, lost: 0 }],
    },
    {
      name: 'reused', sent: 3000, lost: 8, inWindow: { sent: 2154, lost: 8 }, onReusedConnections: 2960, lostBy: { reset: 7, refused: 1 },
      byVersion: { 1: 1392, 2: 1600 }, lostByVersion: { 1: 8 }, latencyMs: { p50: 0.8, p99: 7, max: 33 }, longestOutageMs: 420,
      perSecond: [
        { atSeconds: -3, sent: 60, lost: 0 },
        { atSeconds: 12, sent: 60, lost: 7, byVersion: { 1: 53 }, lostBy: { reset: 7 }, lostByVersion: { 1: 7 } },
      ],
    },
  ],
  losses: [
    ...[0, 1, 2, 3, 4, 5, 6].map((i) => ({ atSeconds: 12.3 + i / 1000, client: 'reused', loss: 'reset' })),
    { atSeconds: 31, client: 'reused', loss: 'refused' },
  ],
  causes: [
    {
      fromSeconds: 12.3, toSeconds: 12.3, count: 7, pod: 'web-1', certain: true, meanwhile: ['12.1 s web-1: Killing: Stopping container web'],
      text: '7 resets at 12.3 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 9 s left',
    },
    {
      fromSeconds: 31, toSeconds: 31, count: 1, pod: 'web-1', certain: false, meanwhile: [],
      text: '1 refused connection at 31 s: still sent to web-1 (10.244.1.4), which had exited 2 s before',
    },
  ],
  pods: [
    pod('web-1', 'node-1', 'abc', {
      seenSeconds: -60, readySeconds: -55, deletedSeconds: 8.1, sigtermSeconds: 20.1, exitedSeconds: 29, goneSeconds: 30,
      graceEndsSeconds: 58.1,
    }),
    pod('web-2', 'node-2', 'abc', {
      seenSeconds: -60, readySeconds: -55, deletedSeconds: 16, sigtermSeconds: 28, exitedSeconds: 43, goneSeconds: 44, graceEndsSeconds: 66,
    }),
    pod('web-3', 'node-3', 'def', { seenSeconds: 0.4, readySeconds: 4 }),
    pod('web-4-with-a-very-long-name-indeed-it-is', 'node-1', 'def', { seenSeconds: 9, readySeconds: 12.5 }),
  ],
  changes: [{ atSeconds: 8.1, text: 'web-1 (10.244.1.4) was deleted' }, { atSeconds: 12.1, text: 'web-1: Killing: Stopping container <web>' }],
  figures: [
    { what: 'until the last new connection', planned: { atMost: 10 }, measured: 7.2 },
    { what: 'preStop wait', planned: { atMost: 12 }, set: 5, slack: -2.2 },
    { what: 'grace period', planned: { atMost: 47 }, set: 50, measured: 28, slack: 22 },
    { what: 'rolled out', planned: { atLeast: 18 }, measured: 20.4, note: 'said aloud' },
  ],
  advice: [{ field: 'preStop', from: 5, to: 12, reason: 'the pods have less than the plan says: apply it' }],
  client: { unsent: 0, latestMs: 6.2 },
  undone: ['node-1 is uncordoned'],
};
