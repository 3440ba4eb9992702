import type { Container, PortRef } from '../manifest/types';
import { Problem, shown } from '../problem';

/** A port that is asked of a container: a number, or the name of one of its own. The kubelet finds no other. */
export function checkPort(port: PortRef | undefined, container: Container, field: string, problems: Problem[]): void {
  const named = (container.ports ?? []).map((one) => one.name);
  const right = typeof port === 'number' ? Number.isInteger(port) && port >= 1 && port <= 65535 : port !== undefined && named.includes(port);
  if (right) return;
  problems.push({
    id: 'missing-port', field, wanted: 'given a port from 1 to 65535, or the name of one of the container\'s ports', found: port === undefined ? 'none' : shown(port),
    remedy: 'Say which port is asked.',
  });
}
