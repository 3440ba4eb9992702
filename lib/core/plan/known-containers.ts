import type { Container, PodSpec } from '../manifest/types';
import type { ContainerOptions, ContainerRole, GracefulOptions } from './options';
import type { ContainerShutdown } from './rollout-plan';

/** A container with everything that is known of it. */
export interface KnownContainer {
  readonly container: Container;
  readonly name: string;
  readonly at: NonNullable<ContainerShutdown['at']>;
  readonly role: ContainerRole | 'sidecar';
  readonly options: ContainerOptions;
}

/** Every container of the pod that goes on running: the containers, and the init containers that are sidecars. */
export function knownContainers(spec: PodSpec, options: GracefulOptions): readonly KnownContainer[] {
  const containers = spec.containers ?? [];
  const hasPorts = (container: Container) => (container.ports?.length ?? 0) > 0;
  // Ports need not be declared: where none is, the first container is the one that the pod is for.
  const first = containers.some(hasPorts) ? undefined : containers[0];
  const known: KnownContainer[] = containers.map((container, index) => {
    const name = container.name ?? `containers[${index}]`;
    const own = options.containers?.[name];
    const role = own?.role ?? (containers.length === 1 || container === first || hasPorts(container) ? 'serves' : 'helper');
    return { container, name, at: { list: 'containers', index }, role, options: { ...role === 'serves' ? mainOptions(options) : drainOnly(options), ...own } };
  });
  (spec.initContainers ?? []).forEach((container, index) => {
    if (container.restartPolicy !== 'Always') return;
    const name = container.name ?? `initContainers[${index}]`;
    known.push({ container, name, at: { list: 'initContainers', index }, role: 'sidecar', options: { ...drainOnly(options), ...options.containers?.[name] } });
  });
  return known;
}

/** What stands beside `containers` is the application's own: its requests, its image, its endpoints. It holds for what serves. */
function mainOptions(options: GracefulOptions): ContainerOptions {
  const { longestRequestSeconds, onSigterm, closeNoticeSeconds, shell, drainEndpoint, preStopHook } = options;
  const { slowestStartSeconds, warmUp, liveness } = options;
  return { longestRequestSeconds, onSigterm, closeNoticeSeconds, shell, drainEndpoint, preStopHook, slowestStartSeconds, warmUp, liveness };
}

/** Of the others it tells nothing but how long they take after SIGTERM. */
function drainOnly({ drainSeconds }: GracefulOptions): ContainerOptions {
  return { drainSeconds };
}
