import type { Manifest, RolloutPlan } from '../core';
import { DRILL_REPORT_VERSION, DrillClient, DrillPod, DrillReport } from '../report';
import { actionText } from './actions/play';
import { causesOf, lostAtMs } from './causes';
import { compareWithPlan } from './compare-with-plan';
import type { DrillRecord } from './drill';
import { measure } from './measure';
import { PodLife, sigkillAtMs, sigtermAtMs } from './pod-lives';
import { recentMsOf } from './recent-ms';
import { Tally, tally } from './tally';

/** What a report needs beside the record. */
export interface ReportOptions {
  /** @default - only what the pods have is compared with what was measured */
  readonly plan?: RolloutPlan;
  /** The plan's Services as they stand: what they should have is advised. @default - they are not looked at */
  readonly services?: readonly Manifest[];
  /** Whether nobody told what the plan is made of: what is assumed of every workload is no ground for advice. @default false */
  readonly assumed?: boolean;
  /** How many may be lost. @default 0 */
  readonly allowedLost?: number;
  /** @default - the context's own */
  readonly namespace?: string;
  /** What stands between clients and pods. @default 'the load balancer' */
  readonly wayIn?: string;
}

/** Tells what a drill found: counts, causes, the plan beside reality, and which setting should be another. */
export function reportOf(record: DrillRecord, options: ReportOptions = {}): DrillReport {
  const { plan, assumed = false, services, allowedLost = 0, namespace, wayIn } = options;
  const { actedAtMs, window, outcomes, pods, changes } = record;
  const since = (ms: number) => Math.round(ms - actedAtMs) / 1000;
  const firstMs = outcomes.reduce((first, { sentAtMs }) => Math.min(first, sentAtMs), actedAtMs);
  const lastMs = outcomes.reduce((last, { endedAtMs }) => Math.max(last, endedAtMs), actedAtMs);
  const whole = tally(outcomes, undefined, actedAtMs);
  const recentMs = recentMsOf(outcomes, pods, Math.max(0, ...plan?.routes.map(({ delay }) => delay.value) ?? []));
  const causes = causesOf(outcomes, { pods, changes, zeroMs: actedAtMs, recentMs, ...(wayIn && { wayIn }) });
  return {
    version: DRILL_REPORT_VERSION,
    workload: `Deployment/${record.deployment}`,
    ...(namespace && { namespace }),
    action: actionText(record.action),
    address: record.address,
    actedAt: new Date(actedAtMs).toISOString(),
    load: { fromSeconds: since(firstMs), toSeconds: since(lastMs) },
    window: { fromSeconds: since(window.fromMs), toSeconds: since(window.toMs) },
    sent: whole.sent,
    lost: whole.lost,
    allowedLost,
    clients: clientsOf(whole, tally(outcomes, window)),
    losses: outcomes.flatMap((lost) => (lost.loss ? { atSeconds: since(lostAtMs(lost)), client: lost.client, loss: lost.loss } : [])),
    causes: causes.map(({ loss, clients, reason, ...told }) => told),
    pods: pods.map((pod) => podOf(pod, since)),
    changes: changes.map(({ atMs, text }) => ({ atSeconds: since(atMs), text })),
    ...(plan && { plan: assumed ? 'assumed' as const : 'told' as const }),
    ...compareWithPlan(measure(record, recentMs), plan, services, assumed),
    client: { ...record.client, ...(record.timeoutSeconds !== undefined && { timeoutSeconds: record.timeoutSeconds }) },
    undone: record.undone,
  };
}

function clientsOf(whole: Tally, inWindow: Tally): DrillClient[] {
  return Object.entries(whole.clients).map(([name, counts]) => {
    const { sent = 0, lost = 0 } = inWindow.clients[name] ?? {};
    const { onReusedConnections, lostBy, byVersion, lostByVersion, latencyMs, longestOutageMs } = counts;
    return {
      name, sent: counts.sent, lost: counts.lost, inWindow: { sent, lost }, onReusedConnections,
      lostBy: { ...lostBy }, byVersion, lostByVersion,
      ...(latencyMs && { latencyMs }), longestOutageMs, ...(sent > 0 && lost === 0 && { upperBound95: zeroOf(sent) }),
      perSecond: counts.perSecond.map(({ second, ...counted }) => ({ atSeconds: second, ...counted })),
    };
  });
}

/** With so many tries and no loss, the true share is below this with 95 % confidence: (1 - p)^n = 0.05. */
function zeroOf(sent: number): number {
  return 1 - 0.05 ** (1 / sent);
}

function podOf(pod: PodLife, since: (ms: number) => number): DrillPod {
  const { name, node, templateHash, firstSeenAtMs, readyAtMs, deletedAtMs, exitedAtMs, goneAtMs } = pod;
  const at = <K extends string>(field: K, ms: number | undefined) => (ms === undefined ? {} : { [field]: since(ms) });
  return {
    name,
    ...(node && { node }),
    ...(templateHash && { version: templateHash }),
    seenSeconds: since(firstSeenAtMs),
    ...at('readySeconds', readyAtMs),
    ...at('deletedSeconds', deletedAtMs),
    ...at('sigtermSeconds', sigtermAtMs(pod)),
    ...at('exitedSeconds', exitedAtMs),
    ...at('goneSeconds', goneAtMs),
    ...at('graceEndsSeconds', sigkillAtMs(pod)),
  };
}
