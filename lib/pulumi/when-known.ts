import * as pulumi from '@pulumi/pulumi';
import { asMessage, inTheseWords } from './as-message';
import { withoutValues } from './without-values';

type Pending = pulumi.Output<unknown> | Promise<unknown>;

/**
 * Computes something from data in which any value may be an Output or a Promise: at once if the computation reads none of these,
 * else as soon as those that it reads are known. So an image that is still being built keeps nobody from a plan, an error in plain
 * values is thrown by the constructor, and a secret only makes secret what was computed from it.
 *
 * @param inputs Plain objects and lists, with Outputs and Promises anywhere below.
 * @param compute Gets the data (what is not known yet reads as undefined, and then the result is thrown away), and the same data with
 * Outputs left where nothing was read; the result may hold these. It may be called several times, so it only computes.
 * @param certain Which part of an error stands although something is not known yet. @default - none
 */
export function whenKnown<T extends object, U>(inputs: object, compute: Computation<T, U>, certain?: Certain): pulumi.Input<U> {
  return asMessage(() => attempt(inputs, { values: new Map(), secret: false }, compute, certain));
}

/**
 * Computes something from what is known already, and makes no Output of it.
 *
 * @param resolved What is known of Outputs and Promises. @default - nothing
 */
export function computed<T extends object, U>(inputs: object, compute: Computation<T, U>, resolved: Values = new Map()): Computed<U> {
  const missing = new Set<Pending>();
  try {
    return { result: compute(rebuilt(inputs, resolved, missing) as T, rebuilt(inputs, resolved) as T), missing };
  } catch (failure) {
    return { failure, missing };
  }
}

/** Goes on with a value that `whenKnown` gave, without looking for Outputs in it. */
export function thenKnown<T, U>(value: pulumi.Input<T>, next: (value: T) => U): pulumi.Input<U> {
  if (!isPending(value)) return next(value as T);
  // `pulumi.output` of an Output would await all that is in it, and one secret there would make all of it secret.
  const later = (pulumi.Output.isInstance(value) ? value : pulumi.output(value)) as pulumi.Output<T>;
  const say = inTheseWords(next);
  return later.apply((known) => {
    try {
      return say(known);
    } catch (error) {
      return showable(later, error).then((shown) => asMessage(() => { throw shown; }));
    }
  }) as pulumi.Output<U>;
}

/** An error that was computed from a value, without values if that is a secret. */
export async function showable<E>(value: pulumi.Input<unknown>, error: E): Promise<E> {
  return isPending(value) && await pulumi.isSecret(pulumi.output(value)) ? withoutValues(error) : error;
}

/**
 * A copy that shares nothing with the original, so that making it reads all of it. (`structuredClone` gives arrays of another realm in
 * some test runners, which Pulumi does not take for arrays.)
 */
export function copyOf<T>(value: T): T {
  return rebuilt(value, new Map()) as T;
}

/** Is it a value that is not there yet? */
export function isPending(value: unknown): value is Pending {
  return pulumi.Output.isInstance(value) || value instanceof Promise;
}

/**
 * What a value comes to, or the unknown that a preview has for it: `apply` is never called then, so to wait for that would be for ever.
 */
export async function settled(value: unknown): Promise<unknown> {
  if (!isPending(value)) return value;
  const { isKnown, isSecret, promise } = (pulumi.Output.isInstance(value) ? value : pulumi.output(value)) as unknown as Settling;
  // All of these fail together, and each has to be looked at.
  const [result, known] = await Promise.allSettled([promise(true), isKnown, isSecret]);
  if (result.status === 'rejected') throw result.reason as Error;
  return known.status === 'fulfilled' && known.value ? result.value : pulumi.unknown;
}

/** What an Output is inside. */
interface Settling {
  readonly isKnown: Promise<boolean>;
  readonly isSecret: Promise<boolean>;
  promise(withUnknowns: boolean): Promise<unknown>;
}

/** What a computation came to. */
export interface Computed<U> {
  readonly result?: U;
  /** What it threw. */
  readonly failure?: unknown;
  /** What it read that is not known; where it read any, neither of the others counts. */
  readonly missing: ReadonlySet<Pending>;
}

type Computation<T, U> = (known: T, inputs: T) => U;
type Certain = (error: unknown) => Error | undefined;
type Values = ReadonlyMap<unknown, unknown>;

/** What was awaited so far. */
interface Resolved {
  readonly values: Values;
  /** Is any of it a secret? */
  readonly secret: boolean;
}

function attempt<T extends object, U>(
  inputs: object, { values: resolved, secret }: Resolved, compute: Computation<T, U>, certain?: Certain,
): pulumi.Input<U> {
  const { result, failure, missing } = computed(inputs, compute, resolved);
  if (missing.size === 0) {
    if (failure !== undefined) throw secret ? withoutValues(failure) : failure;
    return result as U;
  }
  const sure = failure === undefined ? undefined : certain?.(failure);
  if (sure) throw sure;
  const awaited = [...missing];
  return pulumi.all([anySecret(awaited), ...awaited]).apply(inTheseWords(([more, ...values]: unknown[]) => {
    const found = awaited.map((pending, index) => [pending, values[index]] as const);
    return attempt(inputs, { values: new Map([...resolved, ...found]), secret: secret || more as boolean }, compute);
  })) as pulumi.Output<U>;
}

async function anySecret(awaited: readonly Pending[]): Promise<boolean> {
  return (await Promise.all(awaited.map((pending) => pulumi.isSecret(pulumi.output(pending))))).includes(true);
}

/** A copy with what is resolved in its place; reading anything else that is pending is noted, if there is a place for notes. */
function rebuilt(value: unknown, resolved: Values, missing?: Set<Pending>): unknown {
  if (isPending(value)) return resolved.has(value) ? resolved.get(value) : value;
  if (!Array.isArray(value) && !isPlainObject(value)) return value;
  const copy: object = Array.isArray(value) ? [] : {};
  for (const [key, entry] of Object.entries(value)) {
    const pending = missing && isPending(entry) && !resolved.has(entry) ? entry : undefined;
    Object.defineProperty(copy, key, {
      enumerable: true, configurable: true,
      ...pending ? { get: () => void missing!.add(pending) } : { value: rebuilt(entry, resolved, missing), writable: true },
    });
  }
  return copy;
}

/** Of any realm, but of no class. */
function isPlainObject(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}
