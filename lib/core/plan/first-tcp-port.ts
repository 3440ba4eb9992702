import type { Container } from '../manifest/types';

/** Probes ask over TCP, whatever the clients do. */
export function firstTcpPort(container: Container): number | undefined {
  return container.ports?.find(({ protocol }) => (protocol ?? 'TCP') === 'TCP')?.containerPort;
}
