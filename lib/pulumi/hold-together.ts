import type * as pulumi from '@pulumi/pulumi';
import type { Service } from '../core/index';
import { holdService } from './hold-service';
import type { HoldRequest } from './hold-service';
import { refuseOtherPods } from './other-pods';
import { thenKnown } from './when-known';

/** Holds a plain Service as one of its Deployment's namespace, which it may be: where each of them is, was compared before. */
export function holdAsOne(request: HoldRequest): pulumi.Input<Service> {
  return holdService(placed(request));
}

/**
 * The same for a Service that is in this namespace for sure.
 *
 * @throws {PlanRefusedError} Also where it selects other pods than the Deployment's.
 */
export function holdTogether(request: HoldRequest): pulumi.Input<Service> {
  const here = placed(request);
  return thenKnown(refuseOtherPods(here.told, here.service), () => holdService(here)) as pulumi.Input<Service>;
}

function placed({ service, told, ...rest }: HoldRequest): HoldRequest {
  return { ...rest, told, service: { ...service, metadata: { ...service.metadata, namespace: told.workload.metadata?.namespace } } };
}
