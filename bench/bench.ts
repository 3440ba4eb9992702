/**
 * `npm run bench`: five rounds, in each every case once in a new process; prints medians and ratios, and ends with 1 where a
 * ratio is above its bound. Times are processor time of this machine; only the ratios are promised.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { build, root } from '../scripts/build';
import type { Sample } from './timed';

const rounds = 5;

const cases = {
  'by hand, 1000 pairs': ['hand', '1000'],
  'kube-graceful, 1000 pairs': ['graceful', '1000'],
  'kube-graceful, 5000 pairs': ['graceful', '5000'],
  'the core alone, 1000 pairs': ['core', '1000'],
} as const;

type Case = keyof typeof cases;

const bounds: readonly { readonly of: Case; readonly to: Case; readonly atMost: number }[] = [
  { of: 'kube-graceful, 1000 pairs', to: 'by hand, 1000 pairs', atMost: 1.05 },
  { of: 'the core alone, 1000 pairs', to: 'by hand, 1000 pairs', atMost: 0.1 },
  { of: 'kube-graceful, 5000 pairs', to: 'kube-graceful, 1000 pairs', atMost: 5.5 },
];

function sample(args: readonly string[]): Sample {
  const run = spawnSync(process.execPath, ['-r', 'ts-node/register/transpile-only', join(__dirname, 'sample.ts'), ...args], {
    cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (run.status !== 0) process.exit(1);
  return JSON.parse(run.stdout);
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}

function main(): number {
  build();
  const names = Object.keys(cases) as Case[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as Sample[]]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) samples[name].push(sample(cases[name]));
  }
  const medians = Object.fromEntries(names.map((name) => [name, median(samples[name].map(({ milliseconds }) => milliseconds))]));
  for (const name of names) {
    console.log(`${name.padEnd(28)} ${medians[name].toFixed(0).padStart(6)} ms  ${String(samples[name][0].bytes).padStart(9)} bytes`);
  }
  let broken = 0;
  for (const { of, to, atMost } of bounds) {
    const ratio = medians[of] / medians[to];
    if (ratio > atMost) broken++;
    console.log(`${of} / ${to}: ${ratio.toFixed(3)} (at most ${atMost})${ratio > atMost ? '  TOO SLOW' : ''}`);
  }
  return broken === 0 ? 0 : 1;
}

process.exitCode = main();
