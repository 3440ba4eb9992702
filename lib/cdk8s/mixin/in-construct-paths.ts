import type { Manifest, Problem } from '../../core/index';

/**
 * A problem in which each object is called by its construct path, as its author knows it: the core can only say `Service/name`.
 *
 * @param objects Objects that the problem may speak of.
 * @param pathOf Construct path of one of them.
 */
export function inConstructPaths(problem: Problem, objects: readonly Manifest[], pathOf: (manifest: Manifest) => string): Problem {
  const paths = new Map(objects.map((manifest) => [`${manifest.kind}/${manifest.metadata?.name}`, `${manifest.kind} ${pathOf(manifest)}`]));
  const replaced = (text: string) => text.replace(/\b[A-Z]\w+\/[\w.-]*\w/g, (name) => paths.get(name) ?? name);
  const { field, wanted, found, remedy } = problem;
  return { ...problem, field: replaced(field), wanted: replaced(wanted), found: replaced(found), remedy: replaced(remedy) };
}
