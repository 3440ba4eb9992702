import type { Figure } from '../figure';
import type { Probe } from '../manifest/types';
import type { ContainerStartup, ProbeFigures, RolloutPlan } from '../plan/rollout-plan';
import { hanging } from './text';

const KINDS = ['startupProbe', 'readinessProbe', 'livenessProbe'] as const;
const ENDS = { startupProbe: 'a container that never starts is told to end', livenessProbe: 'a container that hangs is gone, and may start again,', readinessProbe: '' };

/** Each probe that is written or removed, and why, as lines; none where all stay as they are. */
export function explainProbes({ startup }: RolloutPlan): readonly string[] {
  const lines = startup.containers.flatMap(probesOf);
  return lines.length === 0 ? [] : ['Probes:', ...lines];
}

function probesOf(container: ContainerStartup): readonly string[] {
  return KINDS.flatMap((kind) => {
    const planned = container[kind];
    if (!planned) return [];
    const { probe, reason, figures, ends } = planned;
    return [
      ...hanging('  ', `${kind} of ${container.name}: ${probe ? probeText(probe) : 'removed'}`),
      ...hanging('    ', reason),
      ...ends ? hanging('    ', `${ENDS[kind]} after ${ends.value} s at most: ${secondsOf(ends)}`) : [],
      ...sourcesOf(figures).flatMap((line) => hanging('    ', line)),
    ];
  });
}

function secondsOf({ parts }: Figure): string {
  return parts.map(({ label, value }) => `${value} s (${label})`).join(' + ');
}

/** Numbers with one source share a line; a sum has its own. */
function sourcesOf(figures: ProbeFigures = {}): readonly string[] {
  const bySource = new Map<string, string[]>();
  const sums: string[] = [];
  for (const [name, figure] of Object.entries(figures)) {
    const [only, ...others] = figure.parts;
    if (others.length === 0) bySource.set(only.source, [...bySource.get(only.source) ?? [], name]);
    else sums.push(`${name} = ${figure.parts.map(({ label, value, source }) => `${value} (${label}; ${source})`).join(' + ')}`);
  }
  return [...[...bySource].map(([source, names]) => `${names.join(', ')}: ${source}`), ...sums];
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
