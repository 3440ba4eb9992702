/**
 * `npm run bench`: all in one process. Prints what the very first run of each case takes, then, once the compiler has settled, the
 * medians of five rounds in each of which every case runs once; ends with 1 where a ratio of medians is above its bound. Times
 * are processor time of this machine; only the ratios are promised.
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

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function main(): number {
  const small = [BY_HAND, OURS, CORE];
  const first = runRound(small);
  for (let round = 1; round < WARM_UP_ROUNDS; round++) runRound(small);
  const rounds = Array.from({ length: ROUNDS }, () => runRound(Object.keys(cases)));
  const medianOf = (name: string) => median(rounds.map((samples) => samples.get(name)!.milliseconds));
  for (const name of Object.keys(cases)) {
    const { bytes } = rounds[0].get(name)!;
    console.log(`${name.padEnd(28)} ${medianOf(name).toFixed(0).padStart(6)} ms  ${String(bytes).padStart(9)} bytes`);
  }
  let broken = 0;
  for (const { of, to, atMost } of BOUNDS) {
    const ratio = medianOf(of) / medianOf(to);
    if (ratio > atMost) broken++;
    const cold = first.has(of) && first.has(to) ? `; the first run in a process: ${(first.get(of)!.milliseconds / first.get(to)!.milliseconds).toFixed(3)}` : '';
    console.log(`${of} / ${to}: ${ratio.toFixed(3)} (at most ${atMost})${ratio > atMost ? '  TOO SLOW' : ''}${cold}`);
  }
  return broken === 0 ? 0 : 1;
}

process.exitCode = main();
