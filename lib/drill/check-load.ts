import { InvalidInput, InvalidInputError } from '../core';
import { poolSize, ReusedClientOptions } from './clients/reused';
import type { ClientOptions, LoadOptions } from './load';

const MOST_REQUESTS = 10_000_000;

/** Something that must be so. */
export interface Check extends InvalidInput {
  readonly holds: boolean;
}

/**
 * Refuses a load without an address, without clients or without bounds.
 *
 * The bounds are ours: 5,000 a second and two hours are more than a drill needs and less than an attack, and ten million requests, each
 * of which is kept, fit into the memory that Node.js takes by itself.
 *
 * @throws {InvalidInputError} One line a problem, all at once.
 */
export function checkLoad(options: LoadOptions): void {
  const problems = loadProblems(options);
  if (problems.length > 0) throw new InvalidInputError('start the load', problems);
}

/** All that is wrong with a load. */
export function loadProblems(options: LoadOptions): InvalidInput[] {
  const { address, clients, timeoutSeconds, maxSeconds } = options;
  const names = clients.map((client) => client.name ?? client.kind);
  const requests = clients.reduce((sum, client) => sum + ('ratePerSecond' in client ? client.ratePerSecond : 0), 0) * (maxSeconds ?? 600);
  return failing([
    check('address', 'http://host[:port]', address, /^http:\/\/[^/\s]+\/?$/.test(address) && URL.canParse(address)),
    check('clients', 'at least one', clients, clients.length > 0),
    check('clients', 'clients of different names', names, new Set(names).size === names.length),
    range('timeoutSeconds', timeoutSeconds, 0.01, 600),
    range('maxSeconds', maxSeconds, 1, 7200),
    check('clients', `of at most ${MOST_REQUESTS} requests within maxSeconds, the drill's time`, requests, !(requests > MOST_REQUESTS)),
    ...clients.flatMap((client, i) => clientChecks(client, `clients[${i}]`)),
  ]);
}

/** Without those that hold. */
export function failing(checks: readonly Check[]): InvalidInput[] {
  return checks.filter(({ holds }) => !holds).map(({ field, wanted, found }) => ({ field, wanted, found }));
}

function clientChecks(client: ClientOptions, field: string): Check[] {
  return [
    ...('ratePerSecond' in client ? [range(`${field}.ratePerSecond`, client.ratePerSecond, 0.01, 5000)] : []),
    ...('connections' in client ? [range(`${field}.connections`, client.connections, 1, 5000, true)] : []),
    ...('idleSeconds' in client ? idleChecks(client, field) : []),
    ...('requestMs' in client ? [range(`${field}.requestMs`, client.requestMs, 0, 600_000)] : []),
    ...('goodbye' in client ? [check(`${field}.goodbye`, 'at least one character', client.goodbye, client.goodbye !== '')] : []),
    // What begins with two of them names another host.
    check(`${field}.path`, 'a path that begins with one /', client.path, client.path === undefined || /^\/(?![/\\])/.test(client.path)),
  ];
}

function idleChecks(client: ReusedClientOptions, field: string): Check[] {
  const { connections, idleSeconds } = client;
  return [
    range(`${field}.idleSeconds`, idleSeconds, 0.01, 600),
    check(`${field}.idleSeconds`, 'left out where connections is given', idleSeconds, idleSeconds === undefined || connections === undefined),
    check(`${field}.idleSeconds`, 'at most 5000 / ratePerSecond, as each connection is one of 5,000', idleSeconds, !(poolSize(client) > 5000)),
  ];
}

function check(field: string, wanted: string, found: unknown, holds: boolean): Check {
  return { field, wanted, found, holds };
}

/** Whether a number is left out, or within its bounds. */
export function range(field: string, value: number | undefined, least: number, most: number, whole = false): Check {
  const holds = value === undefined || (value >= least && value <= most && (!whole || Number.isInteger(value)));
  return check(field, `a ${whole ? 'whole ' : ''}number from ${least} to ${most}`, value, holds);
}
