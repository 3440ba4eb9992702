import { PlanRefusedError } from 'kube-graceful';
import type { Problem } from 'kube-graceful';

/** What typed components say, and what stands for it in a form. */
export type Words = readonly (readonly [RegExp, string])[];

/** Of every form: metadata is not an object of its own. */
const FORM: Words = [[/\bmetadata\.name\b/g, 'metadataName'], [/\bmetadata\.(namespace|labels|annotations)\b/g, '$1']];

/**
 * Makes something of typed components, whose refusals then name the inputs that the author of a form has.
 *
 * @throws {PlanRefusedError} What they refuse.
 */
export function inWords<T>(make: () => T, words: Words = []): T {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof PlanRefusedError)) throw error;
    const said = (text: string) => [...words, ...FORM].reduce((spoken, [typed, form]) => spoken.replace(typed, form), text);
    throw refusal(error.workload, error.problems.map(({ field, wanted, remedy, ...rest }) =>
      ({ ...rest, field: said(field), wanted: said(wanted), remedy: said(remedy) })));
  }
}

/** A refusal that the engine prints as its message alone: of any other error it prints the stack. The mark is that of `pulumi.RunError`. */
export function refusal(workload: string, problems: readonly Problem[]): PlanRefusedError {
  return Object.defineProperty(new PlanRefusedError(workload, problems), '__pulumiRunError', { value: true });
}
