import type { DrillAction } from 'kube-graceful/drill';

/** How the manifests under test were made. */
export const SUBJECTS = ['none', 'probe', 'plus-defaults', 'first-article', 'second-article', 'ours'] as const;
export type Subject = typeof SUBJECTS[number];

/** How clients reach the pods; `local-one` is Local with one replica, so that a node loses its last pod in every roll. */
export const WAYS = ['in-cluster', 'cluster', 'local', 'local-one', 'eni'] as const;
export type Way = typeof WAYS[number];

/** What is done to the Deployment, in an order in which each leaves what the next one needs. */
export const ACTIONS = ['roll', 'roll-back', 'never-ready', 'two-rolls', 'drain-node', 'scale-in'] as const satisfies readonly DrillAction['kind'][];
export type Action = typeof ACTIONS[number];

export type Cloud = 'alibaba-clb' | 'alibaba-nlb' | 'tencent-clb';

/** What the cluster and its cloud are like. */
export interface Setting {
  readonly id: string;
  readonly cloud: Cloud;
  /** How late the load balancers follow: a change takes effect between this and twice this. */
  readonly lagSeconds: number;
  readonly proxy: 'iptables' | 'nftables';
}

export const SETTINGS: readonly Setting[] = [
  { id: 'clb-3s', cloud: 'alibaba-clb', lagSeconds: 3, proxy: 'iptables' },
  { id: 'clb-20s', cloud: 'alibaba-clb', lagSeconds: 20, proxy: 'iptables' },
  { id: 'nlb-3s', cloud: 'alibaba-nlb', lagSeconds: 3, proxy: 'iptables' },
  { id: 'tencent-3s', cloud: 'tencent-clb', lagSeconds: 3, proxy: 'iptables' },
  { id: 'nftables-3s', cloud: 'alibaba-clb', lagSeconds: 3, proxy: 'nftables' },
];

/** One subject in one setting: its ways may run side by side, the actions of each stand one after the other. */
export interface Group {
  readonly setting: Setting;
  readonly subject: Subject;
  readonly ways: readonly Way[];
  readonly actions: readonly Action[];
  /** How often each cell is measured. */
  readonly runs: number;
  /** Stands in namespaces of their own, of ways that take longer than others. @default - one of each way */
  readonly stands?: Partial<Readonly<Record<Way, number>>>;
  /** What each paced client sends in the disruptions of a cell, all repetitions together. @default - 8 requests a second */
  readonly requests?: number;
}

type PerAction = Readonly<Record<Action, number>>;

/** How long disruptions of ours last at least, in seconds: measured, to reckon with. */
const THROUGH_NODES: PerAction = { 'roll': 24, 'roll-back': 30, 'never-ready': 17.5, 'two-rolls': 33, 'drain-node': 17, 'scale-in': 17.5 };
const BALANCED: PerAction = { 'roll': 48, 'roll-back': 45, 'never-ready': 22, 'two-rolls': 72, 'drain-node': 22, 'scale-in': 22 };
const ONE_REPLICA: PerAction = { ...BALANCED, 'roll': 22, 'roll-back': 23, 'two-rolls': 42 };
/** What load balancers that are 20 s late add, as a delay that is declared makes every wait longer. */
const LATER: PerAction = { 'roll': 80, 'roll-back': 50, 'never-ready': 30, 'two-rolls': 110, 'drain-node': 30, 'scale-in': 30 };
const LATER_THROUGH_NODES: PerAction = { ...LATER, 'roll': 35, 'roll-back': 25, 'two-rolls': 20 };
const LATER_ONE_REPLICA: PerAction = { ...LATER, 'roll': 30, 'roll-back': 30, 'two-rolls': 50 };

/** Rolls that wait longer, as these load balancers' health checks take longer. */
const SLOW_ROLL_SECONDS: Partial<Readonly<Record<Cloud, Partial<Readonly<Record<Way, number>>>>>> = {
  'alibaba-nlb': { 'local': 190, 'local-one': 57, 'eni': 109 }, 'tencent-clb': { local: 92, eni: 92 },
};

function disruptionSecondsOf({ cloud, lagSeconds }: Setting, way: Way, action: Action): number {
  const slow = action === 'roll' && SLOW_ROLL_SECONDS[cloud]?.[way];
  if (slow) return slow;
  const [seconds, later] = way === 'local-one' ? [ONE_REPLICA, LATER_ONE_REPLICA]
    : way === 'local' || way === 'eni' ? [BALANCED, LATER] : [THROUGH_NODES, LATER_THROUGH_NODES];
  return seconds[action] + (lagSeconds > 3 ? later[action] : 0);
}

/** What other people's manifests are shown with: their share is told by fewer. */
const THEIR_RATE_PER_SECOND = 8;

/** What was measured of a cell already. */
export interface SoFar {
  readonly runs: number;
  /** Of the paced client that sent least in the disruptions. */
  readonly sent: number;
}

/** Requests a second of each paced client: no more than the cell still needs, as two processors must have time for it. */
export function ratePerSecondOf(group: Group, way: Way, action: Action, { runs, sent }: SoFar = { runs: 0, sent: 0 }): number {
  if (group.requests === undefined) return THEIR_RATE_PER_SECOND;
  const left = Math.max(1, group.runs - runs) * disruptionSecondsOf(group.setting, way, action);
  return Math.max(1, Math.ceil((group.requests - sent) / left));
}

/** How many stands a way has. */
export function standsOf({ stands }: Group, way: Way): number {
  return stands?.[way] ?? 1;
}

/** A tenth more than the 3,000 that are asked for. */
const REQUESTS = 3300;

const ROLL: readonly Action[] = ['roll'];

/** How often a cell of ours is measured; of the others once shows enough. */
const RUNS = 5;

/** ours: what balances the ways' times. */
const STANDS = { near: { local: 2, eni: 2 }, slow: { local: 3, eni: 3 }, late: { 'cluster': 3, 'local': 4, 'local-one': 2, 'eni': 4 } } as const;

/** The whole matrix: in each setting ours first, as it takes the longest. */
export function allGroups(): readonly Group[] {
  const [clb, late, nlb, tencent, nftables] = SETTINGS;
  const subjects = [...SUBJECTS].reverse();
  const balanced = WAYS.filter((way) => way !== 'in-cluster'); // nothing stands between that could be late
  const rolled = (setting: Setting, ways: readonly Way[], stands: Group['stands']) =>
    subjects.map((subject) => ({ setting, subject, ways, actions: ROLL, ...oursOr(subject, stands) }));
  return [
    ...subjects.map((subject) => ({ setting: clb, subject, ways: WAYS, actions: ACTIONS, ...oursOr(subject, STANDS.near) })),
    ...subjects.map((subject) => ({ setting: late, subject, ways: balanced, actions: subject === 'ours' ? ACTIONS : ROLL, ...oursOr(subject, STANDS.late) })),
    ...rolled(nlb, balanced, STANDS.slow), ...rolled(tencent, balanced, STANDS.slow), ...rolled(nftables, WAYS, STANDS.near),
  ];
}

function oursOr(subject: Subject, stands: Group['stands']): Pick<Group, 'runs' | 'stands' | 'requests'> {
  return subject === 'ours' ? { runs: RUNS, stands, requests: REQUESTS } : { runs: 1 };
}

/** What CI has time for: ours beside what people write first, on each way. */
export function shortGroups(): readonly Group[] {
  const setting = SETTINGS[0];
  const actions: readonly Action[] = ['roll', 'drain-node', 'scale-in'];
  return (['ours', 'probe'] as const).map((subject) => ({
    setting, subject, ways: WAYS, actions, runs: 1, ...(subject === 'ours' && { requests: 500 }),
  }));
}

/** One replica cannot be drained or scaled in without an outage, whatever stands in its manifest. */
export function applies(way: Way, action: Action): boolean {
  return way !== 'local-one' || action !== 'drain-node' && action !== 'scale-in';
}
