import { problemText } from '../../core/index';
import type { Problem } from '../../core/index';

/** A problem as one line of a validation; cdk8s puts the path of the construct before it. */
export function line(problem: Problem): string {
  return `${problem.id}: ${problemText(problem)}`;
}
