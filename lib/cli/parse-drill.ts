import { parseArgs } from 'node:util';
import { InvalidInput, InvalidInputError } from '../core';
import { DrillOptions, drillProblems } from '../drill';
import { actionOf } from './drill-action';
import { clientsOf, FlaggedClient } from './drill-clients';
import { flagReader, FlagReader } from './flag-reader';

/** What the command line of a drill says. */
export interface DrillCommand {
  readonly drill: DrillOptions;
  readonly yes: boolean;
  readonly allowedLost: number;
  /** File of the manifest to roll to; its text is not read yet. @default - a restart */
  readonly manifestFile?: string;
  /** Options of the plan as JSON. @default - as the workload's annotation says */
  readonly optionsJson?: string;
  /** Files to write, by what they are. */
  readonly files: Readonly<Partial<Record<'json' | 'html' | 'svg', string>>>;
}

const STRING = { type: 'string' } as const;
/** The flags of `kube-graceful drill`. */
export const FLAGS = {
  'address': STRING, 'context': STRING, 'kubeconfig': STRING, 'namespace': STRING, 'yes': { type: 'boolean' }, 'action': STRING,
  'manifest': STRING, 'for': STRING, 'node': STRING, 'to-replicas': STRING, 'pod': STRING, 'command': STRING, 'new': STRING, 'reused': STRING,
  'idle': { type: 'string', multiple: true }, 'http2': STRING, 'slow': STRING, 'slow-path': STRING, 'slow-ms': STRING, 'stream': STRING,
  'from': STRING, 'goodbye': STRING, 'stream-path': STRING, 'websocket': STRING, 'websocket-path': STRING, 'path': STRING, 'request-timeout': STRING, 'allow': STRING,
  'timeout': STRING, 'quiet': STRING, 'json': STRING, 'html': STRING, 'svg': STRING, 'options': STRING,
} as const;

/** What stands before a name where kubectl prints it, or takes it. */
const A_DEPLOYMENT = /^(deployments?|deploy)(\.apps)?\//i;

/**
 * Reads the command line of `kube-graceful drill`.
 *
 * @throws {InvalidInputError} If it does not say enough, or something that cannot be meant: one line a problem, all at once.
 */
export function parseDrill(args: readonly string[]): DrillCommand {
  const { values, positionals } = parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });
  const read = flagReader(values);
  const deployment = (positionals[0] ?? '').replace(A_DEPLOYMENT, '');
  read.must(positionals.length === 1 && /^[^/]+$/.test(deployment), 'DEPLOYMENT', 'the name of one Deployment', positionals);
  read.must(values.address !== undefined, '--address', 'http://host[:port]', undefined);
  const clients = clientsOf(read);
  const drill = drillOf(deployment, read, clients);
  const allowedLost = read.number('allow') ?? 0;
  read.must(Number.isInteger(allowedLost) || Number.isNaN(allowedLost), '--allow', 'a whole number >= 0', values.allow);
  // What was said of a flag already is not said again by the bounds of its value.
  const outside = drillProblems(drill).map((problem) => ({ ...problem, field: flagOf(problem, clients) }))
    .filter(({ field }, i, all) => [...read.problems, ...all.slice(0, i)].every((problem) => problem.field !== field));
  const problems = [...read.problems, ...outside];
  if (problems.length > 0) throw new InvalidInputError('go on', problems);
  return {
    drill,
    yes: values.yes ?? false,
    allowedLost,
    ...read.given({ manifestFile: values.manifest, optionsJson: values.options }),
    files: read.given({ json: values.json, html: values.html, svg: values.svg }),
  };
}

function drillOf(deployment: string, read: FlagReader, clients: readonly FlaggedClient[]): DrillOptions {
  const { address = '', context, kubeconfig, namespace, from } = read.values;
  return {
    deployment,
    ...read.given({ context, kubeconfig, namespace }),
    action: actionOf(read),
    load: { address, clients: clients.map(({ client }) => client), ...read.given({ timeoutSeconds: read.number('request-timeout') }) },
    ...read.given({ loadFrom: from === undefined ? undefined : ['sh', '-c', from] }),
    ...read.given({ timeoutSeconds: read.number('timeout'), quietSeconds: read.number('quiet') }),
  };
}

const FLAG_OF: Readonly<Record<string, string>> = {
  'timeoutSeconds': '--timeout', 'quietSeconds': '--quiet', 'action.forSeconds': '--for', 'action.toReplicas': '--to-replicas',
  'load.address': '--address', 'load.timeoutSeconds': '--request-timeout', 'load.clients': 'the clients',
};

/** The flag that said what a drill cannot take. */
function flagOf({ field }: InvalidInput, clients: readonly FlaggedClient[]): string {
  const [, index, option] = /^load\.clients\[(\d+)\]\.(\w+)$/.exec(field) ?? [];
  return option ? clients[Number(index)].flags[option] ?? field : FLAG_OF[field] ?? field;
}
