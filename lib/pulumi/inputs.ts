import type { Input } from '@pulumi/pulumi';

/**
 * The same data with an `Input` wherever a value may come from another resource.
 *
 * @example
 * const options: Inputs<GracefulOptions> = { longestRequestSeconds: config.requireNumber('longestRequestSeconds') };
 */
export type Inputs<T> = T extends string | number | boolean | undefined ? T
  : T extends readonly (infer Item)[] ? readonly Input<Inputs<Item>>[]
    : { [Key in keyof T]: Input<Inputs<T[Key]>> };
