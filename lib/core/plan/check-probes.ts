import type { Container, Probe } from '../manifest/types';
import { Problem, shown } from '../problem';
import { checkCommand } from './check-command';
import { checkPort } from './check-port';

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
  } else if (typeof probe.grpc?.port === 'string') {
    problems.push({
      id: 'missing-port', field, wanted: 'given a port from 1 to 65535, as a gRPC probe takes no name', found: shown(probe.grpc.port), remedy: 'Say which port is asked.',
    });
  } else if (probe.exec) checkCommand(probe.exec.command, field, problems);
  else checkPort((probe.httpGet ?? probe.tcpSocket ?? probe.grpc)?.port, container, field, problems);
}
