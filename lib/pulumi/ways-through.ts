import { isSame, PlanRefusedError, shown } from '../core/index';
import type { GracefulOptions, TrafficOptions } from '../core/index';

/** A Deployment that was told of a Service, and what it was told. */
export interface Way {
  /** Name of the Deployment. */
  readonly workload: string;
  readonly entry: TrafficOptions;
}

/** Every Deployment that a Service may lead to through a load balancer, by what was told of it. */
export function waysThrough(service: string, perWorkload: Readonly<Record<string, GracefulOptions>> = {}): readonly Way[] {
  return Object.entries(perWorkload).flatMap(([workload, { traffic = [] }]) => {
    const entry = traffic.find((one) => one.service === service);
    return entry && isBalanced(entry) ? [{ workload, entry }] : [];
  });
}

/** Does it lead through a load balancer whose Service is written? */
export function isBalanced({ mode }: TrafficOptions): boolean {
  return mode !== 'in-cluster' && mode !== 'ingress';
}

/**
 * A Service is written for each Deployment that it may lead to, so all of them must have been told the same of it.
 *
 * @throws {PlanRefusedError} If they were not.
 */
export function refuseOtherEntries(service: string, [first, ...others]: readonly Way[]): void {
  const other = others.find(({ entry }) => !isSame(entry, first.entry));
  if (!other) return;
  const names = [first, other].map(({ workload }) => `'${workload}'`);
  throw new PlanRefusedError(`Service/${service}`, [{
    id: 'contradicting-options', field: `traffic of Service/${service}`, found: `${shown(first.entry)} and ${shown(other.entry)}`,
    wanted: `the same in perWorkload for ${names.join(' and ')}, as it may lead to either`,
    remedy: 'Say the same of it in both. Where each has a Service of its own, give each pair a transform of its own, in the option `transforms` of what '
      + 'is around the pair alone, or register each Deployment before its Service, both with metadata.namespace as a plain string.',
  }]);
}
