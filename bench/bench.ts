/**
 * `npm run bench`: all in one process. Prints what the very first run of each case takes, then, once the compiler has settled, the
 * medians of five rounds in each of which every case runs once: of the times, and of the ratios within a round. Ends with 1 where a ratio is
 * above its bound. Times are processor time of this machine; only the ratios are promised.
 */
import { applyPairs } from './core-alone';
import { pairByHand } from './pair-by-hand';
import { gracefulPair } from './pair-graceful';
import { synthesize } from './synthesize';
import type { Sample } from './timed';

const ROUNDS = 5;

/** V8 compiles by and by what is used often: after so many rounds the times no longer fall. */
const WARM_UP_ROUNDS = 8;

const BY_HAND = 'by hand, 1000 pairs';
const OURS = 'kube-graceful, 1000 pairs';
const CORE = 'the core alone, 1000 pairs';
const OURS_5000 = 'kube-graceful, 5000 pairs';

const cases: Readonly<Record<string, () => Sample>> = {
  [BY_HAND]: () => synthesize(1000, pairByHand),
  [OURS]: () => synthesize(1000, gracefulPair),
  [CORE]: () => applyPairs(1000),
  [OURS_5000]: () => synthesize(5000, gracefulPair),
};

const BOUNDS = [
  { of: OURS, to: BY_HAND, atMost: 1.05 },
  { of: CORE, to: BY_HAND, atMost: 0.1 },
  { of: OURS_5000, to: OURS, atMost: 5.5 },
];

function runRound(names: readonly string[]): ReadonlyMap<string, Sample> {
  return new Map(names.map((name) => [name, cases[name]()]));
}

/** The order turns in each round, so that no case always runs on what the same other one left behind. */
function runRounds(names: readonly string[]): readonly ReadonlyMap<string, Sample>[] {
  return Array.from({ length: ROUNDS }, (_, round) => runRound(round % 2 === 0 ? names : [...names].reverse()));
}

function ratioOf(round: ReadonlyMap<string, Sample>, of: string, to: string): number | undefined {
  const [above, below] = [round.get(of), round.get(to)];
  return above && below && above.milliseconds / below.milliseconds;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function main(): number {
  const small = [BY_HAND, OURS, CORE];
  const first = runRound(small);
  for (let round = 1; round < WARM_UP_ROUNDS; round++) runRound(small);
  // The large case by itself: what it leaves behind would weigh on whoever comes next.
  const compared = [...runRounds([BY_HAND, OURS, CORE]), ...runRounds([OURS, OURS_5000])];
  for (const name of Object.keys(cases)) {
    const samples = compared.flatMap((round) => round.get(name) ?? []);
    const milliseconds = median(samples.map((sample) => sample.milliseconds)).toFixed(0);
    console.log(`${name.padEnd(28)} ${milliseconds.padStart(6)} ms  ${String(samples[0].bytes).padStart(9)} bytes`);
  }
  let broken = 0;
  for (const { of, to, atMost } of BOUNDS) {
    const ratio = median(compared.flatMap((round) => ratioOf(round, of, to) ?? []));
    if (ratio > atMost) broken++;
    const cold = ratioOf(first, of, to);
    const beside = cold === undefined ? '' : `; the first run in a process: ${cold.toFixed(3)}`;
    console.log(`${of} / ${to}: ${ratio.toFixed(3)} (at most ${atMost})${ratio > atMost ? '  TOO SLOW' : ''}${beside}`);
  }
  return broken === 0 ? 0 : 1;
}

process.exitCode = main();
