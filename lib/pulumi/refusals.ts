import { PlanRefusedError } from '../core/index';
import type { Problem } from '../core/index';

/** What speaks against one object, from several steps that each may refuse: its author is told all of it at once. */
export class Refusals {
  /** So far. */
  public readonly problems: Problem[] = [];

  /**
   * Takes a step, and keeps its problems for later.
   *
   * @returns What the step gives; undefined if it refused, and then `throwAny` throws.
   * @throws Whatever else the step throws.
   */
  public from<T>(step: () => T): T {
    try {
      return step();
    } catch (error) {
      if (!(error instanceof PlanRefusedError)) throw error;
      this.problems.push(...error.problems);
      return undefined as T;
    }
  }

  /**
   * Ends the steps.
   *
   * @param object `Service/public`.
   * @throws {PlanRefusedError} If any step refused, with the problems of all in their order.
   */
  public throwAny(object: string): void {
    if (this.problems.length > 0) throw new PlanRefusedError(object, this.problems);
  }
}
