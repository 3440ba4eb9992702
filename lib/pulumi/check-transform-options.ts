import { PlanRefusedError, shown } from '../core/index';
import type { Problem } from '../core/index';
import type { GracefulTransformOptions } from './graceful-transform';

/**
 * Judges what says for itself that it cannot be meant so, before any resource comes. The options of each Deployment are judged with it.
 *
 * @throws {PlanRefusedError} With all of it at once.
 */
export function checkTransformOptions(options: GracefulTransformOptions): void {
  const { perWorkload = {}, except = [] } = options;
  const problems: Problem[] = [];
  // The type has none, but a variable or a spread may.
  if ('traffic' in options && options.traffic !== undefined) {
    problems.push({
      id: 'wrong-option', field: 'traffic', wanted: 'absent for all, as one way leads to one Deployment', found: shown(options.traffic),
      remedy: 'Say it in perWorkload.',
    });
  }
  for (const [name, own] of Object.entries(perWorkload)) {
    if (name.includes('/')) {
      problems.push({
        id: 'wrong-option', field: 'perWorkload', wanted: 'by name alone, as an entry holds in every namespace', found: `'${name}'`,
        remedy: 'Leave out the namespace; what is left as it is in one goes to except.',
      });
    } else if (typeof own !== 'object' || own === null || Array.isArray(own)) {
      problems.push({
        id: 'wrong-option', field: `perWorkload['${name}']`, wanted: 'an object of options', found: shown(own), remedy: 'Give one, or leave it out.',
      });
    } else if (except.includes(name)) {
      problems.push({
        id: 'contradicting-options', field: 'except', wanted: `without '${name}', which perWorkload has`, found: shown(except),
        remedy: 'Say it in one of the two.',
      });
    }
  }
  if (problems.length > 0) throw new PlanRefusedError('every Deployment', problems);
}
