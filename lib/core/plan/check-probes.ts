import type { Container, PortRef, Probe } from '../manifest/types';
import { Problem, shown } from '../problem';

const KINDS = ['readinessProbe', 'livenessProbe', 'startupProbe'] as const;
const MECHANISMS = ['httpGet', 'tcpSocket', 'exec', 'grpc'] as const;

/** What every API server refuses of a container's probes, and a port by a name that nobody has, said before a rollout finds out. */
export function checkProbes(container: Container, name: string, problems: Problem[]): void {
  for (const kind of KINDS) {
    const probe = container[kind];
    if (!probe) continue;
    checkMechanism(probe, container, `${kind} of container ${name}`, problems);
    if (kind !== 'readinessProbe' && (probe.successThreshold ?? 1) > 1) {
      problems.push({
        id: 'success-threshold', field: `${kind}.successThreshold of container ${name}`, wanted: '1: every API server refuses another', found: shown(probe.successThreshold),
        remedy: 'For several successes before the first traffic, use warmUp.',
      });
    }
    if (kind === 'readinessProbe' && (probe.terminationGracePeriodSeconds ?? undefined) !== undefined) {
      problems.push({
        id: 'readiness-grace', field: `readinessProbe.terminationGracePeriodSeconds of container ${name}`, wanted: 'absent: a readiness probe ends nothing',
        found: shown(probe.terminationGracePeriodSeconds), remedy: 'Set it on the liveness probe.',
      });
    }
  }
}

function checkMechanism(probe: Probe, container: Container, field: string, problems: Problem[]): void {
  const mechanisms = MECHANISMS.filter((mechanism) => (probe[mechanism] ?? undefined) !== undefined);
  if (mechanisms.length !== 1) {
    problems.push({
      id: 'probe-mechanism', field, wanted: `given exactly one of ${MECHANISMS.join(', ')}`, found: mechanisms.join(' and ') || 'none', remedy: 'Say what the probe does.',
    });
  } else if (probe.exec) checkCommand(probe.exec.command, field, problems);
  else checkPort((probe.httpGet ?? probe.tcpSocket ?? probe.grpc)?.port, container, field, problems);
}

/**
 * A command as the API server takes it: a list of texts. `["sleep", 30]` is refused, since 30 is a number.
 */
export function checkCommand(command: unknown, field: string, problems: Problem[]): void {
  if (Array.isArray(command) && command.length > 0 && command.every((word) => typeof word === 'string')) return;
  problems.push({
    id: 'wrong-command', field, wanted: 'given a command that is a list of texts', found: shown(command), remedy: 'Write numbers in quotes, too.',
  });
}

function checkPort(port: PortRef | undefined, container: Container, field: string, problems: Problem[]): void {
  const named = (container.ports ?? []).map((one) => one.name);
  const right = typeof port === 'number' ? port >= 1 && port <= 65535 : port !== undefined && named.includes(port);
  if (right) return;
  problems.push({
    id: 'missing-port', field, wanted: 'given a port from 1 to 65535, or the name of one of the container\'s ports', found: port === undefined ? 'none' : shown(port),
    remedy: 'Say which port the probe asks.',
  });
}
