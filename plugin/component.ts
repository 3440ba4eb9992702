import type * as pulumi from '@pulumi/pulumi';
import { inWords } from './in-words';

type Component<Args> = new (name: string, args: Args, opts?: pulumi.ComponentResourceOptions) => pulumi.ComponentResource;

/**
 * A typed component without its types, which refuses in the words of its form: what a schema-safe form extends. The schema takes in only
 * what a class itself declares, and only if its base is a plain ComponentResource; so the form has the same type, children and names, and
 * says again which outputs can cross.
 */
export function formOf(typed: Component<never>): Component<object> {
  return new Proxy(typed, {
    construct: (target, args, form) => inWords(() => Reflect.construct(target, args, form) as object),
  }) as Component<object>;
}
