export type { Http2ClientOptions } from './clients/http2';
export type { NewClientOptions } from './clients/new';
export type { ReusedClientOptions } from './clients/reused';
export type { SlowClientOptions } from './clients/slow';
export type { StreamClientOptions } from './clients/stream';
export type { WebSocketClientOptions } from './clients/web-socket';
export { drillProblems } from './check-drill';
export { drill } from './drill';
export type { DrillOptions, DrillProgress, DrillRecord } from './drill';
export type {
  CommandAction, DeletePodAction, DrainNodeAction, DrillAction, NeverReadyAction, RollAction, RollBackAction, ScaleInAction, TwoRollsAction,
} from './actions/action-options';
export { actionText } from './actions/play';
export { startLoadFrom } from './load-from';
export { serveLoad } from './serve-load';
export type { LoadLine } from './serve-load';
export { DrillError } from './drill-error';
export { kubectl, KubectlError } from './kubectl';
export type { KubectlOptions } from './kubectl';
export { kubectlWithin } from './kubectl-within';
export { startLoad } from './load';
export type { ClientOptions, LoadOptions, LoadRecord, RunningLoad } from './load';
export type { LossCause, Outcome, Window } from './outcome';
export type { PodLife } from './pod-lives';
export { roll } from './roll';
export type { RollOptions, RollResult } from './roll';
export { tally } from './tally';
export type { ClientTally, LatencyTally, SecondTally, Tally } from './tally';
export { startWatch } from './watch';
export type { Watch, WatchEvent, WatchOptions } from './watch';
export { watchPods } from './watch-pods';
export type { PodWatch } from './watch-pods';
export { causesOf } from './causes';
export type { LossContext, LossGroup } from './causes';
export type { LossReason } from './because-of';
export type { ClusterChange, ClusterChangeKind } from './cluster-change';
export { watchCluster } from './watch-cluster';
export type { ClusterWatch } from './watch-cluster';
export { compareWithPlan } from './compare-with-plan';
export type { PlanComparison } from './compare-with-plan';
export { measure } from './measure';
export type { Measured } from './measure';
export { reportOf } from './report-of';
export type { ReportOptions } from './report-of';
export { DRILL_REPORT_VERSION } from '../report';
export type {
  DrillAdvice, DrillCause, DrillChange, DrillClient, DrillFigure, DrillLoss, DrillPod, DrillReport, DrillSecond, DrillSpan,
} from '../report';
