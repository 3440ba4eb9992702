import { App, Chart } from 'cdk8s';
import { timed, type Sample } from './timed';

/** One app with one chart of so many pairs, from its construction to its YAML. */
export function synthesize(pairs: number, addPair: (chart: Chart, index: number) => void): Sample {
  return timed(() => {
    const app = new App();
    const chart = new Chart(app, 'shop');
    for (let index = 0; index < pairs; index++) addPair(chart, index);
    return app.synthYaml();
  });
}
