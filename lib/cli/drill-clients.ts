import type { ClientOptions } from '../drill';
import type { FlagReader, Values } from './flag-reader';

/** A client, and the flags that said its options. */
export interface FlaggedClient {
  readonly client: ClientOptions;
  readonly flags: Readonly<Record<string, string>>;
}

/** Flags that say more of a client, and those of which one must be there. */
const NEEDS: readonly (readonly [flag: keyof Values, needed: readonly (keyof Values)[]])[] = [
  ['slow-path', ['slow']], ['slow-ms', ['slow']], ['stream-path', ['stream']], ['websocket-path', ['websocket']], ['goodbye', ['stream', 'websocket']],
  ['path', ['new', 'reused', 'idle', 'http2']],
];
const CLIENTS = ['new', 'reused', 'idle', 'http2', 'slow', 'stream', 'websocket'] as const;

/** The clients that the flags name, else a small load of new and reused connections. */
export function clientsOf(read: FlagReader): FlaggedClient[] {
  const { values } = read;
  const has = (flag: keyof Values) => values[flag] !== undefined;
  const some = CLIENTS.some(has);
  for (const [flag, needed] of NEEDS) {
    const holds = !has(flag) || needed.some(has) || (flag === 'path' && !some);
    read.must(holds, `--${flag}`, `given with ${needed.map((name) => `--${name}`).join(' or ')}`, values[flag]);
  }
  const path = read.given({ path: values.path });
  if (!some) {
    const flags = { path: '--path' };
    return (['new', 'reused'] as const).map((kind) => ({ client: { kind, ratePerSecond: 20, ...path }, flags }));
  }
  return [...paced(read, path), ...held(read)];
}

function paced(read: FlagReader, path: { readonly path?: string }): FlaggedClient[] {
  const { values } = read;
  const requestMs = read.number('slow-ms');
  const slowPath = values['slow-path'];
  const of = (flag: 'new' | 'reused' | 'http2' | 'slow', more: object): FlaggedClient[] => {
    const ratePerSecond = read.number(flag);
    const flags = { ratePerSecond: `--${flag}`, requestMs: '--slow-ms', path: flag === 'slow' ? '--slow-path' : '--path' };
    return ratePerSecond === undefined ? [] : [{ client: { kind: flag, ratePerSecond, ...more } as ClientOptions, flags }];
  };
  const idle = (values.idle ?? []).map((text): FlaggedClient => {
    const idleSeconds = read.numberIn('idle', text);
    return { client: { kind: 'reused', name: `idle ${text} s`, ratePerSecond: 1, idleSeconds, ...path }, flags: { idleSeconds: '--idle', path: '--path' } };
  });
  return [...of('new', path), ...of('reused', path), ...idle, ...of('http2', path), ...of('slow', read.given({ requestMs, path: slowPath }))];
}

function held(read: FlagReader): FlaggedClient[] {
  const { values } = read;
  return (['stream', 'websocket'] as const).flatMap((kind): FlaggedClient[] => {
    const connections = read.number(kind);
    const flags = { connections: `--${kind}`, path: `--${kind}-path`, goodbye: '--goodbye' };
    return connections === undefined ? [] : [{ client: { kind, connections, ...read.given({ path: values[`${kind}-path`], goodbye: values.goodbye }) }, flags }];
  });
}
