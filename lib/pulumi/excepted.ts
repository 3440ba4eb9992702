import * as pulumi from '@pulumi/pulumi';

/** Is a Deployment to be left as it is, by its name, or by `namespace/name`? */
export function isExcepted(except: readonly string[] = [], name: string, namespace: string | undefined): boolean {
  return except.includes(name) || (namespace !== undefined && except.includes(`${namespace}/${name}`));
}

/**
 * A Deployment that is hardened, or a Service that is written for it, although it may be one of a namespace that is to be left; that
 * must not be silent.
 *
 * @param done What is done, in the words of the warning.
 */
export function tellOfUnknownNamespace(
  except: readonly string[] = [], name: string, namespace: string | undefined, done = `Deployment/${name} is hardened`,
): void {
  const named = except.find((one) => one.endsWith(`/${name}`));
  if (namespace !== undefined || named === undefined) return;
  void pulumi.log.warn(`${done} although except has '${named}': its namespace is not known here. `
    + 'Give metadata.namespace as a plain string.');
}
