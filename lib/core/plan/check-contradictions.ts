import { Problem, shown } from '../problem';
import type { ContainerOptions, GracefulOptions, TrafficOptions } from './options';

/** Options that are each right, but not together. */
export function checkContradictions(options: GracefulOptions, problems: Problem[]): void {
  const { longConnection: long, containers, traffic } = options;
  if (long && (long.longestSessionSeconds === undefined) === (long.handOverSeconds === undefined)) {
    problems.push({
      id: 'contradicting-options', field: 'longConnection', wanted: 'either longestSessionSeconds or handOverSeconds', found: shown(long),
      remedy: 'Give the longest session where pods wait for their clients, or the time to move where clients go to another pod.',
    });
  }
  checkContainer('', options, options, problems);
  for (const name in containers) checkContainer(`containers.${name}.`, containers[name], options, problems);
  for (const entry of traffic ?? []) checkTraffic(entry, problems);
}

/** What a container does not say itself, stands beside `containers`. */
function checkContainer(path: string, options: ContainerOptions, main: GracefulOptions, problems: Problem[]): void {
  const contradicting = (field: string, wanted: string, found: unknown, remedy: string) =>
    problems.push({ id: 'contradicting-options', field: `${path}${field}`, wanted, found: shown(found), remedy });
  const onSigterm = options.onSigterm ?? main.onSigterm ?? 'drains';
  if (onSigterm !== 'drains' && options.closeNoticeSeconds) {
    contradicting('closeNoticeSeconds', `0 as onSigterm is '${onSigterm}': only an application that drains goes on to answer after SIGTERM`,
      options.closeNoticeSeconds, 'Leave it out, or say that the application drains.');
  }
  const serves = (options.role ?? 'serves') === 'serves';
  if (serves && options.onSigterm !== undefined && onSigterm !== 'drains' && main.longConnection?.handOverSeconds !== undefined) {
    contradicting('onSigterm', '\'drains\' beside longConnection.handOverSeconds, as clients are told to move on SIGTERM',
      options.onSigterm, 'Give longestSessionSeconds instead, or let the application tell its clients.');
  }
  if (options.drainEndpoint && options.preStopHook) {
    contradicting('drainEndpoint', 'absent beside preStopHook: a container has one preStop hook', options.drainEndpoint, 'Keep one of the two.');
  }
  const { warmUp } = options;
  if (warmUp?.command && !(options.shell ?? main.shell)) {
    problems.push({
      id: 'needs-shell', field: `${path}warmUp.command`, wanted: 'used with shell: true, since a shell repeats the command', found: shown(warmUp.command),
      remedy: 'Say shell: true if the image has one, or give the application\'s own start-up endpoint.',
    });
  }
  if (warmUp?.endpoint && warmUp.command) {
    contradicting('warmUp', 'either an endpoint or a command', warmUp, 'Keep the endpoint: it needs no shell.');
  } else if (warmUp?.holds === 'rollout' && (warmUp.endpoint || warmUp.command)) {
    contradicting('warmUp.holds', '\'traffic\', as an endpoint or a command always holds back the traffic', warmUp.holds, 'Leave it out, or leave out the endpoint or command.');
  }
}

/** Options of a load balancer do nothing where there is none that we know. */
const OF_A_BALANCER = ['provider', 'healthCheck', 'idleTimeoutSeconds', 'backendLabel'] as const;

function checkTraffic(entry: TrafficOptions, problems: Problem[]): void {
  if (entry.mode !== 'in-cluster' && entry.mode !== 'ingress') return;
  for (const option of OF_A_BALANCER) {
    if (entry[option] === undefined) continue;
    problems.push({
      id: 'contradicting-options', field: `traffic.${option} of Service/${entry.service}`, found: shown(entry[option]),
      wanted: `absent in mode '${entry.mode}', which has no load balancer of its own`, remedy: 'Leave it out, or correct the mode.',
    });
  }
}
