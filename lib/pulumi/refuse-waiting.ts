import type * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from '../core/index';
import type { GracefulDeploymentArgs } from './graceful-deployment-args';
import type { LoadBalancerServiceArgs } from './load-balancer-service-args';
import { isOfPods } from './pods';
import type { Pods } from './pods';
import { comesFrom, isAwaited, isResource, refuseToWait, waitingOf } from './waiting';
import type { PlainResource, Waiting } from './waiting';

/** A plain resource with what may make it wait for another. */
export interface Plain {
  /** Of the object. */
  readonly name: string;
  readonly waiting: Waiting;
  readonly props: Readonly<Record<string, unknown>>;
}

const PLAIN_LABELS = 'Give the labels to both as plain values.';
const OTHER_PARENT = 'Give another one, or none: a child is registered after its parent.';

/**
 * The provider waits until a Deployment's pods are ready, and with a readiness gate they are only once the Service feeds them: a Service
 * that waits for its Deployment waits for ever. Of a deployment elsewhere, that one counts which was told the same name, namespace
 * and provider.
 *
 * @throws {PlanRefusedError} If the deployment is among what a component's Service depends on, or one of its inputs is computed from it.
 */
export function refuseServiceToWait(
  service: string, { deployment, ...inputs }: LoadBalancerServiceArgs, opts: pulumi.ComponentResourceOptions,
): void {
  if (!isAwaited(deployment.told.workload.metadata)) return;
  const waiting = waitingOf(opts);
  const pods = podsOf(deployment, waiting);
  const isBehind = (one: unknown) => 'deployment' in deployment ? one === deployment.deployment : isOfPods('Deployment', one, pods);
  refuseToWait(waiting, isBehind, (option) => option === 'parent'
    ? serviceWaits(service, option, 'the Deployment', 'Give its component, or none: a child is registered after its parent.')
    : serviceWaits(service, option, 'the deployment', 'Leave it out: both are created side by side.'));
  refuseOutputs(inputs, isBehind, (field) => serviceWaits(service, field, 'computed from its outputs', PLAIN_LABELS));
}

/** The same for a plain Service. */
export function refusePlainServiceToWait({ name, waiting, props }: Plain, deployment: PlainResource): void {
  const isBehind = (one: unknown) => isResource(deployment, one, waiting);
  refuseToWait(waiting, isBehind, (option) => option === 'parent'
    ? serviceWaits(name, option, 'the Deployment', OTHER_PARENT)
    : serviceWaits(name, option, 'the deployment', 'Leave it out, and give the labels to both as plain values: both are created side by side.'));
  refuseOutputs(props, isBehind, (field) => serviceWaits(name, field, 'computed from its outputs', PLAIN_LABELS));
}

/**
 * The other order: the provider waits for a Service until a pod of it exists, so a deployment that waits for its Service waits in vain
 * when both are new. A component's Service can only come first where it leads to a deployment elsewhere.
 *
 * @throws {PlanRefusedError} If a component's Service for the same pods is among what a deployment depends on, or one of its inputs is
 * computed from it.
 */
export function refuseDeploymentToWait(
  name: string, { metadata, spec, containers, replicas, graceful }: GracefulDeploymentArgs, opts: pulumi.ComponentResourceOptions,
): void {
  const waiting = waitingOf(opts);
  const pods: Pods = { deployment: name, namespace: metadata?.namespace, provider: waiting.provider };
  refusePods(name, waiting, { metadata, spec, containers, replicas, graceful }, (one) => isOfPods('Service', one, pods));
}

/** The same for a plain Deployment, and the Services that lead to it. */
export function refusePlainDeploymentToWait({ name, waiting, props }: Plain, services: readonly PlainResource[]): void {
  refusePods(name, waiting, props, (one) => services.some((service) => isResource(service, one, waiting)));
}

/** The pods behind a Service's deployment, as a component of the Service's provider would have them. */
export function podsOf({ told, namespace }: LoadBalancerServiceArgs['deployment'], { provider }: Waiting): Pods {
  return { deployment: told.name, namespace, provider };
}

function refusePods(name: string, waiting: Waiting, inputs: object, isService: (one: unknown) => boolean): void {
  refuseToWait(waiting, isService, (option) => option === 'parent'
    ? podsWait(name, option, 'the Service', OTHER_PARENT)
    : podsWait(name, option, 'the Service', 'Leave it out: both are created side by side.'));
  refuseOutputs(inputs, isService, (field) => podsWait(name, field, 'computed from its outputs',
    'Give a value that is known before, such as the name of the Service or a host name of your own.'));
}

function refuseOutputs(inputs: object, isOther: (one: unknown) => boolean, refusal: (field: string) => Error): void {
  for (const [field, value] of Object.entries(inputs)) {
    if (comesFrom(value, isOther)) throw refusal(field);
  }
}

function serviceWaits(service: string, field: string, found: string, remedy: string): PlanRefusedError {
  return new PlanRefusedError(`Service/${service}`, [{
    id: 'service-waits-for-pods', field, found, remedy,
    wanted: 'free of the deployment behind it, whose pods may be ready only once the Service feeds them',
  }]);
}

function podsWait(deployment: string, field: string, found: string, remedy: string): PlanRefusedError {
  return new PlanRefusedError(`Deployment/${deployment}`, [{
    id: 'pods-wait-for-service', field, found, remedy,
    wanted: 'free of the Service before it, which the provider takes for created only once a pod of it exists',
  }]);
}
