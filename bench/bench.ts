/**
 * `npm run bench`: all in one process. For each bound its two cases run in turn, first until the compiler has settled, then for five
 * samples, each the fastest of three runs: other work on a machine only ever adds time. Printed are the medians and their ratio, and
 * what the very first runs were. Ends with 1 where a ratio is above its bound. Times are processor time; only ratios are promised.
 */
import { applyPairs } from './core-alone';
import { pairByHand } from './pair-by-hand';
import { gracefulPair } from './pair-graceful';
import { synthesize } from './synthesize';
import type { Sample } from './timed';

const SAMPLES = 5;
const RUNS = 3;

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

/** So many runs of each case; the order turns each time, so that neither always runs on what the other left behind. */
function runInTurn(of: Case, to: Case, times: number): readonly [readonly Sample[], readonly Sample[]] {
  const samples: [Sample[], Sample[]] = [[], []];
  for (let time = 0; time < times; time++) {
    if (time % 2 === 0) samples[0].push(of.run());
    samples[1].push(to.run());
    if (time % 2 === 1) samples[0].push(of.run());
  }
  return samples;
}

function fastest(samples: readonly Sample[]): number {
  return Math.min(...samples.map(({ milliseconds }) => milliseconds));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function holds({ of, to, atMost }: typeof BOUNDS[number]): boolean {
  const first = runInTurn(of, to, 1);
  runInTurn(of, to, WARM_UP_RUNS);
  const samples = Array.from({ length: SAMPLES }, () => runInTurn(of, to, RUNS));
  const [above, below] = [0, 1].map((side) => median(samples.map((sample) => fastest(sample[side]))));
  const ratio = above / below;
  console.log(`${of.name} / ${to.name}: ${ratio.toFixed(3)} (at most ${atMost})${ratio > atMost ? '  TOO SLOW' : ''}`);
  console.log(`  ${above.toFixed(0)} ms for ${first[0][0].bytes} bytes, to ${below.toFixed(0)} ms for ${first[1][0].bytes} bytes; `
    + `the very first runs: ${(fastest(first[0]) / fastest(first[1])).toFixed(3)}`);
  return ratio <= atMost;
}

process.exitCode = BOUNDS.map(holds).every(Boolean) ? 0 : 1;
