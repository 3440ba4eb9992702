/**
 * `npm run bench`: for each bound five samples, each in a process of its own, since what the compiler and the collector settle on differs
 * from one to the next. In it the two cases run in turn, first until the compiler has settled, then as so many neighbouring pairs of
 * runs: other work on a machine comes and goes, and meets neighbours alike. A sample is the median of its pairs' ratios. Printed are the
 * median of the samples, the medians of the times, and what the very first runs were. Ends with 1 where a ratio is above its bound.
 * Times are processor time; only ratios are promised.
 */
import { execFileSync } from 'node:child_process';
import { applyPairs } from './core-alone';
import { pairByHand } from './pair-by-hand';
import { gracefulPair } from './pair-graceful';
import { synthesize } from './synthesize';
import type { Sample } from './timed';

const SAMPLES = 5;

interface Case {
  readonly name: string;
  readonly run: () => Sample;
}

const BY_HAND: Case = { name: 'by hand, 1000 pairs', run: () => synthesize(1000, pairByHand) };
const OURS: Case = { name: 'kube-graceful, 1000 pairs', run: () => synthesize(1000, gracefulPair) };
const OURS_5000: Case = { name: 'kube-graceful, 5000 pairs', run: () => synthesize(5000, gracefulPair) };
const CORE: Case = { name: 'the core alone, 1000 pairs', run: () => applyPairs(1000) };

interface Bound {
  readonly of: Case;
  readonly to: Case;
  readonly atMost: number;
  /** Pairs of runs until the times no longer fall: V8 compiles by and by what is used often. */
  readonly warmUpPairs: number;
  /** Pairs of runs that count. */
  readonly pairs: number;
}

const BOUNDS: readonly Bound[] = [
  { of: OURS, to: BY_HAND, atMost: 1.05, warmUpPairs: 8, pairs: 9 },
  { of: CORE, to: BY_HAND, atMost: 0.1, warmUpPairs: 8, pairs: 5 },
  { of: OURS_5000, to: OURS, atMost: 5.5, warmUpPairs: 2, pairs: 3 },
];

/** What one process found. */
interface Found {
  readonly ratio: number;
  readonly first: number;
  /** Medians of the times, in milliseconds, and the bytes of the output: of the case and of what it is held against. */
  readonly milliseconds: readonly [number, number];
  readonly bytes: readonly [number, number];
}

/** So many pairs of runs; the order turns each time, so that neither case always runs on what the other left behind. */
function runInTurn(of: Case, to: Case, pairs: number): readonly (readonly [Sample, Sample])[] {
  return Array.from({ length: pairs }, (_, pair) => {
    if (pair % 2 === 0) return [of.run(), to.run()];
    const below = to.run();
    return [of.run(), below];
  });
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function ratioOf(pairs: readonly (readonly [Sample, Sample])[]): number {
  return median(pairs.map(([above, below]) => above.milliseconds / below.milliseconds));
}

function sample({ of, to, warmUpPairs, pairs }: Bound): Found {
  const first = runInTurn(of, to, 1);
  runInTurn(of, to, warmUpPairs);
  const runs = runInTurn(of, to, pairs);
  const medianOf = (side: 0 | 1) => median(runs.map((pair) => pair[side].milliseconds));
  const [{ bytes: above }, { bytes: below }] = first[0];
  return { ratio: ratioOf(runs), first: ratioOf(first), milliseconds: [medianOf(0), medianOf(1)], bytes: [above, below] };
}

function holds({ of, to, atMost }: Bound, index: number): boolean {
  const found = Array.from({ length: SAMPLES }, () =>
    JSON.parse(execFileSync(process.execPath, [...process.execArgv, __filename, `${index}`], { encoding: 'utf8' })) as Found);
  const ratio = median(found.map((one) => one.ratio));
  const [above, below] = ([0, 1] as const).map((side) =>
    `${median(found.map(({ milliseconds }) => milliseconds[side])).toFixed(0)} ms for ${found[0].bytes[side]} bytes`);
  console.log(`${of.name} / ${to.name}: ${ratio.toFixed(3)} (at most ${atMost})${ratio > atMost ? '  TOO SLOW' : ''}`);
  console.log(`  samples ${found.map((one) => one.ratio.toFixed(3)).join(', ')}; ${above}, to ${below}; `
    + `the very first runs: ${median(found.map(({ first }) => first)).toFixed(3)}`);
  return ratio <= atMost;
}

const [index] = process.argv.slice(2);
if (index === undefined) process.exitCode = BOUNDS.map(holds).every(Boolean) ? 0 : 1;
else console.log(JSON.stringify(sample(BOUNDS[Number(index)])));
