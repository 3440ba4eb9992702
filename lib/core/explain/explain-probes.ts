import { latestKillSeconds, restartOutageSeconds } from '../budget/startup';
import type { Probe } from '../manifest/types';
import type { ContainerStartup, RolloutPlan, ShutdownPlan } from '../plan/rollout-plan';
import { hanging } from './text';

const KINDS = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;

/** Each probe that is written or removed, and why, as lines; none where all stay as they are. */
export function explainProbes({ startup, shutdown }: RolloutPlan): readonly string[] {
  const lines = startup.containers.flatMap((container) => probesOf(container, shutdown));
  return lines.length === 0 ? [] : ['Probes:', ...lines];
}

function probesOf(container: ContainerStartup, shutdown: ShutdownPlan): readonly string[] {
  return KINDS.flatMap((kind) => {
    const planned = container[kind];
    if (!planned) return [];
    const what = planned.probe ? probeText(planned.probe) : 'removed';
    const costs = planned.probe ? costsOf(kind, planned.probe, container.name, shutdown) : [];
    return [...hanging('  ', `${kind} of ${container.name}: ${what}`), ...hanging('    ', planned.reason), ...costs];
  });
}

/** What a probe that ends its container makes of one that never starts, or hangs. */
function costsOf(
  kind: typeof KINDS[number], probe: Probe, name: string, { containers, terminationGracePeriodSeconds }: ShutdownPlan,
): readonly string[] {
  if (kind === 'readinessProbe') return [];
  if (kind === 'startupProbe') return hanging('    ', `a container that never starts is told to end after ${latestKillSeconds(probe)} s at most`);
  const waitSeconds = containers.find((one) => one.name === name)?.wait.value ?? 0;
  const graceSeconds = terminationGracePeriodSeconds.value;
  // What hangs may not hear SIGTERM either, so it takes all the grace that it gets.
  const times = { waitSeconds, drainSeconds: graceSeconds, graceSeconds };
  return hanging('    ', `a container that hangs is gone, and may start again, after ${restartOutageSeconds(probe, times)} s at most`);
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
