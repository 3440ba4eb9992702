import type { Container, LifecycleHandler } from '../manifest/types';
import { Problem, shown } from '../problem';
import { checkCommand, isCommand } from './check-command';
import { checkPort } from './check-port';
import type { ContainerOptions } from './options';
import { standingWait } from './standing-wait';

/** Source of the time that an author's own hook takes at most. */
export const OWN_HOOK = 'author: preStopHook.longestSeconds';

/** The hook that makes a container wait, and how long it takes in all. */
export interface PlannedHook {
  readonly preStop?: LifecycleHandler;
  /** Seconds from deletion to SIGTERM. */
  readonly waitSeconds: number;
  /** Where the wait comes from, if not from the sum: `manifest: ...`, `author: ...`. */
  readonly because?: string;
}

export interface HookRequest {
  readonly container: Container;
  readonly options: ContainerOptions;
  /** Seconds that the container has to wait at least. */
  readonly waitSeconds: number;
  /** The cluster knows `preStop.sleep`. */
  readonly nativeSleep: boolean;
  /** The manifest keeps the hook that stands there, or its absence. */
  readonly kept: boolean;
}

/**
 * The preStop hook for a wait: native sleep where the cluster knows it, else exec `sleep`; the application's own drain endpoint; or
 * the author's own hook, before or after the wait. A wait that stands in the manifest already is raised, never shortened.
 */
export function planPreStop(request: HookRequest, problems: Problem[]): PlannedHook {
  const { container, options, waitSeconds, kept } = request;
  const hook = container.lifecycle?.preStop ?? undefined;
  checkHook(hook, fieldOf(container), kept, problems);
  if (kept) return keptHook(request, hook, problems);
  if (options.drainEndpoint) return fromEndpoint(request, hook, problems);
  const standing = standingWait(hook);
  // An older API server drops a native sleep without a word: then the hook has to be written anew.
  if (standing && (request.nativeSleep || !hook?.sleep)) {
    const seconds = Math.max(standing.seconds, waitSeconds);
    const own = standing.composed ? options.preStopHook?.longestSeconds ?? 0 : 0;
    const because = own > 0 ? OWN_HOOK : `manifest: ${fieldOf(container)}`;
    return { preStop: standing.write(seconds), waitSeconds: seconds + own, because };
  }
  if (standing) return { preStop: newWait(request, problems), waitSeconds: Math.max(standing.seconds, waitSeconds), because: `manifest: ${fieldOf(container)}` };
  if (hook && !hook.tcpSocket && Object.keys(hook).length > 0) return aroundOwnHook(request, hook, problems);
  return waitSeconds === 0 ? { waitSeconds } : { preStop: newWait(request, problems), waitSeconds };
}

function fieldOf(container: Container): string {
  return `lifecycle.preStop of container ${container.name ?? '(unnamed)'}`;
}

/** What is not known of a kept hook, its author answers for. */
function keptHook(request: HookRequest, hook: LifecycleHandler | undefined, problems: Problem[]): PlannedHook {
  const { container, options, waitSeconds, nativeSleep } = request;
  const { preStopHook, drainEndpoint } = options;
  if (drainEndpoint && !asksEndpoint(hook, drainEndpoint)) {
    problems.push({
      id: 'contradicting-options', field: `drainEndpoint of container ${container.name ?? '(unnamed)'}`, found: shown(drainEndpoint),
      wanted: 'absent, as an annotation keeps a hook that does not ask it', remedy: 'Leave it out, or remove the annotation.',
    });
  }
  const because = 'manifest: kube-graceful/keep.preStop';
  // An older API server drops a native sleep without a word, and the kubelet never runs a tcpSocket hook.
  if (!hook || hook.tcpSocket || hook.sleep && !nativeSleep) return { preStop: hook, waitSeconds: 0, because };
  const told = drainEndpoint?.longestSeconds ?? preStopHook?.longestSeconds;
  return { preStop: hook, waitSeconds: standingWait(hook)?.seconds ?? told ?? waitSeconds, because };
}

function asksEndpoint(hook: LifecycleHandler | undefined, { path, port }: NonNullable<ContainerOptions['drainEndpoint']>): boolean {
  return hook?.httpGet?.path === path && hook.httpGet.port === port;
}

/** What no kubelet runs, or every API server refuses; the first is its author's own decision where an annotation keeps it. */
export function checkHook(hook: LifecycleHandler | undefined, field: string, kept: boolean, problems: Problem[]): void {
  if (!hook) return;
  if (hook.tcpSocket && !kept) {
    problems.push({
      id: 'dead-hook', field, found: shown(hook), wanted: 'sleep, exec or httpGet: the kubelet never runs a tcpSocket hook',
      remedy: 'Remove it.',
    });
  }
  if (Object.values(hook).filter((one) => (one ?? undefined) !== undefined).length > 1) {
    problems.push({ id: 'hook-mechanism', field, found: shown(hook), wanted: 'one of sleep, exec and httpGet', remedy: 'A container has one hook: keep one of them.' });
  }
  if (hook.exec) checkCommand(hook.exec.command, field, problems);
}

function fromEndpoint(request: HookRequest, hook: LifecycleHandler | undefined, problems: Problem[]): PlannedHook {
  const { container, options, waitSeconds } = request;
  const { path, port, longestSeconds } = options.drainEndpoint!;
  checkPort(port, container, `drainEndpoint.port of container ${container.name ?? '(unnamed)'}`, problems);
  if (longestSeconds < waitSeconds) {
    problems.push({
      id: 'wait-too-short', field: `drainEndpoint.longestSeconds of container ${container.name ?? '(unnamed)'}`, found: shown(longestSeconds),
      wanted: `at least ${waitSeconds}, as clients are still sent to the pod until then`,
      remedy: 'Let the endpoint answer later, and say so here.',
    });
  }
  const same = asksEndpoint(hook, options.drainEndpoint!);
  if (hook && !same && !hook.tcpSocket && Object.keys(hook).length > 0 && !standingWait(hook)) {
    problems.push({
      id: 'own-hook', field: fieldOf(container), found: shown(hook), wanted: 'absent beside drainEndpoint: a container has one hook',
      remedy: 'Let the endpoint do what this hook does, or leave out drainEndpoint and tell with preStopHook how long the hook takes.',
    });
  }
  // Headers and scheme of a hook that asks this very endpoint are the author's own.
  return { preStop: same ? hook : { httpGet: { path, port } }, waitSeconds: longestSeconds, because: 'author: drainEndpoint.longestSeconds' };
}

function newWait({ container, options, waitSeconds, nativeSleep }: HookRequest, problems: Problem[]): LifecycleHandler {
  const seconds = Math.max(waitSeconds, standingWait(container.lifecycle?.preStop ?? undefined)?.seconds ?? 0);
  if (nativeSleep) return { sleep: { seconds } };
  if (!options.shell) {
    problems.push({
      id: 'no-way-to-wait', field: fieldOf(container), found: 'no shell, and a Kubernetes before 1.30',
      wanted: 'possible: preStop.sleep needs control plane and nodes of 1.30 (an older API server drops it without a word), exec needs `sleep` in the image',
      remedy: 'Say shell: true if the image has `sleep`, give drainEndpoint, or upgrade the cluster.',
    });
  }
  return { exec: { command: ['sleep', String(seconds)] } };
}

/** The author's hook is kept whole: a shell runs it and the wait one after the other. */
function aroundOwnHook(request: HookRequest, hook: LifecycleHandler, problems: Problem[]): PlannedHook {
  const { container, options, waitSeconds } = request;
  const declared = options.preStopHook;
  const own = hook.exec?.command;
  // What is no command has been told.
  if (own && !isCommand(own)) return { preStop: hook, waitSeconds };
  if (!declared || !own || !options.shell) {
    const missing = !own ? 'an exec hook' : [...declared ? [] : ['preStopHook'], ...options.shell ? [] : ['shell: true']].join(' and ');
    problems.push({
      id: 'own-hook', field: fieldOf(container), found: shown(hook), wanted: `told by ${missing}, so that the wait can be set beside it`,
      remedy: own
        ? 'Say with preStopHook when it runs and how long it takes, and shell: true if the image has a shell.'
        : 'A container has one hook: replace it by drainEndpoint if it blocks until the pod may stop, else by an exec hook.',
    });
    return { preStop: hook, waitSeconds };
  }
  const script = declared.runs === 'before-wait' ? `"$@"; exec sleep ${waitSeconds}` : `sleep ${waitSeconds}; exec "$@"`;
  return {
    preStop: { exec: { command: ['sh', '-c', script, 'preStop', ...own] } },
    waitSeconds: waitSeconds + declared.longestSeconds,
    because: OWN_HOOK,
  };
}
