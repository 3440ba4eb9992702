import type * as pulumi from '@pulumi/pulumi';

/**
 * A typed component without its types: what a schema-safe form extends. The schema takes in only what a class itself declares, and only
 * if its base is a plain ComponentResource; so the form has the same type, children and names, and says again which outputs can cross.
 */
export type Component = new (name: string, args: object, opts?: pulumi.ComponentResourceOptions) => pulumi.ComponentResource;
