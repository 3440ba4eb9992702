/** Version of the JSON: fields are only ever added under one version. */
export const DRILL_REPORT_VERSION = 'kube-graceful/drill-report/v1';

/** What a drill found, as data: the JSON that other programs read, and what the pictures and tables are made of. */
export interface DrillReport {
  /** `kube-graceful/drill-report/v1`: under one version fields are only ever added. */
  readonly version: typeof DRILL_REPORT_VERSION;
  /** `Deployment/web`. */
  readonly workload: string;
  /** @default - the context's own namespace */
  readonly namespace?: string;
  /** What was done, as people read it. */
  readonly action: string;
  /** Where the clients sent: `http://host[:port]`. */
  readonly address: string;
  /** When the action began, ISO 8601; every other time is in seconds since then. */
  readonly actedAt: string;
  /** What the load lasted; it began before the action, so `fromSeconds` is negative or 0. */
  readonly load: DrillSpan;
  /** From the first deletion to the last pod gone; where no pod was deleted, from the beginning of the action to its end. */
  readonly window: DrillSpan;
  /** How much all clients sent: requests, streams and WebSockets, from the load's beginning to its end. */
  readonly sent: number;
  /** How much of `sent` was lost. */
  readonly lost: number;
  /** How many may be lost. */
  readonly allowedLost: number;
  /** By client, in the order in which they were first heard of. */
  readonly clients: readonly DrillClient[];
  /** Every single loss, in the order in which they became known. */
  readonly losses: readonly DrillLoss[];
  /** Why something was lost, by time. */
  readonly causes: readonly DrillCause[];
  /** Every pod of the Deployment that was seen, old and new, by first sight. */
  readonly pods: readonly DrillPod[];
  /** What else the cluster told, by time. */
  readonly changes: readonly DrillChange[];
  /** What the plan is made of: what somebody told of the workload, or what is assumed of every one. @default - there is no plan */
  readonly plan?: 'told' | 'assumed';
  /** The plan beside what was measured; empty where nothing is known of a plan. */
  readonly figures: readonly DrillFigure[];
  /** Which settings should be others; empty where none should. */
  readonly advice: readonly DrillAdvice[];
  /** How well the client itself kept up. */
  readonly client: {
    /** What was due and could not be sent; 0, or the figures are worth little. */
    readonly unsent: number;
    /** The longest time by which something was sent late, in milliseconds. */
    readonly latestMs: number;
    /** How long it waits for an answer. @default 10 */
    readonly timeoutSeconds?: number;
  };
  /** What was put back afterwards. */
  readonly undone: readonly string[];
}

/** A stretch of time, in seconds since the action began; negative: before it. */
export interface DrillSpan {
  /** When it began. */
  readonly fromSeconds: number;
  /** When it ended; not less than `fromSeconds`. */
  readonly toSeconds: number;
}

/** What became of everything one client sent, before, during and after the action. */
export interface DrillClient {
  /** Its name: its kind where it has none of its own (`new`, `reused`, `idle 5 s`, ...). */
  readonly name: string;
  /** Requests, streams or WebSockets. */
  readonly sent: number;
  /** How much of `sent` was lost. */
  readonly lost: number;
  /** The same for what was under way in the window. */
  readonly inWindow: { readonly sent: number; readonly lost: number };
  /** How many of what was sent went over a connection that had carried a request before. */
  readonly onReusedConnections: number;
  /** Losses by cause: `refused`, `reset`, `ended`, `timed-out`, `status`, `malformed`. */
  readonly lostBy: Readonly<Record<string, number>>;
  /** Answers, error statuses too, by the version that gave them. */
  readonly byVersion: Readonly<Record<string, number>>;
  /** Losses by the version that answered, or had answered before on the same connection; `?` where none had. */
  readonly lostByVersion: Readonly<Record<string, number>>;
  /** Milliseconds: what 50 % and 99 % of the answers did not exceed, and the longest. @default - nothing was answered */
  readonly latencyMs?: { readonly p50: number; readonly p99: number; readonly max: number };
  /** The longest time in which it got nothing although it tried, in milliseconds; 0 where nothing was lost. */
  readonly longestOutageMs: number;
  /** Where nothing was lost in the window: the share that may be lost all the same, with 95 % confidence. @default - something was lost */
  readonly upperBound95?: number;
  /** By the second in which it was sent; seconds in which nothing was sent are left out. */
  readonly perSecond: readonly DrillSecond[];
}

/** What became of what one client sent in one second. */
export interface DrillSecond {
  /** The whole second in which it was sent, since the action began. */
  readonly atSeconds: number;
  /** Requests, streams or WebSockets that began in it. */
  readonly sent: number;
  /** How much of `sent` was lost, then or later. */
  readonly lost: number;
  /** Answers, error statuses too, by the version that gave them. @default - nothing was answered */
  readonly byVersion?: Readonly<Record<string, number>>;
  /** Losses by cause. @default - nothing was lost */
  readonly lostBy?: Readonly<Record<string, number>>;
  /** Losses by the version that answered, or had answered before on the same connection; `?` where none had. @default - nothing was lost */
  readonly lostByVersion?: Readonly<Record<string, number>>;
}

/** One loss. */
export interface DrillLoss {
  /** When the client could first have noticed. */
  readonly atSeconds: number;
  /** Name of the client. */
  readonly client: string;
  /** `refused`, `reset`, `ended`, `timed-out`, `status` or `malformed`. */
  readonly loss: string;
}

/** Why some things were lost. */
export interface DrillCause {
  /** When the first of them was lost. */
  readonly fromSeconds: number;
  /** When the last of them was lost. */
  readonly toSeconds: number;
  /** How many, 1 or more. */
  readonly count: number;
  /** The pod in question. @default - none can be told */
  readonly pod?: string;
  /** `7 resets at 12.3 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 9 s left`. */
  readonly text: string;
  /** False where no connection said which pod it led to: that of a neighbour, or the pod that changed last, is suspected. */
  readonly certain: boolean;
  /** What happened in the second before the first of them, as people read it. */
  readonly meanwhile: readonly string[];
}

/** The life of one pod, in seconds since the action began. */
export interface DrillPod {
  /** Its name. */
  readonly name: string;
  /** The node that it ran on. @default - it was never scheduled */
  readonly node?: string;
  /** What tells its version from others: `pod-template-hash`. @default - it has none */
  readonly version?: string;
  /** When a watch first told of it. */
  readonly seenSeconds: number;
  /** When it was first ready. @default - it never was */
  readonly readySeconds?: number;
  /** When it was deleted. @default - it was not deleted */
  readonly deletedSeconds?: number;
  /** Deletion + preStop wait, which ends with the grace period. @default - it was not deleted, or its preStop is no plain wait */
  readonly sigtermSeconds?: number;
  /** When all its containers and sidecars had ended, as it was deleted or evicted. @default - it is there still, or nobody saw it */
  readonly exitedSeconds?: number;
  /** When the API server no longer had it. @default - it is still there */
  readonly goneSeconds?: number;
  /** When SIGKILL would come: deletion + grace period, and at least 2 s after a known SIGTERM. @default - it was not deleted */
  readonly graceEndsSeconds?: number;
}

/** Something that happened. */
export interface DrillChange {
  /** When a watch told of it. */
  readonly atSeconds: number;
  /** As people read it. */
  readonly text: string;
}

/** One number of the plan beside what is set on the cluster and what was measured; seconds. */
export interface DrillFigure {
  /** Which number, in words: `preStop wait`. */
  readonly what: string;
  /** What the plan expects, one bound or both. @default - nobody planned it */
  readonly planned?: { readonly atLeast?: number; readonly atMost?: number };
  /** What the pods have. @default - it is no setting */
  readonly set?: number;
  /** What was measured. @default - it could not be measured: `note` says why */
  readonly measured?: number;
  /** What is set, less what was needed; negative: so much is missing. @default - it cannot be told */
  readonly slack?: number;
  /** A word about it. @default - there is nothing to say */
  readonly note?: string;
}

/** A setting that should be another. */
export interface DrillAdvice {
  /**
   * The option or field: `traffic[public].delaySeconds`, or `traffic[the Service that the address leads to].delaySeconds`, where there are
   * several; of a Service: `Service/public` and the annotation or field.
   */
  readonly field: string;
  /** What stands there; `unset` where nothing does, `at most 10` where it may be one of several. */
  readonly from: number | string;
  /** What should stand there. */
  readonly to: number | string;
  /** One sentence. */
  readonly reason: string;
}
