import * as pulumi from '@pulumi/pulumi';
import type { Service } from '../core/index';
import { exceptIt } from './early-service';
import { surelyOfOthers } from './other-pods';
import { areTogether, objectAt } from './place';
import type { Place } from './place';
import type { Told } from './plan-deployment';

/** A Deployment of the name that traffic says, in another place than the Service. */
export interface Elsewhere {
  readonly told: Told;
  readonly place?: Place;
}

/** Tells that a Service is left as it is, since it selects other pods than those of a Deployment elsewhere. */
export function tellOfLeft(service: Service, workload: string, place: Place, elsewhere: Elsewhere): void {
  const [name, other] = [objectAt(`Service/${service.metadata?.name}`, place), objectAt(`Deployment/${workload}`, elsewhere.place!)];
  void pulumi.log.warn(`${name} is left as it is, although traffic names it: it selects other pods than those of ${other}, `
    + `and none of this name was met beside it. ${exceptIt(workload, place)}`);
}

/**
 * Tells of a Deployment in the very namespace of a Service that has another provider: two providers may be two clusters, or one, and then
 * the Service does not get what its own Deployment needs.
 */
export function tellOfOtherProvider(service: Service, workload: string, place: Place, elsewhere: readonly Elsewhere[]): void {
  const isSuch = ({ told, place: there }: Elsewhere) =>
    there && areTogether({ ...there, provider: place.provider }, place) && !surelyOfOthers(told, service);
  if (!elsewhere.some(isSuch)) return;
  void pulumi.log.warn(`Service/${service.metadata?.name} is written for a Deployment/${workload} that is still to come: `
    + `${objectAt(`Deployment/${workload}`, place)} has another provider, and so is taken for one of another cluster. Give both the same provider.`);
}
