import { isPending, settled } from './when-known';

/** What an object is called, as far as that is known when a transform meets it. */
export interface ObjectName {
  /** `metadata.name`; undefined where it is an Output, or left to the provider. */
  readonly object: string | undefined;
  /** `metadata.namespace`; undefined where it is an Output, or left to the provider. */
  readonly namespace: string | undefined;
  /** Is the name there, but not known yet? */
  readonly late: boolean;
}

/** The names in an object's metadata that are plain. */
export function objectName(metadata: unknown): ObjectName {
  const { name, namespace } = isPending(metadata) ? {} as NamesOfObject : (metadata ?? {}) as NamesOfObject;
  return { object: plain(name), namespace: plain(namespace), late: isPending(metadata) || isPending(name) };
}

/** The same once they are known; undefined where a preview does not know them. */
export async function objectNameLater(metadata: unknown): Promise<ObjectName> {
  const { name, namespace } = (await settled(metadata) ?? {}) as NamesOfObject;
  return objectName({ name: await settled(name), namespace: await settled(namespace) });
}

interface NamesOfObject {
  readonly name?: unknown;
  readonly namespace?: unknown;
}

function plain(name: unknown): string | undefined {
  return typeof name === 'string' ? name : undefined;
}
