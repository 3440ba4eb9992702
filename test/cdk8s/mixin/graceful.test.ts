import { Duration } from 'cdk8s';
import type { Construct } from 'constructs';
import * as kplus28 from 'cdk8s-plus-28';
import * as kplus33 from 'cdk8s-plus-33';
import type { Workload } from 'kube-graceful';
import { graceful, GracefulRollouts } from '../../../lib/cdk8s/mixin/index';
import { aChart, rendered, renderedAlone, timesOf, validationLines } from '../an-app';

const containers = [{ image: 'web', portNumber: 8080, readiness: kplus33.Probe.fromHttpGet('/ready') }];

/** A class whose props must be given. */
class Needy extends kplus33.Deployment {
  constructor(scope: Construct, id: string, props: { readonly replicas: number }) {
    super(scope, id, { containers, ...props });
  }
}

describe(graceful, () => {
  test('keeps props, members and statics of the version that it is made from (checked by the compiler)', () => {
    const Graceful33 = graceful(kplus33.Deployment);
    const web: kplus33.Deployment = new Graceful33(aChart(), 'web', { containers, revisionHistoryLimit: 3, graceful: { longestRequest: Duration.seconds(20) } });
    expect((renderedAlone(web) as Workload).spec?.revisionHistoryLimit).toBe(3);
    expect(Graceful33.isConstruct(web)).toBe(true);
    const Graceful28 = graceful(kplus28.Deployment);
    // @ts-expect-error cdk8s-plus-28 has no such prop
    new Graceful28(aChart(), 'web', { revisionHistoryLimit: 3 });
    // @ts-expect-error a Duration, not a number
    new Graceful33(aChart(), 'web', { graceful: { longestRequest: 20 } });
  });

  test('makes a class of a generated one, whose props must be given', () => {
    const GracefulDeployment = graceful(kplus33.k8s.KubeDeployment);
    const chart = aChart();
    const labels = { app: 'web' };
    const template = { metadata: { labels }, spec: { containers: [{ name: 'main', image: 'web', ports: [{ containerPort: 8080 }] }] } };
    const web = new GracefulDeployment(chart, 'web', {
      metadata: { name: 'web' }, spec: { selector: { matchLabels: labels }, template }, graceful: { longestRequest: Duration.seconds(20) },
    });
    expect(timesOf(renderedAlone(web))).toEqual({ wait: 7, grace: 42 });
    expect(Object.keys(rendered(chart))).toEqual(['Deployment/web', 'PodDisruptionBudget/web']);
    expect(GracefulDeployment.GVK.kind).toBe('Deployment');
    // @ts-expect-error the props are not optional there
    expect(() => new (graceful(Needy))(chart, 'needy')).not.toThrow();
  });

  test('refuses what renders no Deployment', () => {
    const chart = aChart();
    new (graceful(kplus33.StatefulSet))(chart, 'web', { containers, service: new kplus33.Service(chart, 'peers', { ports: [{ port: 80 }] }), disruptionBudget: false });
    expect(validationLines(chart)).toEqual([
      '[chart/web] not-a-deployment: The class given to graceful() must be one that renders a Deployment, as only its rollouts are planned: '
      + 'current value is StatefulSet. Use the plain class.',
    ]);
  });

  test('plans the Service that a deployment exposes itself through', () => {
    const chart = aChart();
    const web = new (graceful(kplus33.Deployment))(chart, 'web', { containers });
    const service = web.exposeViaService({ serviceType: kplus33.ServiceType.LOAD_BALANCER });
    service.metadata.addAnnotation('service.beta.kubernetes.io/backend-type', 'eni');
    expect(validationLines(chart)).toEqual([]);
    expect(renderedAlone(service).metadata?.annotations).toEqual({
      'service.beta.kubernetes.io/backend-type': 'eni',
      'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain': 'on',
      'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout': '57',
    });
  });

  test('tells the plan of the app as it is when asked', () => {
    const chart = aChart();
    const web = new (graceful(kplus33.Deployment))(chart, 'web', { containers });
    expect(web.plan.routes).toEqual([]);
    web.exposeViaService();
    expect(web.plan.routes.map(({ mode }) => mode)).toEqual(['in-cluster']);
  });

  test('lets what a construct says win over a mixin, which fills in the rest', () => {
    const chart = aChart();
    const web = new (graceful(kplus33.Deployment))(chart, 'web', { containers, graceful: { longestRequest: Duration.seconds(1) } });
    chart.with(new GracefulRollouts({ longestRequest: Duration.seconds(9), margin: Duration.seconds(7) }));
    expect(web.plan.shutdown.terminationGracePeriodSeconds.value).toBe(7 + 10 + 1 + 7);
  });

  test('refuses what both its own props and those of the base say differently', () => {
    const chart = aChart();
    new (graceful(kplus33.Deployment))(chart, 'web', {
      containers, terminationGracePeriod: Duration.minutes(2), graceful: { terminationGracePeriod: Duration.minutes(3) },
    });
    expect(validationLines(chart)).toEqual([
      '[chart/web] contradicting-options: terminationGracePeriod must be said once for a workload, or equally each time: current value is 120 and 180. '
      + 'Say it in one place: its own construct, or perWorkload of a mixin; both win over what a mixin says for all.',
    ]);
  });
});
