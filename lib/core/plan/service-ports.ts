import type { Service, Workload } from '../manifest/types';

/** The TCP ports of a Service; none where it is not at hand. */
export function tcpPorts(service: Service | undefined): readonly number[] {
  return (service?.spec?.ports ?? []).filter(({ protocol }) => (protocol ?? 'TCP') === 'TCP').map(({ port }) => port ?? 0);
}

/** Does UDP come through a Service? Where it is not at hand, the ports of the pods are those that it would lead to. */
export function hasUdp(service: Service | undefined, { spec }: Workload): boolean {
  const ports = service ? service.spec?.ports : spec?.template?.spec?.containers?.flatMap((container) => container.ports ?? []);
  return ports?.some(({ protocol }) => protocol === 'UDP') ?? false;
}
