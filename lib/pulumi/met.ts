/** What was noted of an object. */
export interface Noted<T> {
  readonly value: T;
  /** How many more objects it could be as well, since a namespace is not known. */
  readonly others: number;
}

/**
 * What was noted of the objects that a transform has met, found again by name and namespace. A namespace that is an Output, or left to
 * the provider, is not known: it may be any, and of several objects it is the last one noted.
 */
export class Met<T> {
  private readonly all: { readonly name: string; readonly namespace: string | undefined; readonly value: T }[] = [];

  public note(name: string, namespace: string | undefined, value: T): void {
    this.all.push({ name, namespace, value });
  }

  public find(name: string, namespace: string | undefined): Noted<T> | undefined {
    const { found, others } = this.look(name, namespace);
    return found.length === 0 ? undefined : { value: found.at(-1)!, others };
  }

  /** All that it may be: those of its very namespace, where there are any. */
  public findAll(name: string, namespace: string | undefined): readonly T[] {
    return this.look(name, namespace).found;
  }

  private look(name: string, namespace: string | undefined): { readonly found: readonly T[]; readonly others: number } {
    const named = this.all.filter((one) => one.name === name);
    const same = named.filter((one) => one.namespace === namespace);
    const surely = namespace !== undefined && same.length > 0;
    const maybe = named.filter((one) => one.namespace === undefined || namespace === undefined);
    return { found: (same.length > 0 ? same : maybe).map(({ value }) => value), others: surely ? 0 : maybe.length - 1 };
  }
}
