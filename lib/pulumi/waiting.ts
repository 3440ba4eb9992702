import * as pulumi from '@pulumi/pulumi';
import { isPending, settled, whenKnown } from './when-known';

/** What makes a resource wait for others, and its provider. */
export interface Waiting {
  /** A resource, or of a transform its URN; so are the others. */
  readonly parent?: unknown;
  readonly dependsOn?: unknown;
  /** Its own or that of its parent: of another provider, so maybe in another cluster, is another object of the same name. */
  readonly provider?: unknown;
}

/** A plain resource, as a later one refers to it. */
export interface PlainResource {
  readonly type: string;
  /** Of the resource, as it ends the URN. */
  readonly name: string;
  /** Only a transformation gets it. */
  readonly resource?: pulumi.Resource;
  readonly provider: unknown;
}

/** The waiting of a component, or of a resource that a transformation has met. */
export function waitingOf(opts: pulumi.ComponentResourceOptions): Waiting {
  const { parent, dependsOn } = opts;
  return { parent, dependsOn, provider: ownProvider(opts) ?? parent?.getProvider('kubernetes:apps/v1:Deployment') };
}

/** The provider of Kubernetes among a resource's own: a component may have one for each package. */
export function ownProvider({ provider, providers }: pulumi.ComponentResourceOptions): pulumi.ProviderResource | undefined {
  const own = [...provider ? [provider] : [], ...Object.values(providers ?? {})] as (pulumi.ProviderResource & { getPackage(): string })[];
  return own.find((one) => one.getPackage() === 'kubernetes');
}

/** The same for a transform: the engine tells it of all that a resource depends on, also by its inputs, but no more than the URNs. */
export async function waitingLater({ parent, dependsOn = [], provider }: pulumi.CustomResourceOptions): Promise<Waiting> {
  const urnOf = (one: pulumi.Resource | undefined) => settled(one?.urn);
  const all = [dependsOn].flat() as readonly pulumi.Resource[];
  return { parent: await urnOf(parent), dependsOn: await Promise.all(all.map(urnOf)), provider: await urnOf(provider) };
}

/**
 * Looks whether a resource waits for another by its options; where they are an Output, as soon as that is known.
 *
 * @throws What `refusal` makes of the option.
 */
export function refuseToWait({ parent, dependsOn }: Waiting, isOther: (one: unknown) => boolean, refusal: (option: 'parent' | 'dependsOn') => Error): void {
  if (isOther(parent)) throw refusal('parent');
  const waits = (one: unknown): boolean => isOther(one) || childrenOf(one).some(waits);
  void whenKnown<{ dependsOn: unknown }, void>({ dependsOn }, (known) => {
    if ([known.dependsOn].flat().some(waits)) throw refusal('dependsOn');
  });
}

/** Is what a resource waits for this one, of the same provider? A transform knows the URN alone. */
export function isResource({ type, name, resource, provider }: PlainResource, one: unknown, waiting: Waiting): boolean {
  if (provider !== waiting.provider) return false;
  if (typeof one !== 'string') return one !== undefined && one === resource;
  const [, , types, ...names] = one.split('::');
  return types?.split('$').at(-1) === type && names.join('::') === name;
}

/** Is a value computed from a resource, as far as that can be seen? */
export function comesFrom(value: unknown, isOther: (one: unknown) => boolean): boolean {
  if (pulumi.Output.isInstance(value)) return [...(value as unknown as { resources(): ReadonlySet<unknown> }).resources()].some(isOther);
  if (typeof value !== 'object' || value === null || pulumi.Resource.isInstance(value)) return false;
  return Object.values(value).some((entry) => comesFrom(entry, isOther));
}

/** Does the provider wait for an object, as far as its metadata is plain? @see https://www.pulumi.com/registry/packages/kubernetes/installation-configuration/ */
export function isAwaited(metadata: unknown): boolean {
  const { annotations } = (isPending(metadata) ? {} : metadata ?? {}) as { readonly annotations?: Readonly<Record<string, unknown>> };
  return isPending(annotations) || annotations?.['pulumi.com/skipAwait'] !== 'true';
}

/** To depend on a component is to depend on all that is in it; the children of any other resource come after it. */
function childrenOf(one: unknown): readonly unknown[] {
  if (!pulumi.ComponentResource.isInstance(one)) return [];
  return [...(one as { readonly __childResources?: ReadonlySet<unknown> }).__childResources ?? []];
}
