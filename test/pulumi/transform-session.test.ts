import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import { explain } from 'kube-graceful';
import type { TransformPlan } from 'kube-graceful/pulumi';
import { TransformSession } from '../../lib/pulumi/transform-session';
import { labels, metadata, service, spec, traffic, under } from './plain-program';
import { eventually, only, valueOf } from './registrations';

jest.setTimeout(20_000);

const drained = (seconds: number) => ({ 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-connection-drain-timeout': `${seconds}` });
const withGrace = (terminationGracePeriodSeconds: number) =>
  ({ ...spec, template: { ...spec.template, spec: { ...spec.template.spec, terminationGracePeriodSeconds } } });

/** What the engine's log is told in warnings from here on. */
const warnings = () => {
  const warn = jest.spyOn(pulumi.log, 'warn').mockResolvedValue();
  return () => warn.mock.calls.map(([message]) => message);
};

describe(TransformSession, () => {
  test('says that `transformations` leave a Service as it is whose name they cannot wait for', async () => {
    const told = warnings();
    const { registrations } = await under({ perWorkload: { web: { traffic } } }, (parent) => {
      new k8s.core.v1.Service('front', { ...service, metadata: { ...metadata, name: eventually('web') } }, { parent });
    });
    expect(only(registrations, 'Service').inputs.metadata).toEqual(metadata);
    expect(told()).toEqual(['Service/front is left as it is, even if traffic names it: `transformations` cannot wait for its metadata.name, an Output. '
      + 'Use `transforms`, or give metadata.name as a plain string.']);
  });

  test('says that `transformations` know a Deployment by its resource where they cannot wait for its name', async () => {
    const told = warnings();
    const { registrations } = await under({ except: ['web'] }, (parent) => {
      new k8s.apps.v1.Deployment('front', { metadata: { ...metadata, name: eventually('web') }, spec }, { parent });
    });
    expect(only(registrations, 'Deployment').inputs.spec).toMatchObject({ template: { spec: { terminationGracePeriodSeconds: 52 } } });
    expect(told()).toEqual(['Deployment/front is looked up in perWorkload and except by the name of its resource: `transformations` cannot wait for '
      + 'its metadata.name, an Output. Use `transforms`, or give metadata.name as a plain string.']);
  });

  test('says nothing of names where none is told, and writes a Service whose selector is known later', async () => {
    const told = warnings();
    await under({}, (parent) => new k8s.core.v1.Service('front', { ...service, metadata: { name: eventually('web') } }, { parent }));
    const { registrations } = await under({ perWorkload: { web: { longestRequestSeconds: 20, traffic } } }, (parent) => {
      new k8s.core.v1.Service('web', { metadata, spec: { ...service.spec, selector: eventually(labels) } }, { parent });
    });
    expect(only(registrations, 'Service').inputs).toMatchObject({ metadata: { ...metadata, annotations: drained(47) }, spec: service.spec });
    expect(told()).toEqual([]);
  });

  test('leads a Service to the Deployment of its own namespace', async () => {
    const told = warnings();
    const { registrations } = await under({ perWorkload: { web: { longestRequestSeconds: 20, traffic } } }, (parent) => {
      for (const [namespace, grace] of [['shop', 100], ['test', 200]] as const) {
        new k8s.apps.v1.Deployment(`${namespace}-web`, { metadata: { name: 'web', namespace }, spec: withGrace(grace) }, { parent });
      }
      for (const namespace of ['shop', 'test', eventually('shop')]) new k8s.core.v1.Service('web', { ...service, metadata: { name: 'web', namespace } }, { parent });
    });
    expect(registrations.filter(({ type }) => type.endsWith(':Service')).map(({ inputs }) => inputs.metadata)).toMatchObject([
      { namespace: 'shop', annotations: drained(100) }, { namespace: 'test', annotations: drained(200) }, { namespace: 'shop', annotations: drained(200) },
    ]);
    expect(told()).toEqual(['Service/web is written for one of 2 Deployments that are named \'web\', the last one met: a namespace is not known here. '
      + 'Give metadata.namespace of each as a plain string.']);
  });

  test('tells the plan of each Deployment, and why', async () => {
    const plans: TransformPlan[] = [];
    await under({ longestRequestSeconds: 20, onPlan: (planned) => plans.push(planned) }, (parent) => {
      new k8s.apps.v1.Deployment('web', { metadata, spec }, { parent });
      new k8s.apps.v1.Deployment('late', { spec: eventually(spec) }, { parent });
    });
    expect(plans.map(({ name, namespace }) => [name, namespace])).toEqual([['web', 'shop'], ['late', undefined]]);
    for (const { plan, explanation } of plans) {
      const known = await valueOf(plan);
      expect(known.shutdown.terminationGracePeriodSeconds.value).toBe(42);
      expect(await valueOf(explanation)).toBe(explain(known));
    }
  });
});
