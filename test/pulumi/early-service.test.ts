import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import type { GracefulTransformOptions } from 'kube-graceful/pulumi';
import { holdToEarly, refuseLeft, tellOfEarlyOthers } from '../../lib/pulumi/early-service';
import { isExcepted, tellOfUnknownNamespace } from '../../lib/pulumi/excepted';
import { tellOfLeft, tellOfOtherProvider } from '../../lib/pulumi/tell-of-elsewhere';
import { labels, service, spec, traffic, under } from './plain-program';
import { eventually } from './registrations';

jest.setTimeout(20_000);
afterEach(() => jest.restoreAllMocks());

const drain = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout';
const told: GracefulTransformOptions = { perWorkload: { web: { longestRequestSeconds: 20, traffic } } };
const grafana = { app: 'grafana' };

interface Placed {
  readonly kind: 'Deployment' | 'Service';
  readonly namespace?: pulumi.Input<string>;
  /** Of the pods, or the Service's selector. */
  readonly pods?: object;
  readonly graceSeconds?: number;
  readonly type?: string;
  readonly provider?: pulumi.ProviderResource;
}

const deployment = (namespace: pulumi.Input<string> | undefined, more: Partial<Placed> = {}): Placed => ({ kind: 'Deployment', namespace, ...more });
const serviceIn = (namespace: pulumi.Input<string> | undefined, more: Partial<Placed> = {}): Placed => ({ kind: 'Service', namespace, ...more });

/** What is told in warnings, and the drain of each Service: undefined where it is left as it is. */
async function program(objects: () => readonly Placed[], options = told) {
  const warn = jest.spyOn(pulumi.log, 'warn').mockResolvedValue();
  const { registrations } = await under(options, (parent) => {
    objects().forEach(({ kind, namespace, pods = labels, graceSeconds: terminationGracePeriodSeconds, type = 'LoadBalancer', provider }, index) => {
      const metadata = { name: 'web', ...namespace !== undefined && { namespace } };
      const opts = { parent, provider };
      if (kind === 'Service') return new k8s.core.v1.Service(`${index}`, { metadata, spec: { ...service.spec, type, selector: pods as typeof labels } }, opts);
      const template = { metadata: { labels: pods as typeof labels }, spec: { ...spec.template.spec, terminationGracePeriodSeconds } };
      return new k8s.apps.v1.Deployment(`${index}`, { metadata, spec: { ...spec, selector: { matchLabels: pods as typeof labels }, template } }, opts);
    });
  });
  const drains = registrations.filter(({ type }) => type.endsWith(':Service'))
    .sort((one, other) => Number(one.name) - Number(other.name)) // none is registered before all that it awaits is known
    .map(({ inputs }) => (inputs.metadata as { annotations?: Record<string, string> }).annotations?.[drain]);
  return { drains, warnings: warn.mock.calls.map(([message]) => message) };
}

describe(holdToEarly, () => {
  test('holds a Deployment to the Services of its own provider alone', async () => {
    const { drains, warnings } = await program(() => {
      const [one, other] = ['one', 'other'].map((name) => new k8s.Provider(name, {}));
      return [
        deployment('shop', { provider: one, graceSeconds: 120 }), deployment('shop', { provider: other }), serviceIn('shop', { provider: one }),
        serviceIn('test', { provider: one }), deployment('test', { provider: other, graceSeconds: 120 }),
      ];
    });
    expect([drains, warnings]).toEqual([['120', '47'], []]);
  });
});

describe(refuseLeft, () => {
  const left = 'Service/web in namespace \'mon\' is left as it is, although traffic names it: it selects other pods than those of Deployment/web '
    + 'in namespace \'shop\', and none of this name was met beside it. Where it leads to other pods, add \'mon/web\' to except.';

  test('a Service of the name that leads to other pods in another namespace is left as it is', async () => {
    for (const type of ['LoadBalancer', 'ClusterIP']) {
      const { drains, warnings } = await program(() => [deployment('shop'), serviceIn('shop'), serviceIn('mon', { pods: grafana, type })]);
      expect([drains, warnings]).toEqual([['47', undefined], [left]]);
      jest.restoreAllMocks();
    }
  });

  test('one that selects pods of such labels is written, as its Deployment may come', async () => {
    const { drains, warnings } = await program(() => [deployment('shop'), serviceIn('shop'), serviceIn('test'), deployment('test')]);
    expect([drains, warnings]).toEqual([['47', '47'], []]);
  });

  test('refuses its Deployment, should that come after all', async () => {
    await expect(program(() => [deployment('shop'), serviceIn('mon', { pods: grafana }), deployment('mon', { pods: grafana })])).rejects.toThrow(
      'Cannot plan the rollout of Deployment/web:\n  - traffic of Service/web must be met before its Service, which was left as it is, since it selects '
      + 'other pods than a Deployment of this name elsewhere: current value is after it. Register the Deployment first, or give the two a transform of '
      + 'their own, in the option `transforms` of what is around them alone.',
    );
  });
});

describe(tellOfLeft, () => {
  test('tells nothing of a Service that another Deployment may lead to: it is written for that', async () => {
    const { perWorkload } = told;
    const { drains, warnings } = await program(() => [deployment('shop'), serviceIn('mon', { pods: grafana })], { perWorkload: { ...perWorkload, grafana: perWorkload!.web } });
    expect([drains, warnings]).toEqual([['47'], []]);
  });
});

describe(tellOfOtherProvider, () => {
  test('tells of a Deployment in the namespace of its Service that has another provider', async () => {
    const { drains, warnings } = await program(() => {
      const [one, other] = ['one', 'other'].map((name) => new k8s.Provider(name, {}));
      return [deployment('shop', { provider: one, graceSeconds: 120 }), serviceIn('shop', { provider: other }), serviceIn('test', { provider: other })];
    });
    expect([drains, warnings]).toEqual([['47', '47'], [
      'Service/web is written for a Deployment/web that is still to come: Deployment/web in namespace \'shop\' has another provider, '
      + 'and so is taken for one of another cluster. Give both the same provider.',
    ]]);
  });
});

describe(tellOfEarlyOthers, () => {
  test('tells nothing of one whose own Deployment has come', async () => {
    const { drains, warnings } = await program(
      () => [serviceIn('mon', { pods: grafana }), serviceIn('shop'), deployment('mon', { pods: grafana }), deployment('shop')],
    );
    expect(drains).toEqual(['47', '47']);
    expect(warnings).toEqual([expect.stringContaining('Service/web in namespace \'shop\' is written')]); // told before its own came
  });

  test('tells of a Service that came first and seems to be another one\'s', async () => {
    const { drains, warnings } = await program(() => [serviceIn('mon', { pods: grafana }), serviceIn('test'), deployment('shop'), serviceIn('shop')]);
    expect([drains, warnings]).toEqual([['47', '47', '47'], [
      'Service/web in namespace \'mon\' is written for a Deployment/web beside it, as traffic says, but selects other pods than those of Deployment/web '
      + 'in namespace \'shop\'. Where it leads to other pods, add \'mon/web\' to except.',
    ]]);
  });
});

describe(isExcepted, () => {
  test('leaves Deployments and Services of one namespace, of which nothing is to be told', async () => {
    const { drains, warnings } = await program(
      () => [serviceIn('mon', { pods: grafana }), deployment('shop'), serviceIn('shop'), deployment('mon', { pods: grafana }), serviceIn('mon')],
      { ...told, except: ['mon/web'] },
    );
    expect([drains, warnings]).toEqual([[undefined, '47', undefined], []]);
  });

  test.each<[string, pulumi.Input<string> | undefined, string]>([
    ['in a namespace', 'mon', 'Where it leads to other pods, add \'mon/web\' to except.'],
    ['in one that is not known', undefined,
      'Where it leads to other pods, give each metadata.namespace as a plain string, and add \'<namespace>/web\' to except.'],
  ])('is the way out for a Service %s that contradicts what traffic says of another', async (_, namespace, way) => {
    await expect(program(() => [serviceIn(namespace, { pods: grafana, type: 'ClusterIP' })])).rejects.toThrow(
      'traffic of Service/web must be \'in-cluster\', as the Service itself says: current value is "eni". '
      + `Change the Service or the option. ${way}`,
    );
  });
});

describe(tellOfUnknownNamespace, () => {
  test('tells that a Deployment is hardened which may be one that is to be left', async () => {
    const { warnings } = await program(() => [deployment(undefined), deployment(eventually('mon')), deployment('shop')], { except: ['mon/web'] });
    const warning = 'Deployment/web is hardened although except has \'mon/web\': its namespace is not known here. Give metadata.namespace as a plain string.';
    expect(warnings).toEqual([warning, warning]);
    jest.restoreAllMocks();
    const { warnings: ofService } = await program(() => [serviceIn(eventually('mon')), serviceIn('shop')], { ...told, except: ['mon/web'] });
    expect(ofService).toEqual([warning.replace('Deployment/web is hardened', 'Service/web is written')]);
  });
});
