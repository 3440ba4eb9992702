export type { NewClientOptions } from './clients/new';
export type { ReusedClientOptions } from './clients/reused';
export type { SlowClientOptions } from './clients/slow';
export type { StreamClientOptions } from './clients/stream';
export { startLoad } from './load';
export type { ClientOptions, LoadOptions, LoadRecord, RunningLoad } from './load';
export type { LossCause, Outcome, Window } from './outcome';
export { tally } from './tally';
export type { ClientTally, LatencyTally, SecondTally, Tally } from './tally';
