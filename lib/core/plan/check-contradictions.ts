import { Problem, shown } from '../problem';
import type { ContainerOptions, GracefulOptions } from './options';

/** Options that are each right, but not together. */
export function checkContradictions(options: GracefulOptions, problems: Problem[]): void {
  const { longConnection: long, containers } = options;
  if (long && (long.longestSessionSeconds === undefined) === (long.handOverSeconds === undefined)) {
    problems.push({
      id: 'contradicting-options', field: 'longConnection', wanted: 'either longestSessionSeconds or handOverSeconds', found: shown(long),
      remedy: 'Give the longest session where pods wait for their clients, or the time to move where clients go to another pod.',
    });
  }
  checkContainer('', options, options, problems);
  for (const name in containers) checkContainer(`containers.${name}.`, containers[name], options, problems);
  if (options.inPlace?.required && options.spread === false) {
    problems.push({
      id: 'contradicting-options', field: 'spread', wanted: 'left out beside inPlace.required, as all pods may land on one of the labelled nodes without it', found: 'false',
      remedy: 'Leave one of the two out.',
    });
  }
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
