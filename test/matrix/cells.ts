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
  /** Requests a second of each paced client of ours: 3,000 in the shortest disruption, all repetitions together. */
  readonly ratePerSecond: number;
}

export const SETTINGS: readonly Setting[] = [
  { id: 'clb-3s', cloud: 'alibaba-clb', lagSeconds: 3, proxy: 'iptables', ratePerSecond: 36 },
  { id: 'clb-20s', cloud: 'alibaba-clb', lagSeconds: 20, proxy: 'iptables', ratePerSecond: 60 },
  { id: 'nlb-3s', cloud: 'alibaba-nlb', lagSeconds: 3, proxy: 'iptables', ratePerSecond: 50 },
  { id: 'tencent-3s', cloud: 'tencent-clb', lagSeconds: 3, proxy: 'iptables', ratePerSecond: 50 },
  { id: 'nftables-3s', cloud: 'alibaba-clb', lagSeconds: 3, proxy: 'nftables', ratePerSecond: 50 },
];

/** What other people's manifests are shown with: their share is told by fewer. */
const THEIR_RATE_PER_SECOND = 8;

export function ratePerSecondOf({ setting, subject }: Pick<Group, 'setting' | 'subject'>): number {
  return subject === 'ours' ? setting.ratePerSecond : THEIR_RATE_PER_SECOND;
}

/** One subject in one setting: its ways run side by side, its actions one after the other, all of it so many times. */
export interface Group {
  readonly setting: Setting;
  readonly subject: Subject;
  readonly ways: readonly Way[];
  readonly actions: readonly Action[];
  readonly repetitions: number;
}

const ROLL: readonly Action[] = ['roll'];

/** The whole matrix. */
export function allGroups(): readonly Group[] {
  const [clb, late, nlb, tencent, nftables] = SETTINGS;
  const balanced = WAYS.filter((way) => way !== 'in-cluster'); // nothing stands between that could be late
  return [
    ...SUBJECTS.map((subject) => ({ setting: clb, subject, ways: WAYS, actions: ACTIONS, repetitions: subject === 'ours' ? 5 : 1 })),
    ...SUBJECTS.map((subject) => ({ setting: late, subject, ways: balanced, actions: subject === 'ours' ? ACTIONS : ROLL, repetitions: 1 })),
    ...[nlb, tencent].flatMap((setting) => SUBJECTS.map((subject) => rollOf(setting, subject, balanced))),
    ...SUBJECTS.map((subject) => rollOf(nftables, subject, WAYS)),
  ];
}

function rollOf(setting: Setting, subject: Subject, ways: readonly Way[]): Group {
  return { setting, subject, ways, actions: ROLL, repetitions: subject === 'ours' ? 3 : 1 };
}

/** Groups that are measured side by side; those of one lane one after the other. Two processors have time for three lanes. */
export function lanesOf(groups: readonly Group[]): readonly (readonly Group[])[] {
  const [ours, theirs] = [true, false].map((are) => groups.filter(({ subject }) => (subject === 'ours') === are));
  return [ours.filter(({ actions }) => actions.length > 1), ours.filter(({ actions }) => actions.length === 1), theirs];
}

/** What CI has time for: ours beside what people write first, on each way. */
export function shortGroups(): readonly Group[] {
  const setting = SETTINGS[0];
  const actions: readonly Action[] = ['roll', 'drain-node', 'scale-in'];
  return (['ours', 'probe'] as const).map((subject) => ({ setting, subject, ways: WAYS, actions, repetitions: 1 }));
}

/** One replica cannot be drained or scaled in without an outage, whatever stands in its manifest. */
export function applies(way: Way, action: Action): boolean {
  return way !== 'local-one' || action !== 'drain-node' && action !== 'scale-in';
}
