import type { ContainerShutdown, ShutdownPlan } from '../plan/rollout-plan';

/** The way through a pod's shutdown that takes longest; whole seconds since the deletion. */
export interface ShutdownPath {
  /** The container that serves longest; where none serves, the one that is there longest; none where there is no container. */
  readonly slowest?: ContainerShutdown;
  /** Until that container gets SIGTERM. */
  readonly waitSeconds: number;
  /** Until that container has left, and with it all that was in flight. */
  readonly drainedSeconds: number;
  /** Until all containers but the sidecars have left. */
  readonly mainSeconds: number;
  /** Until the sidecars have left, too; where a container ignores SIGTERM they never get their turn, and this is `mainSeconds`. */
  readonly endSeconds: number;
}

/**
 * The way that takes longest: the slowest container, and after the last one the sidecars, one by one.
 *
 * mainSeconds = max(wait + drain), endSeconds = mainSeconds + the sidecars' drains (KEP-753).
 */
export function shutdownPath(shutdown: ShutdownPlan): ShutdownPath {
  const main = shutdown.containers.filter((container) => !isSidecar(container));
  const servers = main.filter((container) => container.role === 'serves');
  const slowest = slowestOf(servers.length > 0 ? servers : main);
  const last = slowestOf(main);
  const mainSeconds = last ? secondsAtExit(last) : 0;
  let endSeconds = mainSeconds;
  // Sidecars wait for what ignores SIGTERM, until SIGKILL ends them all.
  const leaves = main.every((container) => container.onSigterm !== 'ignores');
  if (leaves) for (const container of shutdown.containers) if (isSidecar(container)) endSeconds += container.drain.value;
  return { slowest, waitSeconds: slowest?.wait.value ?? 0, drainedSeconds: slowest ? secondsAtExit(slowest) : 0, mainSeconds, endSeconds };
}

/** Seconds from deletion until a container that is no sidecar has left: wait + drain. */
function secondsAtExit(container: ContainerShutdown): number {
  return container.wait.value + container.drain.value;
}

/** Does the kubelet end it after all others? */
export function isSidecar(container: ContainerShutdown): boolean {
  return container.role === 'sidecar';
}

function slowestOf(containers: readonly ContainerShutdown[]): ContainerShutdown | undefined {
  let slowest = containers[0];
  for (const container of containers) if (slowest && secondsAtExit(container) > secondsAtExit(slowest)) slowest = container;
  return slowest;
}
