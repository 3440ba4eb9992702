import { Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { onManifest, originalOf } from '../../../lib/cdk8s/mixin/rewrite';
import { aChart, aDeployment, raw } from '../an-app';

describe(onManifest, () => {
  test('is asked by App.synthYaml, Testing.synth and chart.toJson: cdk8s still calls toJson as a method of the object', () => {
    const chart = aChart();
    onManifest(raw(chart, 'web', aDeployment()), (render) => ({ ...render(), marked: 'ours' }));
    expect(Testing.synth(chart)).toEqual([{ ...aDeployment(), marked: 'ours' }]);
    expect(chart.toJson()).toEqual([{ ...aDeployment(), marked: 'ours' }]);
    expect((chart.node.root as ReturnType<typeof Testing.app>).synthYaml()).toContain('marked: ours');
  });

  test('runs after cdk8s-plus has dropped the fields that it does not know', () => {
    const chart = aChart();
    const service = new kplus.Service(chart, 'web', { ports: [{ port: 80 }] });
    onManifest(service, (render) => ({ ...render(), spec: { trafficDistribution: 'PreferClose' } }));
    expect(Testing.synth(chart)[0].spec).toEqual({ trafficDistribution: 'PreferClose' });
  });

  test('runs the later one on what the earlier one renders, and leaves the original reachable', () => {
    const chart = aChart();
    const object = raw(chart, 'web', aDeployment());
    onManifest(object, (render) => ({ ...render(), order: ['first'] }));
    onManifest(object, (render) => ({ ...render(), order: [...render().order as string[], 'second'] }));
    expect(object.toJson().order).toEqual(['first', 'second']);
    expect(originalOf(object)).toEqual(aDeployment());
  });
});
