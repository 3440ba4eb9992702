import { applyPlan } from '../../../lib/core/apply/apply-plan';
import type { Patch } from '../../../lib/core/apply/patch';
import { Inventory } from '../../../lib/core/manifest/inventory';
import type { Container, Manifest, Metadata, PodSpec, Service, Workload } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { planRollout } from '../../../lib/core/plan/plan-rollout';
import type { RolloutPlan } from '../../../lib/core/plan/rollout-plan';
import { PlanRefusedError, Problem, problemText } from '../../../lib/core/problem';

/** A container that has all it needs. */
export const CONTAINER: Container = { name: 'main', image: 'web:1', ports: [{ containerPort: 8080, name: 'http' }], readinessProbe: { httpGet: { path: '/ready', port: 8080 } } };

/** One whose readiness probe fails within the close notice, as mode local wants it. */
export const SOON_UNREADY: Container = { ...CONTAINER, readinessProbe: { ...CONTAINER.readinessProbe, periodSeconds: 1 } };

const LABELS = { app: 'web' };

/** A Deployment with these parts instead of the usual ones. */
export function aWorkload(parts: { container?: Container; pod?: PodSpec; spec?: Workload['spec']; metadata?: Metadata } = {}): Workload {
  return {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', ...parts.metadata },
    spec: {
      replicas: 2, selector: { matchLabels: LABELS }, ...parts.spec,
      template: { metadata: { labels: LABELS }, spec: { containers: [{ ...CONTAINER, ...parts.container }], ...parts.pod } },
    },
  };
}

/** A Service in front of it: inside the cluster, unless its parts say otherwise. */
export function aService(spec: Service['spec'] = {}, metadata: Metadata = {}): Service {
  return { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', ...metadata }, spec: { selector: LABELS, ports: [{ port: 80, targetPort: 8080 }], ...spec } };
}

/** A LoadBalancer Service of Alibaba Cloud's CLB with pods as targets. */
export function anEniService(annotations: Record<string, string> = {}, spec: Service['spec'] = {}): Service {
  return aService({ type: 'LoadBalancer', ...spec }, { annotations: { 'service.beta.kubernetes.io/backend-type': 'eni', ...annotations } });
}

/** The plan of a Deployment with what stands around it. */
export function planOf(options: GracefulOptions, workload: Workload = aWorkload(), ...around: readonly Manifest[]): RolloutPlan {
  return planRollout(options, new Inventory([workload, ...around]).contextOf(workload));
}

/** The problems for which it is refused; none where it is planned. */
export function problemsOf(options: GracefulOptions, workload: Workload = aWorkload(), ...around: readonly Manifest[]): readonly Problem[] {
  try {
    planOf(options, workload, ...around);
    return [];
  } catch (error) {
    if (error instanceof PlanRefusedError) return error.problems;
    throw error;
  }
}

/** The same as people read them. */
export function textsOf(options: GracefulOptions, workload?: Workload, ...around: readonly Manifest[]): string[] {
  return problemsOf(options, workload, ...around).map(problemText);
}

/** `id: sentence` of each warning. */
export function warningsOf(plan: RolloutPlan): string[] {
  return plan.warnings.map((warning) => `${warning.id}: ${problemText(warning)}`);
}

/** The parts of a figure, `label value`. */
export function termsOf({ parts }: { parts: readonly { label: string; value: number }[] }): string[] {
  return parts.map(({ label, value }) => `${label} ${value}`);
}

/** Options that may hold anything, as a caller without types gives them. */
export function untyped(options: unknown): GracefulOptions {
  return options as GracefulOptions;
}

/** Everything with its plan applied, in the order given, and all patches by the name of their object. */
export function applied(
  options: GracefulOptions, workload: Workload = aWorkload(), ...around: readonly Manifest[]
): { manifests: Manifest[]; patches: Patch[] } {
  const plan = planOf(options, workload, ...around);
  const results = [workload, ...around].map((manifest) => applyPlan(manifest, plan));
  return { manifests: results.map(({ manifest }) => manifest), patches: results.flatMap(({ patches }) => patches) };
}
