import { createHash } from 'node:crypto';
import type { LiveDeployment } from '../../../lib/drill/actions/live-deployment';
import { KubectlError } from '../../../lib/drill/kubectl';
import { nowMs } from '../../../lib/drill/now-ms';
import type { WatchedPod } from '../../../lib/drill/pod-lives';
import type { Watch, WatchEvent, WatchOptions } from '../../../lib/drill/watch';

type Listener = { readonly kind: string; readonly tell: (event: WatchEvent<unknown>) => void };
type FakePod = WatchedPod & { readonly template: string };

/** An object of a manifest that is applied. */
export interface FakeObject {
  /** @default - apps/v1 */
  readonly apiVersion?: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly spec?: object;
}

const END_MS = 120;
const STATUS_MS = 70; // the controllers tell of a pod later than the pod's own watch

/** Pods that the selector finds, too, and that nobody may touch or count: they are not the Deployment's, or have ended. */
const STRANGERS: readonly FakePod[] = [
  { ...podOf('web-0-test-connection', 'node-9', []), status: { ...statusOf(false), phase: 'Succeeded' } },
  podOf('web-0-migration', 'node-9', [{ kind: 'Job', name: 'web-migration', controller: true }]),
  podOf('web-0-canary', 'node-0', [{ kind: 'ReplicaSet', name: 'web-canary-abc', controller: true }]),
  podOf('web-0-canary-too', 'node-0', [{ kind: 'ReplicaSet', name: 'web-canary-abc', controller: true }]),
  { ...podOf('web-0-evicted', 'node-0', [{ kind: 'ReplicaSet', name: 'web-abc', controller: true }]), status: { ...statusOf(false), phase: 'Failed' } },
];

/** A Deployment with its controller, in memory: one new pod at a time, an old one goes when a new one is ready. */
export class FakeCluster {
  public live: LiveDeployment & { spec: { template: { spec: { containers: { readinessProbe?: { tcpSocket?: { port: number } } }[] } } } };
  public readonly asked: string[] = [];
  public readonly cordoned = new Set<string>();
  public autoscalers: object[] = [];
  /** How long a pod takes to be ready, in milliseconds. */
  public startMs = 60;
  /** What was applied, apart from the Deployment: `Service/web`. */
  public readonly others: string[] = [];
  /** What an admission webhook makes of the Deployment's applied spec; `isTried`: by a dry run. @default - it leaves it as it is */
  public admitting?: (spec: object | undefined, isTried: boolean) => object | undefined;
  /** What fails, and how. @default - nothing does */
  public failing: { readonly kubectl?: Error; readonly watching?: Readonly<Record<string, Error>> } = {};
  /** Which command is done and never answered. @default - each is answered */
  public hanging?: (asked: string) => boolean;
  private readonly pods = new Map<string, FakePod>();
  private readonly listeners: Listener[] = [];
  private readonly breakings: { readonly kind: string; readonly reject: (error: Error) => void }[] = [];
  private made = 0;

  public constructor(replicas: number) {
    const template = { spec: { containers: [{}] } };
    this.live = { metadata: { name: 'web', namespace: 'shop', generation: 1 }, spec: { replicas, selector: { matchLabels: { app: 'web' } }, template } };
    for (let i = 0; i < replicas; i++) this.create(true);
    this.tellStatus();
  }

  /** In place of `kubectl`. */
  public readonly kubectl = async (_: unknown, args: readonly string[], input = '', signal?: AbortSignal): Promise<string> => {
    this.asked.push(args.join(' '));
    if (this.failing.kubectl) throw this.failing.kubectl;
    const hangs = this.hanging?.(args.join(' '));
    const answer = this.answer(args, input);
    return hangs ? new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new KubectlError(args, 'it was interrupted')))) : answer;
  };

  private answer(args: readonly string[], input: string): string {
    const [verb, kind, name] = args;
    if (verb === 'get' && kind === 'deployment') return JSON.stringify(this.live);
    if (verb === 'get' && kind === 'node') return this.cordoned.has(name) ? 'true' : '';
    if (verb === 'get') return JSON.stringify({ items: this.autoscalers });
    if (verb === 'patch') return this.patch(JSON.parse(args[args.indexOf('--patch') + 1]));
    if (verb === 'apply') return this.apply(JSON.parse(input), args.includes('--dry-run=server'));
    if (verb === 'uncordon') this.cordoned.delete(kind);
    if (verb === 'delete') this.end(name);
    if (verb === 'cordon') this.cordoned.add(kind);
    if (verb === 'create') this.evict(JSON.parse(input).metadata.name);
    return '';
  }

  /** In place of `startWatch`. */
  public readonly startWatch = (_: unknown, { kind }: WatchOptions, onEvent: (event: WatchEvent<never>) => void): Watch => {
    let stop = () => {};
    const failure = this.failing.watching?.[kind];
    const ended = new Promise<void>((resolve, reject) => {
      stop = resolve;
      if (failure) setTimeout(reject, 10, failure);
      this.breakings.push({ kind, reject });
    });
    ended.catch(() => {});
    this.listeners.push({ kind, tell: onEvent as Listener['tell'] });
    setTimeout(() => kind === 'pods' && [...STRANGERS, ...this.pods.values()].forEach((pod) => this.tell(kind, 'ADDED', pod)), 10);
    return {
      ended,
      stop: () => {
        stop();
        return ended;
      },
    };
  };

  /** Ends the watches of a kind, as a server does that is gone. */
  public breakOff(kind: string, error: Error): void {
    for (const breaking of this.breakings) if (breaking.kind === kind) breaking.reject(error);
  }

  public standing(): FakePod[] {
    return [...this.pods.values()].filter(({ metadata }) => !metadata.deletionTimestamp);
  }

  private patch(patch: { op: string; path: string; value: never }[] | { spec: { replicas?: number; template?: object } }): string {
    let spec = structuredClone(this.live.spec) as typeof this.live.spec & { replicas: number; template: object };
    if (!Array.isArray(patch)) return this.change({ ...spec, ...patch.spec, template: { ...spec.template, ...patch.spec.template } });
    for (const { path, value } of patch) {
      if (path.endsWith('readinessProbe')) spec.template.spec.containers[0].readinessProbe = value;
      else if (path.startsWith('/metadata/')) this.live = { ...this.live, metadata: { ...this.live.metadata, [path.slice('/metadata/'.length)]: value } };
      else spec = path === '/spec' ? structuredClone<typeof spec>(value) : { ...spec, [path.slice('/spec/'.length)]: value };
    }
    return this.change(spec);
  }

  /** Answers as kubectl does with `-o json`: the object, or a List of several. */
  private apply(manifest: FakeObject & { items?: FakeObject[] }, isTried: boolean): string {
    const applied = (manifest.items ?? [manifest]).map((each) => this.applyOne({ apiVersion: 'apps/v1', ...each }, isTried));
    return JSON.stringify(applied.length === 1 ? applied[0] : { kind: 'List', apiVersion: 'v1', items: applied });
  }

  private applyOne(object: FakeObject, isTried: boolean): object {
    const { apiVersion, kind, metadata: { name, namespace = 'shop' } } = object;
    if (apiVersion !== 'apps/v1' || kind !== 'Deployment' || name !== 'web' || namespace !== 'shop') {
      if (!isTried) this.others.push(`${kind}/${name}`);
      return { ...object, metadata: { ...object.metadata, namespace } };
    }
    const spec = { ...this.live.spec, ...(this.admitting ? this.admitting(object.spec, isTried) : object.spec) };
    const metadata = { ...this.live.metadata, ...object.metadata };
    if (isTried) return { ...object, metadata, spec };
    this.live = { ...this.live, metadata };
    this.change(spec);
    return this.live;
  }

  private change(spec: typeof this.live.spec): string {
    this.live = { ...this.live, metadata: { ...this.live.metadata, generation: this.live.metadata.generation + 1 }, spec };
    this.reconcile();
    return JSON.stringify(this.live);
  }

  private reconcile(): void {
    const { replicas, template } = this.live.spec;
    const wanted = JSON.stringify(template);
    const old = this.standing().filter((pod) => pod.template !== wanted);
    const fresh = this.standing().filter((pod) => pod.template === wanted);
    const starting = fresh.some((pod) => !isReady(pod));
    // What is too much goes first, what is not ready before the rest; then one more is started.
    if (old.length + fresh.length > replicas && (!starting || fresh.length > replicas || !old.every(isReady))) {
      this.end((old.find((pod) => !isReady(pod)) ?? old[0] ?? fresh.at(-1)!).metadata.name);
    } else if (fresh.length < replicas && !starting) {
      this.create(false);
    }
    setTimeout(() => this.tellStatus(), STATUS_MS);
  }

  private create(ready: boolean): void {
    const { template } = this.live.spec;
    const name = `web-${++this.made}`;
    const hash = createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 10);
    const owners = [{ kind: 'ReplicaSet', name: `web-${hash}`, controller: true }];
    const pod: FakePod = { ...podOf(name, `node-${this.made % 2}`, owners, hash), status: statusOf(ready), template: JSON.stringify(template) };
    this.put(pod, 'ADDED');
    if (ready || template.spec.containers[0].readinessProbe?.tcpSocket?.port === 1) return;
    setTimeout(() => {
      if (this.pods.get(name)?.metadata.deletionTimestamp === undefined) this.put({ ...pod, status: statusOf(true) }, 'MODIFIED');
      this.reconcile();
    }, this.startMs);
  }

  /** As a budget with maxUnavailable: 1 has it. */
  private evict(name: string): void {
    if (this.standing().filter(isReady).length < this.live.spec.replicas) throw new KubectlError([], 'Error from server (TooManyRequests): no');
    this.end(name);
  }

  private end(name: string): void {
    const pod = this.pods.get(name)!;
    this.put({ ...pod, metadata: { ...pod.metadata, deletionTimestamp: 'now' } }, 'MODIFIED');
    setTimeout(() => {
      this.tell('pods', 'DELETED', this.pods.get(name)!);
      this.pods.delete(name);
    }, END_MS);
    setTimeout(() => this.reconcile(), 5);
  }

  private put(pod: FakePod, type: 'ADDED' | 'MODIFIED'): void {
    this.pods.set(pod.metadata.name, pod);
    this.tell('pods', type, pod);
  }

  private tellStatus(): void {
    const wanted = JSON.stringify(this.live.spec.template);
    const standing = this.standing();
    const status = {
      observedGeneration: this.live.metadata.generation, replicas: standing.length,
      updatedReplicas: standing.filter((pod) => pod.template === wanted).length, availableReplicas: standing.filter(isReady).length,
    };
    this.live = { ...this.live, status };
    this.tell('deployment', 'MODIFIED', this.live);
  }

  private tell(kind: string, type: WatchEvent<unknown>['type'], object: unknown): void {
    for (const listener of this.listeners) if (listener.kind === kind) listener.tell({ type, object, seenAtMs: nowMs() });
  }
}

function podOf(name: string, nodeName: string, ownerReferences: WatchedPod['metadata']['ownerReferences'], hash = 'abc'): FakePod {
  const metadata = { name, uid: name, labels: { 'app': 'web', 'pod-template-hash': hash }, ownerReferences };
  return { metadata, spec: { nodeName }, status: statusOf(true), template: '' };
}

function isReady(pod: WatchedPod): boolean {
  return pod.status!.conditions![0].status === 'True';
}

function statusOf(ready: boolean): WatchedPod['status'] {
  return { conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] };
}
