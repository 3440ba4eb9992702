import * as fs from 'node:fs';
import * as path from 'node:path';
import { ApiObject, App, Duration, Lazy, Testing, YamlOutputType } from 'cdk8s';
import { GracefulRollouts, plansOf } from '../../../lib/cdk8s/mixin/index';
import { aChart, aDeployment, aService, raw, timesOf } from '../an-app';

/** A Deployment and a Service that count their renders. */
function counted(app?: App, type = 'LoadBalancer') {
  const chart = aChart('chart', app);
  const renders = { Deployment: 0, Service: 0, Other: 0 };
  const counting = (kind: keyof typeof renders, spec: unknown) => Lazy.any({ produce: () => { renders[kind] += 1; return spec; } });
  const deployment = new ApiObject(chart, 'web', { ...aDeployment() as object, apiVersion: 'apps/v1', kind: 'Deployment', spec: counting('Deployment', aDeployment().spec) });
  const annotations = { 'service.beta.kubernetes.io/backend-type': 'eni' };
  const service = new ApiObject(chart, 'public', { ...aService('web', annotations) as object, apiVersion: 'v1', kind: 'Service', spec: counting('Service', { ...aService().spec, type }) });
  new ApiObject(chart, 'other', { apiVersion: 'v1', kind: 'ConfigMap', spec: counting('Other', {}) });
  return { chart, deployment, service, renders };
}

describe('Session', () => {
  test('renders each object once in App.synth and App.synthYaml, however many charts validate', () => {
    const app = Testing.app();
    const { renders } = counted(app);
    for (const id of ['second', 'third']) raw(aChart(id, app), 'web', aDeployment(id));
    app.with(new GracefulRollouts());
    app.synth();
    expect(renders).toEqual({ Deployment: 1, Service: 1, Other: 1 });
    app.synthYaml();
    expect(renders).toEqual({ Deployment: 2, Service: 2, Other: 2 });
  });

  test('renders each object once in Testing.synth, also in a chart that came after the first workload', () => {
    const app = Testing.app();
    raw(aChart('first', app), 'first', aDeployment('first')).with(new GracefulRollouts());
    const { chart, renders } = counted(app);
    chart.with(new GracefulRollouts());
    Testing.synth(chart);
    expect(renders).toEqual({ Deployment: 1, Service: 1, Other: 1 });
  });

  test.each(Object.values(YamlOutputType).filter((type) => typeof type === 'number'))('writes the same objects to files as output type %p', (yamlOutputType) => {
    const app = Testing.app({ yamlOutputType });
    counted(app).chart.with(new GracefulRollouts());
    app.synth();
    const files = fs.readdirSync(app.outdir, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.yaml')).sort();
    const written = files.map((file) => fs.readFileSync(path.join(app.outdir, file), 'utf8')).join('');
    expect(written.match(/seconds: 12$|connection-drain-timeout: .*$/gm)?.sort()).toEqual(['connection-drain-timeout: "57"', 'seconds: 12']);
  });

  test('renders an object of somebody else once, too', () => {
    const app = Testing.app();
    const { deployment, renders } = counted(app, 'ClusterIP');
    deployment.with(new GracefulRollouts());
    app.synth();
    expect(renders).toEqual({ Deployment: 1, Service: 1, Other: 1 });
  });

  test('renders the same bytes twice', () => {
    const app = Testing.app();
    counted(app).chart.with(new GracefulRollouts());
    expect(app.synthYaml()).toBe(app.synthYaml());
  });

  test('sees what changed between two calls of Testing.synth', () => {
    const { chart, service } = counted();
    chart.with(new GracefulRollouts());
    const [before] = Testing.synth(chart);
    service.metadata.addAnnotation('service.beta.kubernetes.io/backend-type', 'ecs');
    const [after] = Testing.synth(chart);
    expect([timesOf(before).wait, timesOf(after).wait]).toEqual([12, 7]);
  });

  test('sees what changed since then when one object is rendered alone', () => {
    const { chart, deployment, service } = counted();
    chart.with(new GracefulRollouts());
    Testing.synth(chart);
    service.metadata.addAnnotation('service.beta.kubernetes.io/backend-type', 'ecs');
    deployment.metadata.addLabel('changed', 'yes');
    expect(timesOf(deployment.toJson()).wait).toBe(7);
    expect(deployment.toJson().metadata.labels).toEqual({ changed: 'yes' });
  });

  test('sees objects that were added after a chart was rendered', () => {
    const chart = aChart();
    raw(chart, 'web', aDeployment()).with(new GracefulRollouts());
    expect(plansOf(chart)[0].routes).toEqual([]);
    raw(chart, 'public', aService('web', { 'service.beta.kubernetes.io/backend-type': 'eni' })).with(new GracefulRollouts());
    expect(plansOf(chart)[0].routes.map(({ service, mode }) => [service, mode])).toEqual([['web-public', 'eni']]);
  });

  test('reports the problems of every workload also when a chart without any of them is rendered', () => {
    const app = Testing.app();
    counted(app).chart.with(new GracefulRollouts({ longestRequest: Duration.millis(1500) }));
    const empty = aChart('empty', app);
    const message = 'Validation failed with the following errors:\n'
      + '  [chart/web] wrong-number: longestRequest must be a Duration of whole seconds from 0 to 31536000: current value is 1.5. '
      + 'Give a Duration in this range, such as Duration.seconds(60), or leave it out.';
    expect(() => Testing.synth(empty)).toThrow(new Error(message));
    expect(() => Testing.synth(empty)).toThrow(new Error(message));
  });

  test('lets a Deployment that was taken out of the tree decide nothing', () => {
    const { chart } = counted();
    raw(chart, 'canary', aDeployment());
    chart.with(new GracefulRollouts({ perWorkload: { 'chart/canary': { longestRequest: Duration.minutes(5) } } }));
    const drain = () => Testing.synth(chart).find(({ kind }) => kind === 'Service').metadata.annotations['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout'];
    expect(drain()).toBe('327');
    chart.node.tryRemoveChild('canary');
    expect(drain()).toBe('57');
  });

  test('is one for an app, also where two copies of the package are loaded', () => {
    const { chart, service } = counted();
    jest.isolateModules(() => {
      const copy = jest.requireActual<typeof import('../../../lib/cdk8s/mixin/index')>('../../../lib/cdk8s/mixin/index');
      expect(copy.GracefulRollouts).not.toBe(GracefulRollouts);
      chart.with(new copy.GracefulRollouts({ longestRequest: Duration.seconds(1) }));
      expect(copy.plansOf(chart)).toEqual(plansOf(chart));
    });
    service.with(new GracefulRollouts());
    const [web, balanced] = Testing.synth(chart);
    expect(timesOf(web)).toEqual({ wait: 12, grace: 28 });
    expect(balanced.metadata.annotations['service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout']).toBe('28');
  });

  test('keeps nothing between the apps', () => {
    const first = counted().chart.with(new GracefulRollouts());
    const second = counted().chart;
    expect([plansOf(first).length, plansOf(second).length]).toEqual([1, 0]);
  });
});
