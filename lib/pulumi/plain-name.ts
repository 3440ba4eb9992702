import type * as k8s from '@pulumi/kubernetes';
import { PlanRefusedError, shown } from '../core/index';
import { isPending } from './when-known';

/** An object's metadata, with a name that is known when the program runs. */
export interface NamedMetadata extends Omit<k8s.types.input.meta.v1.ObjectMeta, 'name'> {
  /** A plain string: Services, readiness gates and traffic refer to it before anything exists. @default - the resource's name */
  readonly name?: string;
}

/** A DNS label as RFC 1123 has it: what a Service may be called, and a Deployment whose name becomes a label of its pods. */
const LABEL = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

/**
 * The plain name of an object: never the provider's auto-naming. A readiness gate names its Service; were that name known only once the
 * Service exists, the deployment would wait for the Service, which waits for the deployment's pods.
 *
 * @throws {PlanRefusedError} If it is an Output, or no name for such an object.
 */
export function plainName(kind: string, resourceName: string, metadata: NamedMetadata | undefined): string {
  const name: unknown = metadata?.name ?? resourceName;
  if (isPending(metadata) || isPending(name)) {
    throw refused(kind, resourceName, 'a plain string, as Services and readiness gates refer to it before anything exists', 'an Output');
  }
  if (typeof name !== 'string' || !LABEL.test(name)) {
    throw refused(kind, resourceName, 'lower case letters, digits and `-`, at most 63 of them', shown(name));
  }
  return name;
}

function refused(kind: string, resourceName: string, wanted: string, found: string): PlanRefusedError {
  const remedy = 'Give metadata.name as a plain string; without it the name of the resource is taken.';
  return new PlanRefusedError(`${kind}/${resourceName}`, [{ id: 'no-plain-name', field: 'metadata.name', wanted, found, remedy }]);
}
