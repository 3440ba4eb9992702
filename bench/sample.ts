/** One sample in a process of its own: `sample.ts <case> <pairs>` prints the milliseconds it took and the bytes that came out. */
import { App, Chart } from 'cdk8s';
import { applyPairs } from './core-alone';
import { pairByHand } from './pair-by-hand';
import { gracefulPair } from './pair-graceful';
import { timed, type Sample } from './timed';

function synthesize(pairs: number, addPair: (chart: Chart, index: number) => void): Sample {
  return timed(() => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    for (let index = 0; index < pairs; index++) addPair(chart, index);
    return app.synthYaml();
  });
}

/** The cases, by the name that `bench.ts` uses. */
const cases: Readonly<Record<string, (pairs: number) => Sample>> = {
  hand: (pairs) => synthesize(pairs, pairByHand),
  graceful: (pairs) => synthesize(pairs, gracefulPair),
  core: applyPairs,
};

const [name, pairs] = process.argv.slice(2);
console.log(JSON.stringify(cases[name](Number(pairs))));
