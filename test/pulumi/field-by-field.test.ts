import * as k8s from '@pulumi/kubernetes';
import * as pulumi from '@pulumi/pulumi';
import fc from 'fast-check';
import { applyPlan, Inventory, PlanRefusedError, planRollout } from 'kube-graceful';
import type { Manifest, Workload } from 'kube-graceful';
import { EniLoadBalancerService, GracefulDeployment } from 'kube-graceful/pulumi';
import type { GracefulDeploymentArgs } from 'kube-graceful/pulumi';
import { deploymentSpec, plannedAnnotations, serviceSpec } from '../../lib/pulumi/field-by-field';
import { cases } from '../core/laws/arbitraries';
import { labels, metadata, service, spec, traffic, under } from './plain-program';
import { eventually, only, rejectionOf, run, UNKNOWN, valueOf } from './registrations';

jest.setTimeout(60_000);

const RUNS = 100;
const unknown = () => pulumi.output(pulumi.unknown) as unknown as pulumi.Output<never>;
const selector = { matchLabels: labels };
const late = { strategy: UNKNOWN, minReadySeconds: UNKNOWN, progressDeadlineSeconds: UNKNOWN, template: UNKNOWN };
const lateService = { externalTrafficPolicy: UNKNOWN, loadBalancerClass: UNKNOWN };

/** A preview of both components. */
const preview = (more: GracefulDeploymentArgs) => run(() => {
  const deployment = new GracefulDeployment('web', { graceful: { traffic }, ...more });
  return new EniLoadBalancerService('web', { deployment, port: 80 });
}, true);

/** What comes of an object with Outputs in it. */
const allOf = async (value: unknown) => JSON.parse(JSON.stringify(await valueOf(pulumi.output(value)))) as unknown;

/** Every manifest of cases that can be planned, with the plan applied. */
function planned(check: (given: Manifest, applied: Manifest) => Promise<void>) {
  return fc.assert(fc.asyncProperty(cases, async ({ options, workload, around }) => {
    const manifests: readonly Manifest[] = [workload, ...around];
    try {
      const plan = planRollout(options, new Inventory(manifests).contextOf(manifests[0] as Workload));
      for (const one of manifests) await check(one, applyPlan(one, plan).manifest);
    } catch (error) {
      if (!(error instanceof PlanRefusedError)) throw error;
    }
  }), { numRuns: RUNS });
}

describe(deploymentSpec, () => {
  test.each<[string, GracefulDeploymentArgs]>([
    ['replicas', { spec: { ...spec, replicas: unknown() } }],
    ['options', { spec, graceful: unknown() }],
    ['a port', { spec: { ...spec, template: { spec: { containers: [{ name: 'web', ports: [{ containerPort: unknown() }] }] } } } }],
  ])('shows a preview that does not know %s all that no plan writes', async (what, more) => {
    const { registrations } = await preview(more);
    const { inputs, options } = only(registrations, 'Deployment');
    expect(inputs.metadata).toEqual({ name: 'web', annotations: UNKNOWN });
    expect(inputs.spec).toEqual({ replicas: what === 'replicas' ? UNKNOWN : 2, selector, ...late });
    expect(options.ignoreChanges).toEqual(['spec.selector']);
    expect(only(registrations, 'PodDisruptionBudget').inputs.spec).toMatchObject({ selector });
  });

  test('has a place for a live selector in a spec that a preview does not know', async () => {
    const { registrations } = await preview({ spec: unknown() });
    expect(only(registrations, 'Deployment').inputs.spec).toEqual({
      replicas: UNKNOWN, selector: UNKNOWN, paused: UNKNOWN, revisionHistoryLimit: UNKNOWN, ...late,
    });
  });

  test.each<[string, k8s.types.input.apps.v1.DeploymentSpec, unknown]>([
    ['does the same for', { ...spec, replicas: unknown() }, { replicas: UNKNOWN, selector, ...late }],
    ['is not for the whole unknown spec of', unknown(), UNKNOWN],
  ])('%s a plain Deployment under a transform', async (_, given, seen) => {
    const { registrations } = await under({ longestRequestSeconds: 20 }, (parent) => {
      new k8s.apps.v1.Deployment('web', { metadata, spec: given }, { parent });
    }, true);
    expect(only(registrations, 'Deployment').inputs.spec).toEqual(seen);
  });

  test('loses nothing of what a plan writes', async () => {
    await planned(async (given, applied) => {
      if (given.kind !== 'Deployment') return;
      const { spec: whole } = applied as Workload;
      expect(await allOf(deploymentSpec('web', (given as Workload).spec, eventually(whole!)))).toEqual(whole);
      expect(await allOf(deploymentSpec('web', eventually((given as Workload).spec), eventually(whole!)))).toEqual(whole);
    });
  });

  test('refuses a field of an Output that would be lost', async () => {
    const fields = deploymentSpec('web', eventually({}), eventually({ ...spec, replica: 3 }));
    const errors = await Promise.all(Object.values(fields).map(rejectionOf));
    expect(new Set(errors).size).toBe(1); // or the engine would tell it several times
    expect(errors[0].message).toBe('Cannot plan the rollout of Deployment/web:\n'
      + '  - spec must be one of a Deployment where it is an Output: replicas, selector, paused, revisionHistoryLimit, strategy, minReadySeconds, '
      + 'progressDeadlineSeconds, template: current value is one with "replica". Give the spec as a plain object; any value in it may be an Output.');
  });
});

describe(serviceSpec, () => {
  test('shows a preview that does not know the plan all that no plan writes', async () => {
    const { registrations } = await preview({ spec: { ...spec, replicas: unknown() } });
    expect(only(registrations, 'Service').inputs).toEqual({
      apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', annotations: UNKNOWN },
      spec: { type: 'LoadBalancer', selector: labels, ports: [{ port: 80, targetPort: 8080 }], ...lateService },
    });
  });

  test('does the same for a plain Service under a transform', async () => {
    const { registrations } = await under({ perWorkload: { web: { traffic } } }, (parent) => {
      new k8s.apps.v1.Deployment('web', { metadata, spec: { ...spec, replicas: unknown() } }, { parent });
      new k8s.core.v1.Service('web', service, { parent });
    }, true);
    expect(only(registrations, 'Service').inputs).toMatchObject({
      metadata: { ...metadata, annotations: UNKNOWN }, spec: { ...service.spec, ...lateService },
    });
  });

  test('loses nothing of what a plan writes', async () => {
    await planned(async (given, applied) => {
      if (given.kind !== 'Service') return;
      const { spec: whole, metadata: named } = applied as { readonly spec: object; readonly metadata: object };
      expect(await allOf(serviceSpec((given as typeof applied & { readonly spec: object }).spec, eventually(whole)))).toEqual(whole);
      expect(await allOf(plannedAnnotations(given.metadata, eventually(named)))).toEqual(named);
    });
  });
});
