import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError, shown } from '../core/index';
import { isPending, settled, thenKnown } from './when-known';

/** Fields of a Deployment's spec that a plan may write. */
const PLANNED = ['strategy', 'minReadySeconds', 'progressDeadlineSeconds', 'template'] as const;

/** All fields of it. @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/deployment-v1/#DeploymentSpec */
const FIELDS = ['replicas', 'selector', 'paused', 'revisionHistoryLimit', ...PLANNED] as const;

/** Fields of a Service's spec that a plan may write. */
const PLANNED_OF_SERVICE = ['externalTrafficPolicy', 'loadBalancerClass'] as const;

/**
 * A Deployment's spec whose plan is known late, field by field: what no plan writes stays as it is given. So a preview that does not know
 * the plan sees that the selector stays; a spec that is unknown as a whole is a change of it, which is a replacement.
 *
 * @throws {PlanRefusedError} Later, if a spec that is an Output has a field that no Deployment has: it would be lost.
 */
export function deploymentSpec(name: string, given: unknown, planned: pulumi.Input<object>): pulumi.Input<object> {
  if (!isPending(given)) return fieldByField(given, planned, PLANNED);
  return fieldByField({}, thenKnown(planned, (known) => checked(name, known)), FIELDS);
}

/** The same for a Service's spec; as a whole where it is given so, since another one replaces nothing. */
export function serviceSpec(given: unknown, planned: pulumi.Input<object>): pulumi.Input<object> {
  return isPending(given) ? planned : fieldByField(given, planned, PLANNED_OF_SERVICE);
}

/** The same for metadata, of which a plan writes annotations alone: the name stays, too. */
export function plannedAnnotations(given: unknown, planned: pulumi.Input<object>): pulumi.Input<object> {
  return isPending(given) ? planned : fieldByField(given, planned, ['annotations']);
}

/** What may come to nothing: whether it does is no secret, as a secret that comes to nothing would be registered as null. */
export function ifThere(value: pulumi.Input<unknown>): pulumi.Input<unknown> {
  if (!isPending(value)) return value;
  const isThere = pulumi.output(settled(thenKnown(value, (known) => known !== undefined)) as Promise<boolean>);
  return isThere.apply((there) => there ? value : undefined);
}

function fieldByField(given: unknown, planned: pulumi.Input<object>, fields: readonly string[]): pulumi.Input<object> {
  if (!isPending(planned)) return planned;
  // Which fields there are is no secret: a secret that comes to nothing would be registered as null.
  const present = pulumi.output(settled(thenKnown(planned, Object.keys)) as Promise<string[]>);
  const late = fields.map((field) => [field, present.apply((names) => names.includes(field)
    ? thenKnown(planned, (known) => (known as Readonly<Record<string, pulumi.Input<unknown>>>)[field]) : undefined)]);
  return { ...given as object, ...Object.fromEntries(late) as object };
}

function checked(name: string, spec: object): object {
  const strange = Object.keys(spec).filter((field) => !FIELDS.includes(field as typeof FIELDS[number]));
  if (strange.length === 0) return spec;
  throw new PlanRefusedError(`Deployment/${name}`, [{
    id: 'unknown-field', field: 'spec', wanted: `one of a Deployment where it is an Output: ${FIELDS.join(', ')}`, found: `one with ${strange.map(shown).join(', ')}`,
    remedy: 'Give the spec as a plain object; any value in it may be an Output.',
  }]);
}
