import { Duration, Testing, Yaml } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import type { Workload } from 'kube-graceful';
import { EniLoadBalancerService, GracefulDeployment, GracefulDeploymentProps, OnSigterm } from '../../lib/cdk8s/index';
import { aChart, raw, rendered, renderedAlone, timesOf, validationLines } from './an-app';

const { absolute } = kplus.PercentOrAbsolute;
const containers = [{ image: 'shop/web:1.4', portNumber: 8080, readiness: kplus.Probe.fromHttpGet('/ready'), resources: {}, securityContext: { user: 1000 } }];

describe(GracefulDeployment, () => {
  test('has the name and the selector of the plain Deployment that it takes the place of', () => {
    const make = (Class: typeof kplus.Deployment) => {
      const { metadata, spec } = renderedAlone(new Class(aChart(), 'web', { containers })) as Workload;
      return { name: metadata?.name, selector: spec?.selector, labels: spec?.template?.metadata?.labels };
    };
    expect(make(GracefulDeployment as typeof kplus.Deployment)).toEqual(make(kplus.Deployment));
  });

  test('is one sum over the Deployment, its Service and its budget', () => {
    const chart = aChart();
    const deployment = new GracefulDeployment(chart, 'web', {
      containers, graceful: { longestRequest: Duration.seconds(20), slowestStart: Duration.minutes(1), onSigterm: OnSigterm.DRAINS },
    });
    new EniLoadBalancerService(chart, 'public', { deployment, port: 80, provider: 'alibaba-clb' });
    expect(Yaml.stringify(...Testing.synth(chart))).toMatchSnapshot();
    expect(deployment.plan.shutdown.terminationGracePeriodSeconds.value).toBe(47);
    expect(deployment.explanation.split('\n')[0]).toBe('Deployment/chart-web behind Service/chart-public (alibaba-clb, pods as targets)');
  });

  test('writes every value out, without anchors and aliases', () => {
    const chart = aChart();
    const container = { ...containers[0], liveness: kplus.Probe.fromHttpGet('/live', { periodSeconds: Duration.seconds(1) }) };
    new GracefulDeployment(chart, 'web', { containers: [container, { ...container, name: 'two', portNumber: 8081 }], graceful: { slowestStart: Duration.minutes(5) } });
    expect(Yaml.stringify(...Testing.synth(chart)).match(/.*[&*]a\d.*/g)).toBeNull();
  });

  test('adds nothing but the budget, and with disruptionBudget: false not even that', () => {
    const kinds = (props: GracefulDeploymentProps) => {
      const chart = aChart();
      new GracefulDeployment(chart, 'web', { containers, ...props });
      return Object.keys(rendered(chart));
    };
    expect(kinds({})).toEqual(['Deployment/chart-web', 'PodDisruptionBudget/chart-web']);
    expect(kinds({ disruptionBudget: false })).toEqual(['Deployment/chart-web']);
  });

  test('gives the budget the selector that the deployment has in the end, and its namespace', () => {
    const chart = aChart();
    const web = new GracefulDeployment(chart, 'web', { containers, select: false, metadata: { namespace: 'shop' }, podMetadata: { labels: { app: 'web' } } });
    web.select(kplus.Pods.select(chart, 'pods', { labels: { app: 'web' } }).toPodSelectorConfig().labelSelector);
    const budget = rendered(chart)['PodDisruptionBudget/chart-web'];
    expect(budget.metadata?.namespace).toBe('shop');
    expect(budget.spec).toEqual({ maxUnavailable: 1, unhealthyPodEvictionPolicy: 'AlwaysAllow', selector: { matchLabels: { app: 'web' } } });
  });

  test('refuses a second budget for its pods anywhere in the app, naming both', () => {
    const chart = aChart();
    const web = new GracefulDeployment(chart, 'web', { containers });
    raw(aChart('other', chart.node.root as ReturnType<typeof Testing.app>), 'budget', {
      apiVersion: 'policy/v1', kind: 'PodDisruptionBudget', metadata: { name: 'theirs' }, spec: { minAvailable: 1, selector: { matchLabels: web.matchLabels } },
    });
    expect(validationLines(chart)).toEqual([
      '[chart/web] two-disruption-budgets: PodDisruptionBudget must be one for these pods: with several, no pod can be evicted at all: '
      + 'current value is PodDisruptionBudget chart/web/DisruptionBudget and PodDisruptionBudget other/budget. '
      + 'Remove all but one; the one of a GracefulDeployment goes with disruptionBudget: false.',
    ]);
  });

  test('holds what the author passed as a typed prop', () => {
    const web = new GracefulDeployment(aChart(), 'web', {
      containers,
      terminationGracePeriod: Duration.minutes(3),
      minReady: Duration.seconds(30),
      progressDeadline: Duration.minutes(20),
      strategy: kplus.DeploymentStrategy.rollingUpdate({ maxSurge: absolute(2), maxUnavailable: absolute(1) }),
    });
    const { spec } = renderedAlone(web) as Workload;
    expect(spec?.template?.spec?.terminationGracePeriodSeconds).toBe(180);
    expect([spec?.minReadySeconds, spec?.progressDeadlineSeconds]).toEqual([30, 1200]);
    expect(spec?.strategy?.rollingUpdate).toEqual({ maxSurge: 2, maxUnavailable: 1 });
  });

  test('refuses a typed prop that is too small, in the words of the prop', () => {
    const chart = aChart();
    new GracefulDeployment(chart, 'web', { containers, terminationGracePeriod: Duration.seconds(30) });
    expect(validationLines(chart)).toEqual([
      '[chart/web] grace-too-short: terminationGracePeriod must be at least 52: 5 s kube-proxy on every node follows + 2 s wait margin + 10 s close notice '
      + '+ 30 s longest request + 5 s margin: current value is 30. Leave it out to get the sum, or shorten what it is made of.',
    ]);
    expect(() => chart.toJson()).toThrow('[chart/web] grace-too-short');
  });

  test('throws when one that cannot be planned is rendered alone', () => {
    const web = new GracefulDeployment(aChart(), 'web', { containers, terminationGracePeriod: Duration.seconds(30) });
    expect(() => renderedAlone(web)).toThrow('Cannot plan the rollout of chart/web:\n  - terminationGracePeriod must be at least 52');
    expect(() => web.plan).toThrow('Cannot plan the rollout of chart/web:\n  - terminationGracePeriod must be at least 52');
  });

  test('leaves replicas to an autoscaler that comes later', () => {
    const chart = aChart();
    const web = new GracefulDeployment(chart, 'web', { containers: [{ ...containers[0], resources: { cpu: { request: kplus.Cpu.millis(100) } } }] });
    new kplus.HorizontalPodAutoscaler(chart, 'scaler', { target: web, minReplicas: 3, maxReplicas: 9, metrics: [kplus.Metric.resourceCpu(kplus.MetricTarget.averageUtilization(70))] });
    expect((rendered(chart)['Deployment/chart-web'] as Workload).spec?.replicas).toBeUndefined();
    expect(web.plan.pace.at.map(({ replicas }) => replicas)).toEqual([3, 9]);
  });

  test('leaves replicas to an autoscaler that only its author tells of', () => {
    const deployment = new GracefulDeployment(aChart(), 'web', { containers, graceful: { autoscaler: { minReplicas: 2, maxReplicas: 10 } } });
    expect((renderedAlone(deployment) as Workload).spec).not.toHaveProperty('replicas');
    expect(deployment.plan.pace.at.map(({ replicas }) => replicas)).toEqual([2, 10]);
  });

  test('gives a container without a readiness probe one on its declared port', () => {
    const web = new GracefulDeployment(aChart(), 'web', { containers: [{ image: 'web', portNumber: 8080 }] });
    expect((renderedAlone(web) as Workload).spec?.template?.spec?.containers?.[0].readinessProbe).toEqual({ tcpSocket: { port: 8080 } });
    const chart = aChart();
    new GracefulDeployment(chart, 'web', { containers: [{ image: 'web', portNumber: 8080 }], graceful: { defaultReadinessProbe: false } });
    expect((rendered(chart)['Deployment/chart-web'] as Workload).spec?.template?.spec?.containers?.[0].readinessProbe).toBeUndefined();
  });

  test('writes the Service that it exposes itself through, also behind an ingress', () => {
    const chart = aChart();
    const web = new GracefulDeployment(chart, 'web', { containers, graceful: { traffic: [{ service: 'chart-web-service', delay: Duration.seconds(9) }] } });
    web.exposeViaIngress('/');
    expect(validationLines(chart)).toEqual([]);
    expect(web.plan.routes.map(({ mode, delay }) => [mode, delay.value])).toEqual([['ingress', 9]]);
    expect(timesOf(renderedAlone(web))).toEqual({ wait: 11, grace: 56 });
  });

  test('refuses the Service of somebody else that lacks what the plan needs, with the ways out', () => {
    const chart = aChart();
    const web = new GracefulDeployment(chart, 'web', { containers });
    const theirs = new kplus.Service(chart, 'theirs', {
      selector: web, ports: [{ port: 80, targetPort: 8080 }], type: kplus.ServiceType.LOAD_BALANCER,
      metadata: { annotations: { 'service.beta.kubernetes.io/backend-type': 'eni' } },
    });
    const key = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain';
    expect(validationLines(chart)).toEqual([
      `[chart/web] foreign-service: Service chart/theirs must be what the plan of the pods behind it needs: ${key} "on", ${key}-timeout "57": `
      + `current value is ${key} not set, ${key}-timeout not set. Make it an EniLoadBalancerService, LocalLoadBalancerService or `
      + 'ClusterLoadBalancerService, apply GracefulRollouts to it, or write this there.',
    ]);
    theirs.metadata.addAnnotation(key, 'on');
    theirs.metadata.addAnnotation(`${key}-timeout`, '57');
    expect(validationLines(chart)).toEqual([]);
  });

  test('accepts the Service of somebody else inside the cluster', () => {
    const chart = aChart();
    new kplus.Service(chart, 'theirs', { selector: new GracefulDeployment(chart, 'web', { containers }), ports: [{ port: 80, targetPort: 8080 }] });
    expect(validationLines(chart)).toEqual([]);
  });

  test('takes every prop of its own (checked by the compiler)', () => {
    type Own = Pick<GracefulDeploymentProps, Exclude<keyof GracefulDeploymentProps, keyof kplus.DeploymentProps>>;
    const own: Required<Own> = { graceful: { longestRequest: Duration.seconds(1) }, disruptionBudget: false };
    const web = new GracefulDeployment(aChart(), 'web', { containers, ...own });
    expect(timesOf(renderedAlone(web))).toEqual({ wait: 7, grace: 23 });
    expect(web.node.children.map(({ node }) => node.id)).toEqual(['Resource']);
  });
});
