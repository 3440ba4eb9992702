import * as pulumi from '@pulumi/pulumi';
import { MockMonitor } from '@pulumi/pulumi/runtime/mocks';

/** A resource as the engine was asked for it. */
export interface Registration {
  readonly type: string;
  readonly name: string;
  /** `type::name` of its parent; empty at the root of the stack. */
  readonly parent: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Only what is set. */
  readonly options: Readonly<Record<string, unknown>>;
}

interface Request {
  getType(): string;
  getName(): string;
  getParent(): string;
  getObject(): { toJavaScript(): Readonly<Record<string, unknown>> };
  getIgnorechangesList(): readonly string[];
  getProtect(): boolean;
  getProvider(): string;
  getDependenciesList(): readonly string[];
  getAliasesList(): readonly { getSpec(): { toObject(): Readonly<Record<string, unknown>> } | undefined; getUrn(): string }[];
  getCustomtimeouts(): { toObject(): Readonly<Record<string, string>> } | undefined;
}

const requests: Request[] = [];

/** Gives each resource what a cluster might: a Service of type LoadBalancer gets an address. */
const mocks: pulumi.runtime.Mocks = {
  newResource: ({ name, type, inputs: given }) => {
    const status = type === 'kubernetes:core/v1:Service' ? { status: { loadBalancer: { ingress: [{ ip: '198.18.1.1' }] } } } : {};
    return { id: name, state: { ...given, ...status } };
  },
  call: ({ inputs: given }) => given,
};

const { registerResource } = MockMonitor.prototype;
MockMonitor.prototype.registerResource = async function (this: MockMonitor, request: Request, callback: unknown) {
  requests.push(request);
  return registerResource.call(this, request, callback as never);
} as typeof registerResource;

/** What a program came to. */
export interface Ran<T> {
  readonly result: T;
  readonly registrations: readonly Registration[];
}

/** What the engine is told of a value that a preview does not know. */
export const UNKNOWN = '04da6b54-80e4-46f7-96ec-b56ff0331ba9';

/**
 * Runs a program against mocks, waits until everything is registered, and returns what it returns and all registrations in their order.
 *
 * @param preview Is it a preview, in which values may be unknown?
 * @throws What the program throws.
 */
export async function run<T>(program: () => T, preview = false): Promise<Ran<T>> {
  await pulumi.runtime.setMocks(mocks, 'shop', 'test', preview);
  requests.length = 0;
  let result: T;
  try {
    result = program();
  } finally {
    await settled(); // what was registered before an error must not reach the next test
  }
  return {
    result,
    registrations: requests.map((request) => ({
      type: request.getType(), name: request.getName(), parent: request.getParent().split('::').slice(2).join('::').replace(/^.+\$/, ''),
      inputs: request.getObject().toJavaScript(), options: optionsOf(request),
    })),
  };
}

/** The one registration of a kind, by the last part of its type. */
export function only(registrations: readonly Registration[], kind: string): Registration {
  const found = registrations.filter(({ type }) => type.endsWith(`:${kind}`));
  expect(found.map(({ type }) => type)).toHaveLength(1);
  return found[0];
}

/** A value that is known later only. */
export function eventually<T>(value: T): pulumi.Output<T> {
  return pulumi.output(Promise.resolve(value)) as pulumi.Output<T>;
}

/** What an Output comes to. */
export function valueOf<T>(output: pulumi.Output<T>): Promise<T> {
  return new Promise((resolve) => output.apply(resolve as never));
}

/** Why an Output comes to nothing; nobody else has to handle it then. */
export async function rejectionOf(output: unknown): Promise<Error> {
  const { isKnown, isSecret, promise } = output as { isKnown: Promise<boolean>; isSecret: Promise<boolean>; promise(): Promise<unknown> };
  const [result] = await Promise.allSettled([promise(), isKnown, isSecret]);
  if (result.status === 'fulfilled') throw new Error('It came to something.');
  return result.reason as Error;
}

/** Mocks answer within microtasks, and a registration follows its parent's: a few rounds of the event loop without a new one end it. */
async function settled(): Promise<void> {
  for (let quiet = 0, seen = -1; quiet < 5; quiet++) {
    if (requests.length !== seen) quiet = 0;
    seen = requests.length;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

function optionsOf(request: Request): Record<string, unknown> {
  const timeouts = Object.fromEntries(Object.entries(request.getCustomtimeouts()?.toObject() ?? {}).filter(([, value]) => value !== ''));
  // Each kind of @pulumi/kubernetes names its older API versions; only what we or an author added is of interest.
  const aliases = request.getAliasesList().map((alias) => alias.getUrn() || alias.getSpec()?.toObject())
    .filter((alias) => typeof alias === 'string' || !alias?.type);
  return {
    ...request.getIgnorechangesList().length > 0 && { ignoreChanges: request.getIgnorechangesList() },
    ...request.getProtect() && { protect: true },
    ...request.getProvider() && { provider: request.getProvider() },
    ...Object.keys(timeouts).length > 0 && { customTimeouts: timeouts },
    ...aliases.length > 0 && { aliases },
    ...request.getDependenciesList().length > 0 && { dependsOn: request.getDependenciesList().map((urn) => urn.split('::').slice(2).join('::')) },
  };
}
