import type { ContainerShutdown, ShutdownPlan } from '../plan/rollout-plan';

/** The way through a pod's shutdown that takes longest; whole seconds since the deletion, whatever the grace period leaves of them. */
export interface ShutdownPath {
  /** The container that serves longest; where none serves, the one that is there longest; none where there is no container. */
  readonly slowest?: ContainerShutdown;
  /** In the order in which they end. */
  readonly sidecars: readonly SidecarEnd[];
  /** Until that container gets SIGTERM. */
  readonly waitSeconds: number;
  /** Until that container has left, and with it all that was in flight. */
  readonly drainedSeconds: number;
  /** Until all containers but the sidecars have left. */
  readonly mainSeconds: number;
  /** Until the sidecars have left, too; where a container ignores SIGTERM they never get their turn, and this is `mainSeconds`. */
  readonly endSeconds: number;
}

/** A sidecar, and when it gets SIGTERM; whole seconds since the deletion. */
export interface SidecarEnd {
  readonly sidecar: ContainerShutdown;
  readonly atSeconds: number;
  /** Until it has left; where it only gets its turn with SIGKILL, this is `atSeconds`. */
  readonly goneSeconds: number;
}

/**
 * The way that takes longest: the slowest container, and after the last one the sidecars, one by one in reverse order of definition. Each
 * sidecar's hook starts at the deletion with all others, so one that is still running then delays its SIGTERM.
 *
 * mainSeconds = max(wait + drain); then for each sidecar: end = max(end, its wait) + its drain (KEP-753).
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
  const sidecars = shutdown.containers.filter(isSidecar).reverse().map((sidecar): SidecarEnd => {
    const graceSeconds = shutdown.terminationGracePeriodSeconds.value;
    if (!leaves) return { sidecar, atSeconds: graceSeconds, goneSeconds: graceSeconds };
    const atSeconds = Math.max(endSeconds, sidecar.wait.value);
    endSeconds = atSeconds + sidecar.drain.value;
    return { sidecar, atSeconds, goneSeconds: endSeconds };
  });
  const drainedSeconds = slowest ? secondsAtExit(slowest) : 0;
  return { slowest, sidecars, waitSeconds: slowest?.wait.value ?? 0, drainedSeconds, mainSeconds, endSeconds };
}

/** Seconds from deletion until a container that is no sidecar has left: wait + drain. */
export function secondsAtExit(container: ContainerShutdown): number {
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
