import { parseIntOrPercent } from '../budget/fenceposts';
import { PLATFORMS, tryFindPlatform } from '../budget/ceilings';
import { Problem, shown } from '../problem';
import type { ContainerOptions, GracefulOptions } from './options';

/** A year. ours: a longer time is a mistake of unit; it also keeps every sum far from the limits of Kubernetes' integers. */
const LONGEST_SECONDS = 31_536_000;

/** Smallest value of each number an author may give, by its name; the unit is in the name. */
const SMALLEST: Readonly<Record<string, number>> = {
  longestRequestSeconds: 0, closeNoticeSeconds: 0, marginSeconds: 0, soakSeconds: 0, minReadySeconds: 0, progressDeadlineSeconds: 1,
  terminationGracePeriodSeconds: 1, scheduleSeconds: 0, drainSeconds: 0, slowestStartSeconds: 0, longestSeconds: 0, longestSessionSeconds: 1,
  handOverSeconds: 1, heartbeatSeconds: 1, successes: 2, periodSeconds: 1, failureThreshold: 1, timeoutSeconds: 1, delaySeconds: 0,
  registrationSeconds: 0, idleTimeoutSeconds: 1, intervalSeconds: 1, healthyThreshold: 1, unhealthyThreshold: 1, ceilingSeconds: 0, nodes: 1,
};

/** The words an option may have. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  onSigterm: ['drains', 'exits', 'ignores'],
  pace: ['one-by-one', 'half'],
  mode: ['in-cluster', 'cluster', 'local', 'eni', 'ingress'],
  role: ['serves', 'proxy', 'helper'],
  runs: ['before-wait', 'after-wait'],
  holds: ['traffic', 'rollout'],
};

const FLAGS = new Set(['shell', 'spread', 'defaultReadinessProbe', 'readinessGate', 'native', 'required']);
const TEXTS = new Set(['kubernetes', 'service', 'provider', 'backendLabel', 'path', 'name', 'key', 'value']);
const CONTAINERS = new Set(['drainEndpoint', 'preStopHook', 'warmUp', 'liveness', 'containers', 'injectedSidecars', 'longConnection', 'traffic',
  'healthCheck', 'platforms', 'inPlace', 'nodeLabel', 'endpoint']);
const PORTS = new Set(['port']);
const SHARES = new Set(['maxSurge', 'maxUnavailable']);

/**
 * Options with everything unusable left out, so that a plan can go on and find the rest of the problems; each thing left out is
 * a problem.
 */
export function soundOptions(options: GracefulOptions, problems: Problem[]): GracefulOptions {
  const sound = soundObject(options as Readonly<Record<string, unknown>>, '', problems) as GracefulOptions;
  checkContradictions(sound, problems);
  return sound;
}

function soundObject(given: Readonly<Record<string, unknown>>, path: string, problems: Problem[]): Record<string, unknown> {
  const sound: Record<string, unknown> = {};
  for (const key in given) {
    const value = given[key];
    if (value === undefined) continue;
    const kept = soundValue(key, value, `${path}${key}`, problems);
    if (kept !== undefined) sound[key] = kept;
  }
  return sound;
}

function soundValue(key: string, value: unknown, field: string, problems: Problem[]): unknown {
  if (key in SMALLEST) return soundNumber(key, value, field, problems);
  const wanted = wantedOf(key, value);
  if (wanted !== undefined) {
    const remedy = wanted === KNOWN_OPTION ? 'Look for a misspelt name, or leave it out.' : 'Give one of these, or leave it out.';
    problems.push({ id: wanted === KNOWN_OPTION ? 'unknown-option' : 'wrong-option', field, wanted, found: shown(value), remedy });
    return undefined;
  }
  if (!CONTAINERS.has(key)) return value;
  if (Array.isArray(value)) return value.map((one, index) => soundEntry(one, `${field}[${index}].`, problems));
  // The names of containers are the author's own, so they are no options.
  if (key === 'containers') {
    return Object.fromEntries(Object.entries(value as object).map(([name, one]) => [name, soundEntry(one, `${field}.${name}.`, problems)]));
  }
  return soundEntry(value, `${field}.`, problems);
}

function soundEntry(value: unknown, path: string, problems: Problem[]): unknown {
  return typeof value === 'object' && value !== null ? soundObject(value as Record<string, unknown>, path, problems) : value;
}

const KNOWN_OPTION = 'the name of an option';

/** What a value must be, or undefined when it is. */
function wantedOf(key: string, value: unknown): string | undefined {
  if (key in WORDS) return WORDS[key].includes(value as string) ? undefined : `one of ${WORDS[key].map((word) => `'${word}'`).join(', ')}`;
  if (FLAGS.has(key)) return typeof value === 'boolean' ? undefined : 'true or false';
  if (TEXTS.has(key)) return typeof value === 'string' && value !== '' ? undefined : 'a text that is not empty';
  if (PORTS.has(key)) return isPort(value) ? undefined : 'a port number from 1 to 65535, or the name of a port';
  if (SHARES.has(key)) return parseIntOrPercent(value) ? undefined : 'a whole number >= 0, or a percentage such as \'25%\'';
  if (key === 'command') return Array.isArray(value) && value.length > 0 && value.every((word) => typeof word === 'string') ? undefined : 'a list of texts';
  if (CONTAINERS.has(key)) return typeof value === 'object' && value !== null ? undefined : 'an object or a list';
  return KNOWN_OPTION;
}

function soundNumber(key: string, value: unknown, field: string, problems: Problem[]): number | undefined {
  const smallest = SMALLEST[key];
  if (typeof value === 'number' && Number.isInteger(value) && value >= smallest && value <= LONGEST_SECONDS) return value;
  const inSeconds = key.endsWith('Seconds');
  problems.push({
    id: 'wrong-number', field, found: shown(value),
    wanted: `a whole number ${inSeconds ? 'of seconds ' : ''}from ${smallest} to ${LONGEST_SECONDS}`,
    remedy: typeof value === 'string' ? 'Give it as a number, without quotes.' : 'Give a number in this range, or leave it out.',
  });
  return undefined;
}

function isPort(value: unknown): boolean {
  if (typeof value === 'string') return /^(?=.*[a-z])[a-z0-9]([a-z0-9-]{0,13}[a-z0-9])?$/.test(value);
  return typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 65535;
}

function checkContradictions(options: GracefulOptions, problems: Problem[]): void {
  const long = options.longConnection;
  if (long && (long.longestSessionSeconds === undefined) === (long.handOverSeconds === undefined)) {
    problems.push({
      id: 'contradicting-options', field: 'longConnection', wanted: 'either longestSessionSeconds or handOverSeconds', found: shown(long),
      remedy: 'Give the longest session where pods wait for their clients, or the time to move where clients go to another pod.',
    });
  }
  if (options.kubernetes !== undefined && !/^1\.\d{1,3}$/.test(options.kubernetes)) {
    problems.push({
      id: 'wrong-option', field: 'kubernetes', wanted: 'a version such as \'1.30\'', found: shown(options.kubernetes),
      remedy: 'Give the older of control plane and nodes, or leave it out.',
    });
  }
  for (const platform of options.platforms ?? []) {
    if (typeof platform === 'string' && !tryFindPlatform(platform)) {
      problems.push({
        id: 'unknown-platform', field: 'platforms', wanted: `one of ${PLATFORMS.map(({ id }) => id).join(', ')}`, found: shown(platform),
        remedy: 'Give { name, ceilingSeconds } for any other.',
      });
    }
  }
  const entries: [string, ContainerOptions][] = [['', options], ...Object.entries(options.containers ?? {})];
  for (const [name, container] of entries) checkContainer(name && `containers.${name}.`, container, problems);
}

function checkContainer(path: string, options: ContainerOptions, problems: Problem[]): void {
  if (options.onSigterm && options.onSigterm !== 'drains' && options.closeNoticeSeconds) {
    problems.push({
      id: 'contradicting-options', field: `${path}closeNoticeSeconds`, found: shown(options.closeNoticeSeconds),
      wanted: `0 as onSigterm is '${options.onSigterm}': only an application that drains goes on to answer after SIGTERM`,
      remedy: 'Leave it out, or say that the application drains.',
    });
  }
  const { warmUp } = options;
  if (warmUp?.command && !options.shell) {
    problems.push({
      id: 'needs-shell', field: `${path}warmUp.command`, wanted: 'used with shell: true, since a shell repeats the command', found: shown(warmUp.command),
      remedy: 'Say shell: true if the image has one, or give the application\'s own start-up endpoint.',
    });
  }
  if (warmUp?.endpoint && warmUp.command) {
    problems.push({
      id: 'contradicting-options', field: `${path}warmUp`, wanted: 'either an endpoint or a command', found: shown(warmUp),
      remedy: 'Keep the endpoint: it needs no shell.',
    });
  }
}
