import { parseArgs } from 'node:util';
import type { ClientOptions, DrillAction, DrillOptions, KubectlOptions } from '../drill';
import { numberOf, wrongUsage } from './wrong-usage';

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
  'from': STRING, 'stream-path': STRING, 'websocket': STRING, 'websocket-path': STRING, 'path': STRING, 'request-timeout': STRING, 'allow': STRING,
  'timeout': STRING, 'quiet': STRING, 'json': STRING, 'html': STRING, 'svg': STRING, 'options': STRING,
} as const;

type Values = ReturnType<typeof parse>['values'];
const parse = (args: readonly string[]) => parseArgs({ args: [...args], options: FLAGS, allowPositionals: true });

/**
 * Reads the command line of `kube-graceful drill`.
 *
 * @throws {InvalidInputError} If it does not say enough, or something that cannot be meant.
 */
export function parseDrill(args: readonly string[]): DrillCommand {
  const { values, positionals } = parse(args);
  if (positionals.length !== 1) throw wrongUsage('DEPLOYMENT', 'one name', positionals);
  if (values.address === undefined) throw wrongUsage('--address', 'http://host[:port]', undefined);
  const timeoutSeconds = optional('--request-timeout', values['request-timeout']);
  const { json, html, svg } = values;
  return {
    drill: {
      deployment: positionals[0].replace(/^deployments?\//i, ''),
      ...clusterOf(values),
      action: actionOf(values),
      load: { address: values.address, clients: clientsOf(values), ...given({ timeoutSeconds }) },
      ...given({ loadFrom: values.from === undefined ? undefined : ['sh', '-c', values.from] }),
      ...given({ timeoutSeconds: optional('--timeout', values.timeout), quietSeconds: optional('--quiet', values.quiet) }),
    },
    yes: values.yes ?? false,
    allowedLost: optional('--allow', values.allow) ?? 0,
    ...given({ manifestFile: values.manifest, optionsJson: values.options }),
    files: given({ json, html, svg }),
  };
}

/** An empty name, such as of a variable that is not set, would be the current context to kubectl, and that nobody has named. */
function clusterOf({ context, kubeconfig, namespace }: Values): KubectlOptions {
  if (context === '') throw wrongUsage('--context', 'a name', context);
  if (kubeconfig === '') throw wrongUsage('--kubeconfig', 'a file', kubeconfig);
  if (namespace === '') throw wrongUsage('--namespace', 'a name', namespace);
  return given({ context, kubeconfig, namespace });
}

function actionOf(values: Values): DrillAction {
  const { node, pod, command } = values;
  const kind = values.action ?? (command === undefined ? 'roll' : 'command');
  switch (kind) {
    case 'roll': case 'roll-back': case 'two-rolls': return { kind };
    case 'never-ready': return { kind, ...given({ forSeconds: optional('--for', values.for) }) };
    case 'drain-node': return { kind, ...given({ node }) };
    case 'scale-in': return { kind, ...given({ toReplicas: optional('--to-replicas', values['to-replicas']) }) };
    case 'delete-pod': return { kind, ...given({ pod }) };
    case 'command': {
      if (command === undefined) throw wrongUsage('--command', 'what is to be run', undefined);
      return { kind, command };
    }
    default: throw wrongUsage('--action', 'roll, roll-back, never-ready, two-rolls, drain-node, scale-in, delete-pod or command', kind);
  }
}

function clientsOf(values: Values): ClientOptions[] {
  const path = given({ path: values.path });
  const rate = (name: 'new' | 'reused' | 'http2' | 'slow') => optional(`--${name}`, values[name]);
  const count = (name: 'stream' | 'websocket') => optional(`--${name}`, values[name]);
  const requestMs = optional('--slow-ms', values['slow-ms']);
  const of = <T>(value: number | undefined, make: (value: number) => T): T[] => (value ? [make(value)] : []);
  const clients: ClientOptions[] = [
    ...of(rate('new'), (ratePerSecond) => ({ kind: 'new' as const, ratePerSecond, ...path })),
    ...of(rate('reused'), (ratePerSecond) => ({ kind: 'reused' as const, ratePerSecond, ...path })),
    ...(values.idle ?? []).map((text): ClientOptions =>
      ({ kind: 'reused', name: `idle ${text} s`, ratePerSecond: 1, idleSeconds: numberOf('--idle', text), ...path })),
    ...of(rate('http2'), (ratePerSecond) => ({ kind: 'http2' as const, ratePerSecond, ...path })),
    ...of(rate('slow'), (ratePerSecond) => ({ kind: 'slow' as const, ratePerSecond, ...given({ requestMs, path: values['slow-path'] }) })),
    ...of(count('stream'), (connections) => ({ kind: 'stream' as const, connections, ...given({ path: values['stream-path'] }) })),
    ...of(count('websocket'), (connections) => ({ kind: 'websocket' as const, connections, ...given({ path: values['websocket-path'] }) })),
  ];
  if (clients.length > 0) return clients;
  return [{ kind: 'new', ratePerSecond: 20, ...path }, { kind: 'reused', ratePerSecond: 20, ...path }];
}

function optional(flag: string, text: string | undefined): number | undefined {
  return text === undefined ? undefined : numberOf(flag, text);
}

/** Without what is undefined. */
function given<T extends object>(fields: T): { [K in keyof T]?: NonNullable<T[K]> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as { [K in keyof T]?: NonNullable<T[K]> };
}
