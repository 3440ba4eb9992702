import type * as k8s from '@pulumi/kubernetes';
import { PlanRefusedError, shown } from '../core/index';
import { isPending } from './when-known';

/** An object's metadata, with a name that is known when the program runs. */
export interface NamedMetadata extends Omit<k8s.types.input.meta.v1.ObjectMeta, 'name'> {
  /** A plain string: Services, readiness gates and traffic refer to it before anything exists. @default - the resource's name */
  readonly name?: string;
}

/** What the API server takes for a name. @see https://kubernetes.io/docs/concepts/overview/working-with-objects/names/ */
const RULES = {
  // A DNS subdomain (RFC 1123).
  Deployment: {
    name: /^(?=.{1,253}$)[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*$/,
    wanted: 'lower case letters, digits, `-` and `.`, at most 253 of them, each part with a letter or digit at both ends',
  },
  // A DNS label (RFC 1035).
  Service: {
    name: /^[a-z]([-a-z0-9]{0,61}[a-z0-9])?$/,
    wanted: 'lower case letters, digits and `-`, at most 63 of them, a letter first and a letter or digit last',
  },
} as const;

/**
 * The plain name of an object: never the provider's auto-naming. A readiness gate names its Service; were that name known only once the
 * Service exists, the deployment would wait for the Service, which waits for the deployment's pods.
 *
 * @throws {PlanRefusedError} If it is an Output, or no name for such an object.
 */
export function plainName(kind: keyof typeof RULES, resourceName: string, metadata: NamedMetadata | undefined): string {
  const name: unknown = metadata?.name ?? resourceName;
  if (isPending(metadata) || isPending(name)) {
    throw refused(kind, resourceName, 'a plain string, as Services and readiness gates refer to it before anything exists', 'an Output');
  }
  if (typeof name !== 'string' || !RULES[kind].name.test(name)) throw refused(kind, resourceName, RULES[kind].wanted, shown(name));
  return name;
}

function refused(kind: string, resourceName: string, wanted: string, found: string): PlanRefusedError {
  const remedy = 'Give metadata.name as a plain string; without it the name of the resource is taken.';
  return new PlanRefusedError(`${kind}/${resourceName}`, [{ id: 'no-plain-name', field: 'metadata.name', wanted, found, remedy }]);
}
