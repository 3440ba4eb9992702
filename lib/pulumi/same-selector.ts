import type * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError, shown } from '../core/index';
import { whenKnown } from './when-known';

/**
 * A selector stays as it was created (`ignoreChanges`): a Deployment's can only be changed by deleting it, and a Service that selects
 * new pods while there are none is an outage. This makes a program that asks for another one fail, in a preview too.
 *
 * @param object `Service/public`.
 * @param live What the engine says of the object.
 * @param wanted What the program says.
 * @returns What is live, for whatever must not go on without it.
 */
export function sameSelector<T>(object: string, live: pulumi.Output<T>, wanted: pulumi.Input<object>): pulumi.Output<T> {
  return live.apply((there) => whenKnown<{ here: object }, T>({ here: wanted }, ({ here }) => {
    if (canonical(there) === canonical(here)) return there;
    throw new PlanRefusedError(object, [{
      id: 'other-selector', field: 'spec.selector', wanted: `${shown(there)}, as it is live: changing it would leave clients without pods`, found: shown(here),
      remedy: 'Create a second deployment with a Service of its own, lead the clients to it, then remove the first.',
    }]);
  })) as pulumi.Output<T>;
}

/** JSON in which the order of keys does not count. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, entry: unknown) => typeof entry === 'object' && entry !== null && !Array.isArray(entry)
    ? Object.fromEntries(Object.entries(entry).sort(([a], [b]) => a < b ? -1 : 1)) : entry);
}
