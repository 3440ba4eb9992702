import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from '../core/index';
import type { LoadBalancerServiceArgs } from './load-balancer-service-args';
import { whenKnown } from './when-known';

type Deployed = LoadBalancerServiceArgs['deployment'];

/**
 * The provider waits until a Deployment's pods are ready, and with a readiness gate they are only once the Service feeds them: a Service
 * that waits for its Deployment waits for ever.
 *
 * @throws {PlanRefusedError} If the deployment is among what a Service depends on.
 */
export function refuseDependsOn(service: string, deployment: Deployed, { dependsOn, parent }: pulumi.ComponentResourceOptions): void {
  const own: readonly unknown[] = 'deployment' in deployment ? [deployment, deployment.deployment] : [];
  if (parent !== undefined && parent === own[1]) {
    throw refusal(service, 'parent', 'the Deployment', 'Give its component, or none: a child is registered after its parent.');
  }
  void whenKnown<{ dependsOn: unknown }, void>({ dependsOn }, (known) => {
    const all: readonly unknown[] = Array.isArray(known.dependsOn) ? known.dependsOn : [known.dependsOn];
    const waits = (one: unknown): boolean => own.includes(one) || [...childrenOf(one)].some(waits);
    if (all.some(waits)) throw refusal(service, 'dependsOn', 'the deployment', 'Leave it out: both are created side by side.');
  });
}

/**
 * The same for a Service that is computed from its Deployment, where that can be seen.
 *
 * @throws {PlanRefusedError} If an Output in the spec comes from the Deployment.
 */
export function refuseOutputs(service: string, spec: unknown, deployment: pulumi.Resource | undefined): void {
  if (!deployment || !comesFrom(spec, deployment)) return;
  throw refusal(service, 'spec', 'computed from its outputs', 'Give the labels to both as plain values.');
}

function refusal(service: string, field: string, found: string, remedy: string): PlanRefusedError {
  return new PlanRefusedError(`Service/${service}`, [{
    id: 'service-waits-for-pods', field, found, remedy,
    wanted: 'free of the deployment behind it, whose pods may be ready only once the Service feeds them',
  }]);
}

function comesFrom(value: unknown, resource: pulumi.Resource): boolean {
  if (pulumi.Output.isInstance(value)) return (value as unknown as { resources(): ReadonlySet<unknown> }).resources().has(resource);
  if (typeof value !== 'object' || value === null || pulumi.Resource.isInstance(value)) return false;
  return Object.values(value).some((entry) => comesFrom(entry, resource));
}

/** To depend on a component is to depend on all that is in it. */
function childrenOf(one: unknown): Iterable<unknown> {
  return (one as { readonly __childResources?: ReadonlySet<unknown> } | undefined)?.__childResources ?? [];
}
