import { PlanRefusedError } from '../core/index';

/**
 * Marks a refusal that leaves a computation, so that the engine prints its message alone: of any other error it prints the stack and all
 * fields, so every problem twice. The mark is that of `pulumi.RunError`, which cannot be a base beside `PlanRefusedError`.
 */
export function asMessage<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    if (error instanceof PlanRefusedError) {
      Object.defineProperty(error, '__pulumiRunError', { value: true });
      Object.defineProperty(error, 'stack', { value: undefined }); // one way of reporting does not look at the mark
    }
    throw error;
  }
}
