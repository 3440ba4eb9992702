import { setTimeout as sleep } from 'node:timers/promises';
import { commandText } from '../command-text';
import { DrillError } from '../drill-error';
import { kubectl, kubectlArguments, KubectlOptions } from '../kubectl';
import { ANSWER_SECONDS, kubectlWithin } from '../kubectl-within';
import { nowMs } from '../now-ms';
import type { PodLife } from '../pod-lives';
import { waitFor } from '../wait-for';
import { isRolledOut, LiveDeployment } from './live-deployment';

const LOOK_MS = 50; // ours: the state comes from watches, so looking at it costs nothing

/** What puts the cluster back as it was. */
export interface UndoStep {
  /** `node-1 is uncordoned`. */
  readonly what: string;
  /** Whether it is also done after a drill that went well. */
  readonly always: boolean;
  /** Of the kubectl that does it. */
  readonly args: readonly string[];
}

/** What a stage is made of. */
export interface StageOptions {
  readonly cluster: KubectlOptions;
  /** Of the Deployment's pods, as kubectl takes it. */
  readonly selector: string;
  /** The Deployment as the watch told of it last. */
  readonly deployment: () => LiveDeployment;
  readonly pods: () => readonly PodLife[];
  readonly signal: AbortSignal;
  /** Unix time in milliseconds at which everything is given up. */
  readonly deadlineMs: number;
}

/** Where an action is played: what it may look at, what it may do, and how to put everything back. */
export class Stage {
  /** The Deployment before anything was done to it. */
  public readonly before: LiveDeployment;
  /** When the Deployment was rolled out again for the first time. @default - it was not rolled, or not yet */
  public rolledOutAtMs?: number;
  private readonly undoSteps: UndoStep[] = [];

  public constructor(private readonly options: StageOptions) {
    this.before = options.deployment();
  }

  /** `Deployment/web`. */
  public get name(): string {
    return `Deployment/${this.before.metadata.name}`;
  }

  public get selector(): string {
    return this.options.selector;
  }

  public get signal(): AbortSignal {
    return this.options.signal;
  }

  public pods(): readonly PodLife[] {
    return this.options.pods();
  }

  /** Pods that nobody has deleted, and that have not ended by themselves. */
  public standing(): readonly PodLife[] {
    return this.pods().filter(({ deletedAtMs, exitedAtMs }) => deletedAtMs === undefined && exitedAtMs === undefined);
  }

  /** Those of them that have been ready. */
  public ready(): readonly PodLife[] {
    return this.standing().filter(({ readyAtMs }) => readyAtMs !== undefined);
  }

  /**
   * Runs kubectl, which is ended when the drill is interrupted or its time is over: an API server may take a request and never answer it.
   *
   * @throws {KubectlError} If it fails.
   * @throws {DrillError} If it is ended.
   */
  public async kubectl(args: readonly string[], input = ''): Promise<string> {
    const ending = new AbortController();
    const running = kubectl(this.options.cluster, args, input, ending.signal);
    try {
      return await this.waitFor(`kubectl ${args.slice(0, 3).join(' ')}, which is ended now`, running);
    } finally {
      ending.abort();
      await running.catch(() => {}); // nothing may be done any more once it is being undone
    }
  }

  /** Keeps a step for later; the last one is done first. It is told before the deed, so that nothing is left half-way. */
  public onUndo(what: string, args: readonly string[], always = false): void {
    if (this.undoSteps.some((step) => step.what === what)) return;
    this.undoSteps.unshift({ what, always, args });
  }

  /** Changes the Deployment by a JSON patch or a merge patch, and returns its new generation. */
  public async patch(type: 'json' | 'merge', patch: unknown): Promise<number> {
    const said = await this.kubectl(['patch', 'deployment', this.before.metadata.name, `--type=${type}`, '--patch', JSON.stringify(patch), '-o', 'json']);
    return (JSON.parse(said) as LiveDeployment).metadata.generation;
  }

  /** The Deployment's generation as the API server knows it: a watch may tell of a change later than who made it goes on. */
  public async generation(): Promise<number> {
    return (await this.live()).metadata.generation;
  }

  /** The Deployment as the API server knows it. */
  public async live(): Promise<LiveDeployment> {
    return JSON.parse(await this.kubectl(['get', 'deployment', this.before.metadata.name, '-o', 'json'])) as LiveDeployment;
  }

  /**
   * The arguments that put a part of the Deployment back as it was; of a manifest: its spec, and its labels and annotations, kubectl's own
   * note of what was applied last included. The controller's number of the revision is set right by the controller.
   */
  public restoring(part: 'template' | 'replicas' | 'manifest'): string[] {
    const { metadata: { name, labels = {}, annotations = {} }, spec } = this.before;
    const patch = part === 'manifest' ? [
      { op: 'replace', path: '/spec', value: spec },
      { op: 'add', path: '/metadata/labels', value: labels }, // where it is there already, this replaces it: RFC 6902, 4.1
      { op: 'add', path: '/metadata/annotations', value: annotations },
    ] : [{ op: 'replace', path: `/spec/${part}`, value: spec[part] }];
    return ['patch', 'deployment', name, '--type=json', '--patch', JSON.stringify(patch)];
  }

  /**
   * Waits until something is so.
   *
   * @throws {DrillError} If the drill is interrupted, or its time is over.
   */
  public async until(what: string, condition: () => boolean): Promise<void> {
    const { signal, deadlineMs } = this.options;
    for (;;) {
      if (signal.aborted) throw new DrillError('The drill was interrupted');
      if (condition()) return;
      if (nowMs() > deadlineMs) throw this.timeOver(what);
      await sleep(LOOK_MS);
    }
  }

  /**
   * Waits for something that goes on by itself.
   *
   * @param deadlineMs Unix time in milliseconds. @default - that of the drill
   * @throws {DrillError} If the drill is interrupted, or its time is over.
   */
  public waitFor<T>(what: string, promise: Promise<T>, deadlineMs = this.options.deadlineMs): Promise<T> {
    return waitFor(promise, { signal: this.options.signal, deadlineMs, timeOver: () => this.timeOver(what) });
  }

  private timeOver(what: string): DrillError {
    return new DrillError(`Cannot end the drill of ${this.name} as its time is over, and it still waits for ${what}`);
  }

  /** Waits until the Deployment is rolled out, and then until no pod of it is ending any more. */
  public async settled(generation?: number): Promise<void> {
    const { deployment } = this.options;
    // Right after a deletion, and when the replacement is created, the status still counts the pod that goes: the watch knows better.
    await this.until('the rollout', () => isRolledOut(deployment(), generation) && this.ready().length >= deployment().spec.replicas);
    this.rolledOutAtMs = nowMs();
    await this.until('the last pod to be gone', () => this.pods().every((pod) => pod.deletedAtMs === undefined || pod.goneAtMs !== undefined));
  }

  /**
   * Puts the cluster back; each step may take 60 s.
   *
   * @param failed Whether the drill did not go well: then every step is taken.
   * @returns What was done, and what failed and by which command it can be done, as people read it.
   */
  public async undo(failed: boolean): Promise<{ readonly done: readonly string[]; readonly failed: readonly string[] }> {
    const { cluster } = this.options;
    const done: string[] = [];
    const left: string[] = [];
    for (const { what, always, args } of this.undoSteps.splice(0)) {
      if (!failed && !always) continue;
      const command = commandText(['kubectl', ...kubectlArguments(cluster), ...args]);
      await kubectlWithin(ANSWER_SECONDS, cluster, args)
        .then(() => done.push(what), (error: Error) => left.push(`${what}: ${error.message}. Do it by hand: ${command}`));
    }
    return { done, failed: left };
  }
}
