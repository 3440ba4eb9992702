import type { Container, LifecycleHandler } from '../manifest/types';
import { Problem, shown } from '../problem';
import type { ContainerOptions } from './options';

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
}

/**
 * The preStop hook for a wait: native sleep where the cluster knows it, else exec `sleep`; the application's own drain endpoint; or
 * the author's own hook, before or after the wait. A wait that stands in the manifest already is raised, never shortened.
 */
export function planPreStop(request: HookRequest, problems: Problem[]): PlannedHook {
  const { container, options, waitSeconds } = request;
  const hook = container.lifecycle?.preStop;
  if (options.drainEndpoint) return fromEndpoint(request, problems);
  if (hook?.tcpSocket) {
    problems.push({
      id: 'dead-hook', field: fieldOf(container), found: shown(hook), wanted: 'sleep, exec or httpGet: the kubelet never runs a tcpSocket hook',
      remedy: 'Remove it.',
    });
  }
  const standing = standingWait(hook);
  if (standing !== undefined) {
    const seconds = Math.max(standing.seconds, waitSeconds);
    const because = standing.seconds > waitSeconds ? `manifest: ${fieldOf(container)}` : undefined;
    const own = standing.composed ? options.preStopHook?.longestSeconds ?? 0 : 0;
    return { preStop: standing.write(seconds), waitSeconds: seconds + own, because };
  }
  if (hook && !hook.tcpSocket && Object.keys(hook).length > 0) return aroundOwnHook(request, hook, problems);
  return waitSeconds === 0 ? { waitSeconds } : { preStop: newWait(request, problems), waitSeconds };
}

function fieldOf(container: Container): string {
  return `lifecycle.preStop of container ${container.name ?? '(unnamed)'}`;
}

function fromEndpoint({ container, options, waitSeconds }: HookRequest, problems: Problem[]): PlannedHook {
  const { path, port, longestSeconds } = options.drainEndpoint!;
  if (longestSeconds < waitSeconds) {
    problems.push({
      id: 'wait-too-short', field: `drainEndpoint.longestSeconds of container ${container.name ?? '(unnamed)'}`, found: shown(longestSeconds),
      wanted: `at least ${waitSeconds}, as clients are still sent to the pod until then`,
      remedy: 'Let the endpoint answer later, and say so here.',
    });
  }
  return { preStop: { httpGet: { path, port } }, waitSeconds: longestSeconds, because: 'author: drainEndpoint.longestSeconds' };
}

function newWait({ container, options, waitSeconds, nativeSleep }: HookRequest, problems: Problem[]): LifecycleHandler {
  if (nativeSleep) return { sleep: { seconds: waitSeconds } };
  if (!options.shell) {
    problems.push({
      id: 'no-way-to-wait', field: fieldOf(container), found: 'no shell, and a Kubernetes before 1.30',
      wanted: 'possible: preStop.sleep needs control plane and nodes of 1.30 (an older API server drops it without a word), exec needs `sleep` in the image',
      remedy: 'Say shell: true if the image has `sleep`, give drainEndpoint, or upgrade the cluster.',
    });
  }
  return { exec: { command: ['sleep', String(waitSeconds)] } };
}

/** Whole seconds, or the suffix `s` of some `sleep` programs. */
const WAIT = /^(\d+)s?$/;
const OWN_THEN_WAIT = /^"\$@"; exec sleep (\d+)$/;
const WAIT_THEN_OWN = /^sleep (\d+); exec "\$@"$/;

interface StandingWait {
  readonly seconds: number;
  /** The same hook with other seconds. */
  readonly write: (seconds: number) => LifecycleHandler;
  /** The author's own hook runs beside the wait. */
  readonly composed?: boolean;
}

/** A wait that the hook already is, or holds. */
function standingWait(hook: LifecycleHandler | undefined): StandingWait | undefined {
  if (hook?.sleep) return { seconds: hook.sleep.seconds, write: (seconds) => ({ sleep: { seconds } }) };
  const command = hook?.exec?.command;
  if (!command) return undefined;
  if (command.length === 2 && /(^|\/)sleep$/.test(command[0]) && WAIT.test(command[1])) {
    return { seconds: Number(WAIT.exec(command[1])![1]), write: (seconds) => ({ exec: { command: [command[0], String(seconds)] } }) };
  }
  const script = /^(|\/bin\/)(ba|a|da)?sh$/.test(command[0]) && command[1] === '-c' ? command[2] ?? '' : '';
  const composed = OWN_THEN_WAIT.exec(script) ?? WAIT_THEN_OWN.exec(script);
  const wait = composed ?? /^(?:exec )?sleep (\d+)s?$/.exec(script);
  if (!wait) return undefined;
  const write = (seconds: number) => ({ exec: { command: [command[0], '-c', script.replace(/sleep \d+s?/, `sleep ${seconds}`), ...command.slice(3)] } });
  return { seconds: Number(wait[1]), write, composed: composed !== null };
}

/** The author's hook is kept whole: a shell runs it and the wait one after the other. */
function aroundOwnHook(request: HookRequest, hook: LifecycleHandler, problems: Problem[]): PlannedHook {
  const { container, options, waitSeconds } = request;
  const declared = options.preStopHook;
  const own = hook.exec?.command;
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
    because: 'author: preStopHook.longestSeconds',
  };
}
