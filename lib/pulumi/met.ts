/** What was noted of an object. */
export interface Noted<T> {
  readonly value: T;
  /** How many more objects it could be as well, since a namespace is not known. */
  readonly others: number;
}

/** Where an object was met, by which it is found again. */
export interface Where {
  /** Undefined where it is an Output, or left to the provider: it may be any. */
  readonly namespace: string | undefined;
  /** Of another provider, so maybe in another cluster, is another object of the same name. */
  readonly provider: unknown;
}

/**
 * What was noted of the objects that a transform has met, found again by name, namespace and provider. A namespace that is not known may
 * be any, and of several objects it is the last one noted.
 */
export class Met<T> {
  private readonly all: { readonly name: string; readonly where: Where; readonly value: T }[] = [];

  public note(name: string, where: Where, value: T): void {
    this.all.push({ name, where, value });
  }

  public find(name: string, where: Where): Noted<T> | undefined {
    const { found, others } = this.look(name, where);
    return found.length === 0 ? undefined : { value: found.at(-1)!, others };
  }

  /** All that it may be: those of its very namespace, where there are any. */
  public findAll(name: string, where: Where): readonly T[] {
    return this.look(name, where).found;
  }

  /** All of a name, wherever they are. */
  public findAnywhere(name: string): readonly T[] {
    return this.all.filter((one) => one.name === name).map(({ value }) => value);
  }

  private look(name: string, { namespace, provider }: Where): { readonly found: readonly T[]; readonly others: number } {
    const named = this.all.filter((one) => one.name === name && one.where.provider === provider);
    const same = named.filter(({ where }) => where.namespace === namespace);
    const surely = namespace !== undefined && same.length > 0;
    const maybe = named.filter(({ where }) => where.namespace === undefined || namespace === undefined);
    return { found: (same.length > 0 ? same : maybe).map(({ value }) => value), others: surely ? 0 : maybe.length - 1 };
  }
}
