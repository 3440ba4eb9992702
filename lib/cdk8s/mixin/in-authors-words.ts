import type { Manifest, Problem } from '../../core/index';
import { inPropNames } from './core-options';

/**
 * A problem in the words of whoever wrote the app: the core can only say `longestRequestSeconds` and `Service/name`, where the author
 * knows `longestRequest` and a construct path.
 *
 * @param objects Objects that the problem may speak of.
 * @param pathOf Construct path of one of them.
 */
export function inAuthorsWords(problem: Problem, objects: readonly Manifest[], pathOf: (manifest: Manifest) => string): Problem {
  const paths = new Map(objects.map((manifest) => [`${manifest.kind}/${manifest.metadata?.name}`, `${manifest.kind} ${pathOf(manifest)}`]));
  const words = (text: string) => inPropNames(text.replace(/\b[A-Z]\w+\/[\w.-]*\w/g, (name) => paths.get(name) ?? name));
  const { id, field, wanted, found, remedy } = inDurations(problem);
  return { id, field: words(field), wanted: words(wanted), found: words(found), remedy: words(remedy) };
}

const SECONDS = /^a whole number of seconds /;

/** An option of so many seconds is a `Duration` here. */
function inDurations(problem: Problem): Problem {
  if (problem.id !== 'wrong-number' || !SECONDS.test(problem.wanted)) return problem;
  const wanted = problem.wanted.replace(SECONDS, 'a Duration of whole seconds ');
  return { ...problem, wanted, remedy: 'Give a Duration in this range, such as Duration.seconds(60), or leave it out.' };
}
