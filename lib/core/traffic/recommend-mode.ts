import type { ComparisonFacts, ModeColumn } from './compare-modes';
import type { BalancerMode } from './profile';

/** The mode to take, and what speaks for it and against the others. */
export interface Recommendation {
  /** @default - no mode fits; the reasons say why */
  readonly mode?: BalancerMode;
  /** Full sentences, the chosen mode's first. */
  readonly reasons: readonly string[];
}

const SOURCE_RANK = { kept: 0, depends: 1, lost: 2 } as const;
const CUTS_RANK = { 'nothing': 0, 'after-drain': 0, 'at-once': 1, 'not-known': 2 } as const;
const HOP_RANK = { 'none': 0, 'same-node': 1, 'second-node': 2 } as const;

/**
 * Chooses among modes. Out are those whose plan is refused, those beyond a limit, and, where the clients' addresses are wanted, those
 * that lose them. Of the rest, in this order: one that surely keeps the addresses where they are wanted, one that cuts nothing at
 * once, the shortest way to the pod (the second article's choice: pods as targets), the shortest wait.
 *
 * @example
 * recommendMode([], { provider: 'generic' }); // => { reasons: ['No mode fits.'] }
 */
export function recommendMode(columns: readonly ModeColumn[], facts: ComparisonFacts): Recommendation {
  const fitting = columns.filter((column) => whyNot(column, facts) === undefined)
    .sort((one, other) => compareRanks(ranksOf(one, facts), ranksOf(other, facts)));
  if (fitting.length === 0) return { reasons: ['No mode fits.', ...columns.map((column) => `Not ${column.mode}: ${whyNot(column, facts)}.`)] };
  const [best] = fitting;
  const others = columns.filter((column) => column !== best)
    .map((column) => `Not ${column.mode}: ${whyNot(column, facts) ?? whyLess(column, best, facts)}.`);
  return { mode: best.mode, reasons: [whyBest(best, fitting.length > 1, facts), ...others] };
}

function whyNot({ refused, quotaExceeded, sourceAddress }: ModeColumn, { keepsSourceAddress }: ComparisonFacts): string | undefined {
  if (refused.length > 0) return `its plan is refused (${refused.map(({ id }) => id).join(', ')})`;
  if (quotaExceeded !== undefined) return `it goes beyond the quota, ${quotaExceeded}`;
  return keepsSourceAddress && sourceAddress === 'lost' ? 'it loses the source address, which is wanted' : undefined;
}

/** Less is better, the first difference decides. */
function ranksOf({ sourceAddress, rollCuts, extraHop, times }: ModeColumn, { keepsSourceAddress }: ComparisonFacts): readonly number[] {
  return [keepsSourceAddress ? SOURCE_RANK[sourceAddress] : 0, CUTS_RANK[rollCuts], HOP_RANK[extraHop], times?.preStopWaitSeconds ?? 0];
}

function compareRanks(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((rank, index) => rank !== other[index]);
  return at === -1 ? 0 : one[at] - other[at];
}

function whyLess(column: ModeColumn, best: ModeColumn, facts: ComparisonFacts): string {
  const [worse, better] = [ranksOf(column, facts), ranksOf(best, facts)];
  const reasons = [
    'it keeps the source address only under conditions',
    'a roll cuts what is open when a target is removed',
    `it goes through kube-proxy${column.extraHop === 'second-node' ? ', perhaps over a second node' : ''}`,
    'its wait is longer',
  ];
  return reasons.find((_reason, index) => worse[index] > better[index]) ?? 'nothing speaks for it';
}

function whyBest(best: ModeColumn, chosen: boolean, { keepsSourceAddress }: ComparisonFacts): string {
  const { mode, sourceAddress, rollCuts, extraHop, times } = best;
  const points = [
    ...extraHop === 'none' ? ['no kube-proxy on the way'] : [],
    ...keepsSourceAddress ? [`the source address is ${sourceAddress === 'kept' ? 'kept' : 'kept under conditions'}`] : [],
    rollCuts === 'at-once' ? 'but a roll cuts what is open when a target is removed, so clients have to connect again'
      : rollCuts === 'after-drain' ? `a roll cuts nothing, as the drain of ${times?.drainSeconds} s outlasts the pod` : 'a roll cuts nothing',
    `wait ${times?.preStopWaitSeconds} s, grace ${times?.terminationGracePeriodSeconds} s`,
  ];
  return `Take ${mode}${chosen ? '' : ', the only one that fits'}: ${points.join('; ')}.`;
}
