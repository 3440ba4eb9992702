import * as pulumi from '@pulumi/pulumi';
import { PlanRefusedError, shown } from 'kube-graceful';
import type { Problem } from 'kube-graceful';
import * as typed from 'kube-graceful/pulumi';

/** Of the typed components, but for no program: the package has no type of it. */
const { inOtherWords } = typed as unknown as {
  inOtherWords<T>(words: (refusal: PlanRefusedError) => PlanRefusedError, make: () => T): T;
};

/** What typed components say, and what stands for it in a form. */
export type Words = readonly (readonly [RegExp, string])[];

/** Of every form: metadata is not an object of its own. */
const FORM: Words = [[/\bmetadata\.name\b/g, 'metadataName'], [/\bmetadata\.(namespace|labels|annotations)\b/g, '$1']];

/**
 * Makes something of typed components, whose refusals, also late ones, then name the inputs that the author of a form has.
 *
 * @throws {PlanRefusedError} What they refuse.
 */
export function inWords<T>(make: () => T, words: Words = []): T {
  const said = (text: string) => [...words, ...FORM].reduce((spoken, [pattern, form]) => spoken.replace(pattern, form), text);
  return inOtherWords(({ workload, problems }) => new PlanRefusedError(workload, problems.map(({ field, wanted, remedy, ...rest }) =>
    ({ ...rest, field: said(field), wanted: said(wanted), remedy: said(remedy) }))), make);
}

/** What was found of a value that has to be plain: the schema does not keep other values from a form. */
export function foundOf(value: unknown): string {
  if (pulumi.Output.isInstance(value)) return 'an Output';
  return value === undefined ? 'not set' : shown(value);
}

/** A refusal that the engine prints as its message alone: of any other error it prints the stack. The mark is that of `pulumi.RunError`. */
export function refusal(workload: string, problems: readonly Problem[]): PlanRefusedError {
  return Object.defineProperty(new PlanRefusedError(workload, problems), '__pulumiRunError', { value: true });
}
