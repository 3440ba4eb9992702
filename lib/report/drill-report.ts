/** Version of the JSON: fields are only ever added under one version. */
export const DRILL_REPORT_VERSION = 'kube-graceful/drill-report/v1';

/** What a drill found, as data: the JSON that other programs read, and what the pictures and tables are made of. */
export interface DrillReport {
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
  /** From the first deletion to the last pod gone. */
  readonly window: DrillSpan;
  readonly sent: number;
  readonly lost: number;
  /** How many may be lost. */
  readonly allowedLost: number;
  readonly clients: readonly DrillClient[];
  readonly losses: readonly DrillLoss[];
  /** Why something was lost, by time. */
  readonly causes: readonly DrillCause[];
  readonly pods: readonly DrillPod[];
  /** What else the cluster told, by time. */
  readonly changes: readonly DrillChange[];
  /** The plan beside what was measured; empty where nothing is known of a plan. */
  readonly figures: readonly DrillFigure[];
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

/** A stretch of time. */
export interface DrillSpan {
  readonly fromSeconds: number;
  readonly toSeconds: number;
}

/** What became of everything one client sent, before, during and after the action. */
export interface DrillClient {
  readonly name: string;
  readonly sent: number;
  readonly lost: number;
  /** The same for what was under way in the window. */
  readonly inWindow: { readonly sent: number; readonly lost: number };
  /** How many of what was sent went over a connection that had carried a request before. */
  readonly onReusedConnections: number;
  readonly lostBy: Readonly<Record<string, number>>;
  /** Answers, error statuses too, by the version that gave them. */
  readonly byVersion: Readonly<Record<string, number>>;
  /** Losses by the version that answered, or had answered before on the same connection; `?` where none had. */
  readonly lostByVersion: Readonly<Record<string, number>>;
  /** Milliseconds: what 50 % and 99 % of the answers did not exceed, and the longest. @default - nothing was answered */
  readonly latencyMs?: { readonly p50: number; readonly p99: number; readonly max: number };
  readonly longestOutageMs: number;
  /** Where nothing was lost in the window: the share that may be lost all the same, with 95 % confidence. @default - something was lost */
  readonly upperBound95?: number;
  /** By the second in which it was sent; seconds in which nothing was sent are left out. */
  readonly perSecond: readonly DrillSecond[];
}

/** What became of what one client sent in one second. */
export interface DrillSecond {
  readonly atSeconds: number;
  readonly sent: number;
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
  readonly atSeconds: number;
  readonly client: string;
  readonly loss: string;
}

/** Why some things were lost. */
export interface DrillCause {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  readonly count: number;
  /** The pod in question. @default - none can be told */
  readonly pod?: string;
  /** `7 resets at 12.3 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 9 s left`. */
  readonly text: string;
  /** False where no connection said which pod it led to: the one that changed last is suspected. */
  readonly certain: boolean;
  /** What happened in the second before. */
  readonly meanwhile: readonly string[];
}

/** The life of one pod. */
export interface DrillPod {
  readonly name: string;
  /** @default - it was never scheduled */
  readonly node?: string;
  /** What tells its version from others. @default - it has none */
  readonly version?: string;
  readonly seenSeconds: number;
  /** @default - it never was */
  readonly readySeconds?: number;
  /** @default - it was not deleted */
  readonly deletedSeconds?: number;
  /** Deletion + preStop wait. @default - it was not deleted */
  readonly sigtermSeconds?: number;
  /** @default - it is there still, or nobody saw it */
  readonly exitedSeconds?: number;
  /** @default - it is still there */
  readonly goneSeconds?: number;
  /** When SIGKILL would come. @default - it was not deleted */
  readonly graceEndsSeconds?: number;
}

/** Something that happened. */
export interface DrillChange {
  readonly atSeconds: number;
  readonly text: string;
}

/** One number of the plan beside what is set on the cluster and what was measured; seconds. */
export interface DrillFigure {
  readonly what: string;
  /** @default - nobody planned it */
  readonly planned?: { readonly atLeast?: number; readonly atMost?: number };
  /** What the pods have. @default - it is no setting */
  readonly set?: number;
  /** @default - it could not be measured: `note` says why */
  readonly measured?: number;
  /** What is set, less what was needed; negative: so much is missing. @default - it cannot be told */
  readonly slack?: number;
  /** @default - there is nothing to say */
  readonly note?: string;
}

/** A setting that should be another. */
export interface DrillAdvice {
  /** The option or field: `traffic[public].delaySeconds`; of a Service: `Service/public` and the annotation or field. */
  readonly field: string;
  /** What stands there; `unset` where nothing does. */
  readonly from: number | string;
  readonly to: number | string;
  /** One sentence. */
  readonly reason: string;
}
