import { PlanRefusedError } from '../core/index';

type Words = (refusal: PlanRefusedError) => PlanRefusedError;

/** In which words a refusal is told; set while something is made, and again when it goes on later. */
let current: Words = (refusal) => refusal;

/**
 * Marks a refusal that leaves a computation, so that the engine prints its message alone: of any other error it prints the stack and all
 * fields, so every problem twice. The mark is that of `pulumi.RunError`, which cannot be a base beside `PlanRefusedError`.
 */
export function asMessage<T>(compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    throw error instanceof PlanRefusedError && !('__pulumiRunError' in error) ? marked(current(error)) : error;
  }
}

/** Makes something whose refusals are told in other words, also those that come when an Output is known. */
export function inOtherWords<T>(words: Words, make: () => T): T {
  const before = current;
  current = words;
  try {
    return make();
  } finally {
    current = before;
  }
}

/** A function for later, which refuses as messages in the words of now. */
export function inTheseWords<A extends unknown[], T>(next: (...args: A) => T): (...args: A) => T {
  const words = current;
  return (...args) => inOtherWords(words, () => asMessage(() => next(...args)));
}

function marked(refusal: PlanRefusedError): PlanRefusedError {
  Object.defineProperty(refusal, '__pulumiRunError', { value: true });
  Object.defineProperty(refusal, 'stack', { value: undefined }); // one way of reporting does not look at the mark
  return refusal;
}
