import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { App, Chart, Duration, Helm, Include, Testing, Yaml } from 'cdk8s';
import * as kplus28 from 'cdk8s-plus-28';
import * as kplus29 from 'cdk8s-plus-29';
import * as kplus30 from 'cdk8s-plus-30';
import * as kplus31 from 'cdk8s-plus-31';
import * as kplus32 from 'cdk8s-plus-32';
import * as kplus33 from 'cdk8s-plus-33';
import * as kplus34 from 'cdk8s-plus-34';
import type { Workload } from 'kube-graceful';
import { explain, graceful, GracefulRollouts, GracefulRolloutsProps, plansOf } from '../../../lib/cdk8s/mixin/index';
import { aChart, aDeployment, aService, raw, rendered, timesOf, validationLines } from '../an-app';

const ENI = { 'service.beta.kubernetes.io/backend-type': 'eni' };
const versions = [kplus28, kplus29, kplus30, kplus31, kplus32, kplus33, kplus34] as unknown as (typeof kplus28)[];

/** A Deployment and its load balancer's Service, by one version of cdk8s-plus. */
function madeBy(kplus: typeof kplus28) {
  const chart = aChart();
  const web = new kplus.Deployment(chart, 'web', { containers: [{ image: 'web', portNumber: 8080, readiness: kplus.Probe.fromHttpGet('/ready') }] });
  new kplus.Service(chart, 'public', { selector: web, ports: [{ port: 80, targetPort: 8080 }], type: kplus.ServiceType.LOAD_BALANCER, metadata: { annotations: ENI } });
  return chart;
}

describe(GracefulRollouts, () => {
  test('gives the same for every version of cdk8s-plus', () => {
    const chart = madeBy(kplus28).with(new GracefulRollouts({ longestRequest: Duration.seconds(20) })) as ReturnType<typeof aChart>;
    const wanted = Testing.synth(chart);
    expect(timesOf(wanted[0])).toEqual({ wait: 12, grace: 47 });
    for (const kplus of versions) {
      const other = madeBy(kplus);
      other.with(new GracefulRollouts({ longestRequest: Duration.seconds(20) }));
      expect(withoutNewDefaults(Testing.synth(other))).toEqual(withoutNewDefaults(wanted));
    }
  });

  test('hardens an Include, and touches nothing else of it', () => {
    const file = path.join(fs.mkdtempSync(path.join(os.tmpdir(), 'kube-graceful-')), 'web.yaml');
    const config = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'settings' }, data: { a: '1' } };
    fs.writeFileSync(file, Yaml.stringify(aDeployment(), aService('web', ENI), config));
    const chart = aChart();
    new Include(chart, 'included', { url: file });
    chart.with(new GracefulRollouts());
    expect(Yaml.stringify(...Testing.synth(chart))).toMatchSnapshot();
  });

  // The stand-in for helm is a shell script.
  (process.platform === 'win32' ? test.skip : test)('hardens what a Helm chart renders', () => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'kube-graceful-'));
    fs.writeFileSync(path.join(folder, 'rendered.yaml'), Yaml.stringify(aDeployment(), aService('web', ENI)));
    fs.writeFileSync(path.join(folder, 'helm'), `#!/bin/sh\ncat ${path.join(folder, 'rendered.yaml')}\n`, { mode: 0o755 });
    const chart = aChart();
    new Helm(chart, 'release', { chart: 'web', helmExecutable: path.join(folder, 'helm') });
    chart.with(new GracefulRollouts());
    expect(timesOf(rendered(chart)['Deployment/web'])).toEqual({ wait: 12, grace: 57 });
    expect(Object.keys(rendered(chart)['Service/web-public'].metadata?.annotations ?? {})).toHaveLength(3);
  });

  test('writes what it writes whether the Service comes before or after the Deployment', () => {
    const inOrder = (...manifests: ReturnType<typeof aDeployment>[]) => {
      const chart = aChart();
      for (const manifest of manifests) raw(chart, manifest.kind, manifest);
      chart.with(new GracefulRollouts());
      return rendered(chart);
    };
    const service = aService('web', ENI) as ReturnType<typeof aDeployment>;
    expect(inOrder(service, aDeployment())).toEqual(inOrder(aDeployment(), service));
  });

  test('writes what a construct of ours writes, but for what only the creator of a workload adds', () => {
    const props = { containers: [{ image: 'web', portNumber: 8080, readiness: kplus28.Probe.fromHttpGet('/ready') }] };
    const own = aChart();
    new (graceful(kplus28.Deployment))(own, 'web', { ...props, disruptionBudget: false, graceful: { longestRequest: Duration.seconds(20) } });
    const adopted = aChart();
    new kplus28.Deployment(adopted, 'web', props);
    adopted.with(new GracefulRollouts({ longestRequest: Duration.seconds(20) }));
    expect(Testing.synth(adopted)).toEqual(Testing.synth(own));
  });

  test.each([
    { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', spec: { scaleTargetRef: { name: 'web' }, minReplicaCount: 2, maxReplicaCount: 8 } },
    { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler', spec: { scaleTargetRef: { kind: 'Deployment', name: 'web' }, minReplicas: 2, maxReplicas: 8 } },
  ])('leaves the replicas to a $kind anywhere in the app, where only cdk8s-plus had put a number', (scaler) => {
    const chart = aChart();
    raw(aChart('scaling', chart.node.root as App), 'web', { ...scaler, metadata: { name: 'web' } });
    const web = { image: 'web', portNumber: 8080, readiness: kplus34.Probe.fromHttpGet('/ready') };
    new kplus34.Deployment(chart, 'web', { containers: [web], metadata: { name: 'web' } });
    chart.with(new GracefulRollouts());
    expect(plansOf(chart)[0].pace.at.map(({ replicas }) => replicas)).toEqual([2, 8]);
    expect(Object.keys((Testing.synth(chart)[0] as Workload).spec ?? {})).not.toContain('replicas');
  });

  test('leaves the replicas to an autoscaler that only its author tells of, where only cdk8s-plus had put a number', () => {
    const chart = aChart();
    new kplus34.Deployment(chart, 'web', { containers: [{ image: 'web', portNumber: 8080 }], metadata: { name: 'web' } });
    chart.with(new GracefulRollouts({ perWorkload: { web: { autoscaler: { minReplicas: 2, maxReplicas: 8 } } } }));
    expect(plansOf(chart)[0].pace.at.map(({ replicas }) => replicas)).toEqual([2, 8]);
    expect(Object.keys((Testing.synth(chart)[0] as Workload).spec ?? {})).not.toContain('replicas');
  });

  test('refuses replicas that the author gave beside an autoscaler', () => {
    const chart = aChart();
    const spec = { scaleTargetRef: { name: 'web' }, minReplicaCount: 2, maxReplicaCount: 8 };
    raw(chart, 'scaler', { apiVersion: 'keda.sh/v1alpha1', kind: 'ScaledObject', metadata: { name: 'web' }, spec });
    raw(chart, 'web', aDeployment());
    chart.with(new GracefulRollouts());
    expect(validationLines(chart)).toEqual([expect.stringMatching(/^\[chart\/web\] [a-z-]+: spec.replicas must be absent, as ScaledObject chart\/scaler owns /)]);
  });

  test('does the same once and twice', () => {
    const mixin = new GracefulRollouts({ longestRequest: Duration.seconds(20) });
    const once = rendered(madeBy(kplus28).with(mixin) as ReturnType<typeof aChart>);
    const chart = madeBy(kplus28);
    chart.with(mixin, mixin, new GracefulRollouts({ longestRequest: Duration.seconds(20) }));
    expect(rendered(chart)).toEqual(once);
  });

  test('reads Services that another mixin writes as they were before it', () => {
    const chart = aChart();
    raw(chart, 'web', aDeployment());
    raw(chart, 'public', aService('web', ENI));
    chart.with(new GracefulRollouts());
    expect(Testing.synth(chart)[1].metadata.annotations).toEqual({
      ...ENI,
      'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain': 'on',
      'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout': '57',
    });
    expect(Testing.synth(chart)).toEqual(Testing.synth(chart));
  });

  test('leaves Deployments of except alone, and takes perWorkload by path or name', () => {
    const chart = aChart();
    for (const name of ['a', 'b', 'c', 'd']) raw(chart, `id-${name}`, aDeployment(name));
    chart.with(new GracefulRollouts({
      longestRequest: Duration.seconds(1),
      perWorkload: { 'a': { longestRequest: Duration.seconds(2) }, 'chart/id-b': { longestRequest: Duration.seconds(3) } },
      except: ['c'],
    }));
    const graces = Object.values(rendered(chart)).map((manifest) => timesOf(manifest).grace);
    expect(graces).toEqual([24, 25, undefined, 23]);
  });

  test('is refused together with one that contradicts it', () => {
    const chart = aChart();
    raw(chart, 'web', aDeployment());
    for (const seconds of [1, 2]) chart.with(new GracefulRollouts({ longestRequest: Duration.seconds(seconds) }));
    expect(validationLines(chart)).toEqual([
      '[chart/web] contradicting-options: longestRequest must be said once for a workload, or equally each time: current value is 1 and 2. '
      + 'Say it in one place: its own construct, or perWorkload of a mixin; both win over what a mixin says for all.',
    ]);
    expect(() => plansOf(chart)).toThrow('Cannot plan the rollout of chart/web:\n  - longestRequest must be said once');
  });

  test('reports names that no Deployment has', () => {
    const chart = aChart();
    raw(chart, 'web', aDeployment());
    chart.with(new GracefulRollouts({ perWorkload: { wep: {} }, except: ['chart/web', 'gone'] }));
    expect(validationLines(chart)).toEqual([unknownWorkload('wep'), unknownWorkload('gone')]);
  });

  test.each<[string, (chart: Chart) => unknown]>([
    ['nothing', () => undefined],
    ['Services only', (chart) => raw(chart, 'public', aService())],
  ])('reports names over %s, where no Deployment is met', (_, fill) => {
    const chart = aChart();
    fill(chart);
    chart.with(new GracefulRollouts({ perWorkload: { web: {} }, except: ['other'] }));
    raw(chart, 'web', aDeployment());
    expect(validationLines(chart)).toEqual([unknownWorkload('web'), unknownWorkload('other')]);
  });

  test('needs no Deployment where it names none', () => {
    const chart = aChart();
    raw(chart, 'public', aService());
    expect(validationLines(chart.with(new GracefulRollouts()) as Chart)).toEqual([]);
  });

  test('tells of a Service that leads to no pods of the Deployment only where it is named', () => {
    const lines = (props: GracefulRolloutsProps) => {
      const chart = aChart();
      raw(chart, 'web', aDeployment());
      raw(chart, 'db', { ...aService('db'), spec: { selector: { app: 'db' }, ports: [{ port: 5432 }] } });
      chart.with(new GracefulRollouts(props));
      return validationLines(chart);
    };
    expect(lines({})).toEqual([]);
    expect(lines({ traffic: [{ service: 'db-public', mode: 'in-cluster' }] })).toEqual([
      '[chart/web] unknown-service: traffic.service must be a Service that selects the pods: there is none: current value is "db-public". '
      + 'Correct the name, or the Service\'s selector.',
    ]);
  });

  test('supports Deployments, Services and Lists, and nothing else', () => {
    const chart = aChart();
    const mixin = new GracefulRollouts();
    const service = raw(chart, 'service', aService());
    const knative = raw(chart, 'knative', { ...aService('other'), apiVersion: 'serving.knative.dev/v1' });
    const stateful = raw(chart, 'stateful', { ...aDeployment(), kind: 'StatefulSet' });
    const list = raw(chart, 'list', { apiVersion: 'v1', kind: 'List' });
    const custom = raw(chart, 'custom', { apiVersion: 'x.io/v1', kind: 'AllowList' });
    expect([raw(chart, 'web', aDeployment()), service, list].map((one) => mixin.supports(one))).toEqual([true, true, true]);
    expect([knative, stateful, custom, chart].map((one) => mixin.supports(one))).toEqual([false, false, false, false]);
  });

  test('explains what is worth knowing in its author\'s words', () => {
    const chart = aChart();
    const [container] = aDeployment().spec!.template!.spec!.containers!;
    const pod = { containers: [{ ...container, livenessProbe: { httpGet: { path: '/ready', port: 8080 } } }] };
    raw(chart, 'web', { ...aDeployment(), spec: { ...aDeployment().spec, template: { ...aDeployment().spec!.template, spec: pod } } });
    raw(chart, 'public', { ...aService(), spec: { selector: { app: 'web' }, ports: [{ port: 80, targetPort: 8080 }], internalTrafficPolicy: 'Local' } });
    chart.with(new GracefulRollouts());
    expect(plansOf(chart)[0].warnings.map(({ field }) => field)).toEqual(['spec.internalTrafficPolicy of Service chart/public', 'slowestStart of container main']);
    expect(explain(chart)).toContain('\n  - slowestStart of container main must be');
  });

  test('explains every workload below a construct', () => {
    const chart = aChart();
    for (const name of ['a', 'b']) raw(chart, name, aDeployment(name));
    chart.with(new GracefulRollouts());
    expect(explain(chart).match(/^Deployment.*/gm)).toEqual(['Deployment/a, which no known Service leads to', 'Deployment/b, which no known Service leads to']);
    expect(explain(chart.node.findChild('b')).match(/^Deployment.*/gm)).toEqual(['Deployment/b, which no known Service leads to']);
  });
});

function unknownWorkload(name: string): string {
  return '[] unknown-workload: Each name in perWorkload and except must be the construct path or metadata.name of a Deployment '
    + `below the construct that GracefulRollouts was applied to: current value is "${name}". Look for a misspelt name, and apply the mixin after everything is created.`;
}

const newDefaults = new Set(['revisionHistoryLimit', 'shareProcessNamespace']);

/** Later versions of cdk8s-plus render defaults that earlier ones do not know; none of them is ours. */
function withoutNewDefaults(manifests: unknown[]): unknown {
  return JSON.parse(JSON.stringify(manifests, (key, value: unknown) => newDefaults.has(key) ? undefined : value));
}
