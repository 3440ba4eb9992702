import type { Probe } from '../manifest/types';
import type { ContainerStartup, RolloutPlan } from '../plan/rollout-plan';
import { hanging } from './text';

const KINDS = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

/** Each probe that is written or removed, and why, as lines; none where all stay as they are. */
export function explainProbes({ startup }: RolloutPlan): readonly string[] {
  const lines = startup.containers.flatMap(probesOf);
  return lines.length === 0 ? [] : ['Probes:', ...lines];
}

function probesOf(container: ContainerStartup): readonly string[] {
  return KINDS.flatMap((kind) => {
    const planned = container[kind];
    if (!planned) return [];
    const what = planned.probe ? probeText(planned.probe) : 'removed';
    return [...hanging('  ', `${kind} of ${container.name}: ${what}`), ...hanging('    ', planned.reason)];
  });
}

function probeText(probe: Probe): string {
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, successThreshold, failureThreshold, terminationGracePeriodSeconds } = probe;
  return [
    mechanismText(probe),
    initialDelaySeconds && `first after ${initialDelaySeconds} s`,
    periodSeconds && `every ${periodSeconds} s`,
    timeoutSeconds && `timeout ${timeoutSeconds} s`,
    successThreshold && successThreshold > 1 && `${successThreshold} successes in a row`,
    failureThreshold && `failed after ${failureThreshold} in a row`,
    terminationGracePeriodSeconds && `grace ${terminationGracePeriodSeconds} s`,
  ].filter(Boolean).join(', ');
}

function mechanismText({ httpGet, tcpSocket, exec, grpc }: Probe): string {
  if (httpGet) return `GET ${httpGet.path ?? '/'} on port ${httpGet.port}`;
  if (tcpSocket) return `TCP on port ${tcpSocket.port}`;
  if (grpc) return `gRPC on port ${grpc.port}`;
  return exec ? `exec ${JSON.stringify(exec.command ?? [])}` : 'no check';
}
