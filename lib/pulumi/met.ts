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
    const named = this.all.filter((one) => one.name === name);
    const same = named.filter((one) => one.namespace === namespace);
    const surely = namespace !== undefined && same.length > 0;
    const maybe = named.filter((one) => one.namespace === undefined || namespace === undefined);
    const found = (same.length > 0 ? same : maybe).at(-1);
    return found && { value: found.value, others: surely ? 0 : maybe.length - 1 };
  }
}
