import { problemText } from '../problem';
import type { ModeColumn, ModeComparison } from './compare-modes';

type Row = readonly [label: string, cell: (column: ModeColumn) => string];

const HOPS = { 'none': 'no', 'same-node': 'yes, same node', 'second-node': 'yes, perhaps a second node' } as const;
const TARGETS = { 'pods': 'pods', 'nodes': 'all nodes', 'nodes-with-a-pod': 'nodes that host a pod' } as const;

const ROWS: readonly Row[] = [
  ['targets', ({ targets, targetsAtMost }) => targetsAtMost === undefined ? TARGETS[targets] : `${TARGETS[targets]}, at most ${targetsAtMost}`],
  ['quota', ({ quotaExceeded }) => quotaExceeded === undefined ? 'no limit known to be exceeded' : `exceeded: ${quotaExceeded}`],
  ['source address', ({ sourceAddress }) => sourceAddress],
  ['through kube-proxy', ({ extraHop }) => HOPS[extraHop]],
  ['preStop wait', ({ times }) => seconds(times?.preStopWaitSeconds)],
  ['grace', ({ times }) => seconds(times?.terminationGracePeriodSeconds)],
  ['minReady', ({ times }) => seconds(times?.minReadySeconds)],
  ['load balancer drain', ({ times }) => times === undefined ? '-' : times.drainSeconds === undefined ? 'none' : seconds(times.drainSeconds)],
  ['a roll may cut', cuts],
  ['refused', ({ refused }) => refused.length === 0 ? 'no' : refused.map(({ id }) => id).join(', ')],
];

/**
 * A comparison as a table for a terminal: a row a property, a column a mode; then why modes are refused, the quota, and the mode to take.
 *
 * @example
 * comparisonText({ provider: 'generic', columns: [], recommendation: { reasons: ['None fits.'] } }).endsWith('None fits.'); // => true
 */
export function comparisonText({ provider, quota, columns, recommendation }: ModeComparison): string {
  const lines = [[provider, ...columns.map(({ mode }) => mode)], ...ROWS.map(([label, cell]) => [label, ...columns.map(cell)])];
  const widths = lines[0].map((_cell, index) => Math.max(...lines.map((line) => line[index].length)));
  const table = lines.map((line) => line.map((cell, index) => cell.padEnd(widths[index])).join('  ').trimEnd());
  const refusals = columns.flatMap(({ mode, refused }) => refused.map((problem) => `${mode}: ${problemText(problem)}`));
  const notes = [...refusals, ...quota === undefined ? [] : [`quota: ${quota}`]];
  return [...table, '', ...notes, ...notes.length > 0 ? [''] : [], ...recommendation.reasons].join('\n');
}

function seconds(value: number | undefined): string {
  return value === undefined ? '-' : `${value} s`;
}

function cuts({ rollCuts, targets }: ModeColumn): string {
  if (rollCuts === 'not-known') return '-';
  if (rollCuts === 'nothing') return 'nothing';
  if (rollCuts === 'after-drain') return 'nothing, drain outlasts the pod';
  return `connections of ${targets === 'pods' ? 'an ending pod' : 'a node without pods'}`;
}
