import * as pulumi from '@pulumi/pulumi';
import { isPending } from './when-known';

/** A plain `metadata.name`; undefined where it is an Output, or left to the provider. */
export function objectName(metadata: unknown): string | undefined {
  const name = nameIn(metadata);
  return typeof name === 'string' ? name : undefined;
}

/** The same once it is known; undefined where a preview does not know it. */
export async function objectNameLater(metadata: unknown): Promise<string | undefined> {
  return objectName({ name: await settled(nameIn(await settled(metadata))) });
}

function nameIn(metadata: unknown): unknown {
  return isPending(metadata) ? undefined : (metadata as { readonly name?: unknown } | undefined)?.name;
}

/** `apply` is never called in a preview that does not know a value, so to wait for it would be for ever. */
function settled(value: unknown): Promise<unknown> {
  if (!isPending(value)) return Promise.resolve(value);
  return (pulumi.output(value) as unknown as { promise(withUnknowns: boolean): Promise<unknown> }).promise(true);
}
