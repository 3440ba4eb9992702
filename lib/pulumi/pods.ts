/** Which pods a component has, or leads to. */
export interface Pods {
  /** Name of their Deployment. */
  readonly deployment: string;
  /** As it was given, so perhaps an Output. */
  readonly namespace: unknown;
  /** Of the component. */
  readonly provider: unknown;
}

const NOTED = { Deployment: new WeakMap<object, Pods>(), Service: new WeakMap<object, Pods>() };

/** Notes what a component has registered, for those that come after it and know no more of the other than what both were told. */
export function notePods(kind: keyof typeof NOTED, resource: object, pods: Pods): void {
  NOTED[kind].set(resource, pods);
}

/** Was a resource noted for these very pods? A namespace that is another Output may be another one, so it does not count. */
export function isOfPods(kind: keyof typeof NOTED, resource: unknown, pods: Pods): boolean {
  const noted = typeof resource === 'object' && resource !== null ? NOTED[kind].get(resource) : undefined;
  return noted !== undefined && (['deployment', 'namespace', 'provider'] as const).every((field) => noted[field] === pods[field]);
}
