import { PlanRefusedError } from '../core/index';

/** Kinds of problems that one value has whatever else there is; what it must be is the same for everybody. */
export const WRONG_BY_THEMSELVES: ReadonlySet<string> = new Set(['wrong-number', 'wrong-option', 'unknown-option', 'unknown-provider', 'unknown-platform']);

/** Figures, and what stands in quotes or braces; not an apostrophe, and no figure inside of a name. */
const VALUES = /\{.*\}|"(?:[^"\\]|\\.)*"|(?<!\w)'[^']*'(?!\w)|(?<![\w-])\d+(?:\.\d+)*/g;

/**
 * A refusal that may be shown although a secret went into it: the engine prints an error as it is, and what was found, or a sum of which
 * something must be at least as long, may be the secret or computed from it. Names stay: without them nobody knows where to look, and they
 * are read by everybody in the cluster. Any other error stays.
 */
export function withoutValues<E>(error: E): E {
  if (!(error instanceof PlanRefusedError)) return error;
  return new PlanRefusedError(error.workload, error.problems.map(({ wanted, remedy, ...problem }) => {
    const hide = (text: string) => WRONG_BY_THEMSELVES.has(problem.id) ? text : text.replace(VALUES, '[secret]');
    return { ...problem, wanted: hide(wanted), found: '[secret]', remedy: hide(remedy) };
  })) as E;
}
