import { isPending } from './when-known';

/** Where an object is, as far as that is known: objects of one namespace and provider are together. */
export interface Place {
  /** Empty where it is left to the provider. @default - not known */
  readonly namespace?: string;
  readonly provider: unknown;
}

/**
 * The place of an object.
 *
 * @param metadata As it is given.
 * @param namespace `metadata.namespace` once it is known. @default - not known, or left to the provider
 */
export function placeOf(metadata: unknown, namespace: string | undefined, provider: unknown): Place {
  const leftOut = !isPending(metadata) && (metadata as { readonly namespace?: unknown } | undefined)?.namespace === undefined;
  return { namespace: namespace ?? (leftOut ? '' : undefined), provider };
}

/** An object and its namespace, as a message tells them. */
export function objectAt(object: string, { namespace }: Place): string {
  return namespace ? `${object} in namespace '${namespace}'` : object;
}

/** Are they in one namespace for sure? */
export function areTogether(one: Place, other: Place): boolean {
  return one.namespace !== undefined && one.namespace === other.namespace && one.provider === other.provider;
}
