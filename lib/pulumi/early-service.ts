import type * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from '../core/index';
import type { BalancerMode, RolloutPlan, Service } from '../core/index';
import { holdTogether } from './hold-together';
import { areTogether } from './place';
import type { Place } from './place';
import type { Told } from './plan-deployment';
import { thenKnown } from './when-known';

/** A Service that came before its Deployment, with the grace period that it was written for. */
export interface EarlyService {
  readonly service: Service;
  readonly place: Place;
  readonly mode: BalancerMode;
  readonly graceSeconds: number;
}

/**
 * Holds a Deployment to the Services that came before it, and these to what it really is, as if they came only now.
 *
 * @returns What is computed from the Deployment waits for it; it comes to nothing.
 * @throws {PlanRefusedError} Where it needs a longer grace period than one of them was written for, or one of them selects other pods or
 * leads to a port that these do not have.
 */
export function holdToEarly(told: Told, early: readonly EarlyService[], place: Place, plan: RolloutPlan): pulumi.Input<unknown> {
  return early.reduce<pulumi.Input<unknown>>((before, one) => thenKnown(before, () => {
    refuseLonger(told.name, one, plan.shutdown.terminationGracePeriodSeconds.value);
    return areTogether(one.place, place) ? holdTogether({ told, plan, service: one.service, mode: one.mode }) : undefined;
  }), undefined);
}

function refuseLonger(name: string, { service, graceSeconds: early }: EarlyService, graceSeconds: number): void {
  if (graceSeconds <= early) return;
  throw new PlanRefusedError(`Deployment/${name}`, [{
    id: 'service-came-first', field: 'terminationGracePeriodSeconds', found: `not said, and the pods need ${graceSeconds} s`,
    wanted: `said, as Service/${service.metadata?.name} is registered first and was written for ${early} s`,
    remedy: `Add terminationGracePeriodSeconds: ${graceSeconds} to perWorkload['${name}'].`,
  }]);
}
