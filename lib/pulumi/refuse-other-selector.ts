import * as pulumi from '@pulumi/pulumi';
import { isSame, PlanRefusedError, shown } from '../core/index';
import { showable } from './when-known';

/** A resource with a selector, as the program has it and as the engine says that it is. */
export interface Selecting {
  readonly resource: pulumi.Resource;
  /** `Service/public`. */
  readonly object: string;
  readonly live: pulumi.Output<object>;
  readonly wanted: pulumi.Input<object>;
}

/**
 * A selector stays as it was created (`ignoreChanges`): a Deployment's can only be changed by deleting it, and a Service that selects
 * new pods while there are none is an outage. This makes a program that asks for another one fail, in a preview too: nothing needs to
 * wait for it, as Pulumi ends a program with any failure that nobody handles.
 */
export function refuseOtherSelector({ resource, object, live, wanted }: Selecting): void {
  pulumi.all([live, wanted]).apply(async ([there, here]) => {
    const refusal = otherSelector(object, there, here);
    // Whether what is live is secret does not count: it is so already where another field of the spec is.
    if (refusal) throw new pulumi.ResourceError((await showable(wanted, refusal)).message, resource, true);
  });
}

/** Often a Service has fewer labels than its Deployment's selector. */
const STAYS = 'Where the pods have these labels, too, say them in spec.selector.';

/** The label of the pods follows the name. */
const RENAMED = 'Where it is renamed by an alias, say the old name in metadata.name.';

/** What speaks against a change of selector; undefined where it is the same, in whatever order. */
export function otherSelector(object: string, live: object, wanted: object): PlanRefusedError | undefined {
  if (isSame(live, wanted)) return undefined;
  return new PlanRefusedError(object, [{
    id: 'other-selector', field: 'spec.selector', wanted: `${shown(live)}, as it is live: changing it could leave clients without pods`, found: shown(wanted),
    remedy: `${object.startsWith('Service/') ? STAYS : RENAMED} Else create a second deployment with a Service of its own, lead the clients to it, `
      + 'then remove the first. If a transform changed the selector, say it in spec instead.',
  }]);
}
