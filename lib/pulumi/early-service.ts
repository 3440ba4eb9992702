import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError } from '../core/index';
import type { BalancerMode, RolloutPlan, Service } from '../core/index';
import { holdTogether } from './hold-together';
import { surelyOfOthers } from './other-pods';
import { areTogether, objectAt } from './place';
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

/** A Service that was left as it is, as it seemed to belong to another Deployment than this one. */
export interface LeftService {
  /** Name of the Deployment. */
  readonly workload: string;
  /** Name of the Service. */
  readonly service: string;
  readonly place: Place;
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

/** Tells of Services that came first and were written for a Deployment of this name beside them, but seem to belong to others. */
export function tellOfEarlyOthers(told: Told, elsewhere: readonly EarlyService[], place: Place): void {
  for (const { service, place: there } of elsewhere.filter((one) => surelyOfOthers(told, one.service))) {
    const name = service.metadata?.name ?? '';
    void pulumi.log.warn(`${objectAt(`Service/${name}`, there)} is written for a Deployment/${told.name} beside it, as traffic says, `
      + `but selects other pods than those of ${objectAt(`Deployment/${told.name}`, place)}. ${exceptIt(told.name, there)}`);
  }
}

/**
 * Refuses a Deployment whose Service was left as it is: its pods would wait for what nobody has written.
 *
 * @throws {PlanRefusedError} If there is one.
 */
export function refuseLeft(name: string, left: readonly LeftService[]): void {
  if (left.length === 0) return;
  throw new PlanRefusedError(`Deployment/${name}`, left.map(({ service }) => ({
    id: 'service-came-first', field: `traffic of Service/${service}`, found: 'after it',
    wanted: 'met before its Service, which was left as it is, since it selects other pods than a Deployment of this name elsewhere',
    remedy: 'Register the Deployment first, or give the two a transform of their own, in the option `transforms` of what is around them alone.',
  })));
}

/** The way out for a Service that leads to the pods of somebody else. */
export function exceptIt(workload: string, { namespace }: Place): string {
  const [first, where] = namespace ? ['', namespace] : ['give each metadata.namespace as a plain string, and ', '<namespace>'];
  return `Where it leads to other pods, ${first}add '${where}/${workload}' to except.`;
}

function refuseLonger(name: string, { service, graceSeconds: early }: EarlyService, graceSeconds: number): void {
  if (graceSeconds <= early) return;
  throw new PlanRefusedError(`Deployment/${name}`, [{
    id: 'service-came-first', field: 'terminationGracePeriodSeconds', found: `not said, and the pods need ${graceSeconds} s`,
    wanted: `said, as Service/${service.metadata?.name} is registered first and was written for ${early} s`,
    remedy: `Add terminationGracePeriodSeconds: ${graceSeconds} to perWorkload['${name}'].`,
  }]);
}
