/**
 * `npm run bench`: all in one process. For each bound its two cases run in turn, first until the compiler has settled, then for five
 * samples of five neighbouring pairs of runs: other work on a machine comes and goes, and meets neighbours alike. A sample is the median
 * of its pairs' ratios. Printed are the median of the samples, the medians of the times, and what the very first runs were. Ends with 1
 * where a ratio is above its bound. Times are processor time; only ratios are promised.
 */
import { applyPairs } from './core-alone';
import { pairByHand } from './pair-by-hand';
import { gracefulPair } from './pair-graceful';
import { synthesize } from './synthesize';
import type { Sample } from './timed';

const SAMPLES = 5;
const PAIRS = 5;

/** V8 compiles by and by what is used often: after so many runs the times no longer fall. */
const WARM_UP_RUNS = 8;

interface Case {
  readonly name: string;
  readonly run: () => Sample;
}

const BY_HAND: Case = { name: 'by hand, 1000 pairs', run: () => synthesize(1000, pairByHand) };
const OURS: Case = { name: 'kube-graceful, 1000 pairs', run: () => synthesize(1000, gracefulPair) };
const OURS_5000: Case = { name: 'kube-graceful, 5000 pairs', run: () => synthesize(5000, gracefulPair) };
const CORE: Case = { name: 'the core alone, 1000 pairs', run: () => applyPairs(1000) };

const BOUNDS = [
  { of: OURS, to: BY_HAND, atMost: 1.05 },
  { of: CORE, to: BY_HAND, atMost: 0.1 },
  { of: OURS_5000, to: OURS, atMost: 5.5 },
];

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

function holds({ of, to, atMost }: typeof BOUNDS[number]): boolean {
  const first = runInTurn(of, to, 1);
  runInTurn(of, to, WARM_UP_RUNS);
  const samples = Array.from({ length: SAMPLES }, () => runInTurn(of, to, PAIRS));
  const ratio = median(samples.map(ratioOf));
  const [above, below] = ([0, 1] as const).map((side) => median(samples.flat().map((pair) => pair[side].milliseconds)).toFixed(0));
  console.log(`${of.name} / ${to.name}: ${ratio.toFixed(3)} (at most ${atMost})${ratio > atMost ? '  TOO SLOW' : ''}`);
  console.log(`  samples ${samples.map((sample) => ratioOf(sample).toFixed(3)).join(', ')}; ${above} ms for ${first[0][0].bytes} bytes, `
    + `to ${below} ms for ${first[0][1].bytes} bytes; the very first runs: ${ratioOf(first).toFixed(3)}`);
  return ratio <= atMost;
}

process.exitCode = BOUNDS.map(holds).every(Boolean) ? 0 : 1;
