import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Action, applies, Group, SoFar, Subject, Way } from './cells';

/** What one client sent while something was under way, and what it lost. */
export interface Counts {
  readonly sent: number;
  readonly lost: number;
  readonly lostBy?: Readonly<Record<string, number>>;
}

/** One drill of one cell: a line of the committed data. */
export interface Run {
  /** Id of the setting. */
  readonly setting: string;
  readonly subject: Subject;
  readonly way: Way;
  readonly action: Action;
  /** When it began, ISO 8601. */
  readonly at: string;
  /** From the first deletion to the last pod gone. */
  readonly windowSeconds: number;
  /** Of what was on its way in the window. */
  readonly clients: Readonly<Record<Kind, Counts>>;
  /** Everything that was sent, the quiet time around it included. */
  readonly whole: Counts;
  /** The longest time by which the clients themselves sent something late. */
  readonly latestMs: number;
  /** How long a pod that nothing happened to took to answer meanwhile, at worst. @default - there was none */
  readonly canaryMs?: number;
  /** From a pod's deletion to the last new connection that reached it. @default - none did */
  readonly delaySeconds?: number;
  /** The first reasons, as people read them. @default - nothing was lost */
  readonly because?: readonly string[];
  /** Commit of what was measured. @default - not noted: the run is from before it was */
  readonly commit?: string;
  /** Why it counts no more. @default - it counts */
  readonly superseded?: string;
}

/** Kinds of clients; both of HTTP and WebSocket are `streams`. */
export const KINDS = ['new', 'reused', 'slow', 'streams', 'http2'] as const;
export type Kind = typeof KINDS[number];

/** All that was measured, and with what. */
export interface Data {
  readonly command: string;
  readonly versions: Readonly<Record<string, string>>;
  readonly runs: readonly Run[];
  /** Runs of ours that lost something and were measured anew once the reason was found: told, and counted no more. @default - none */
  readonly superseded?: readonly Run[];
}

/** Where the data stands. */
export const DATA_FILE = join(__dirname, '..', '..', 'docs', 'matrix.json');

/** Reads the data; without a file there is none yet. */
export function readData(file = DATA_FILE): Data {
  if (!existsSync(file)) return { command: 'npm run matrix', versions: {}, runs: [] };
  return JSON.parse(readFileSync(file, 'utf8')) as Data;
}

/** Writes the data, a run a line, in an order of its own, so that a run more is a line more. */
export function writeData({ command, versions, runs, superseded = [] }: Data, file = DATA_FILE): void {
  const listed = (some: readonly Run[]) => `[\n${[...some].sort(inOrder).map((run) => `    ${JSON.stringify(run)}`).join(',\n')}\n  ]`;
  const fields = [
    `"command": ${JSON.stringify(command)}`, `"versions": ${JSON.stringify(versions)}`, `"runs": ${listed(runs)}`, `"superseded": ${listed(superseded)}`,
  ];
  writeFileSync(`${file}.new`, `{\n  ${fields.join(',\n  ')}\n}\n`);
  renameSync(`${file}.new`, file); // whole, whenever it is interrupted
}

function inOrder(a: Run, b: Run): number {
  return keyOf(a).localeCompare(keyOf(b)) || a.at.localeCompare(b.at);
}

/** The cell of a run: `clb-3s/ours/eni/roll`. */
export function keyOf({ setting, subject, way, action }: Pick<Run, 'setting' | 'subject' | 'way' | 'action'>): string {
  return [setting, subject, way, action].join('/');
}

/** Several runs of a cell, or of several cells, as one. */
export function sumOfRuns(runs: readonly Run[], kind: Kind): Counts {
  const counts = runs.map(({ clients }) => clients[kind]);
  return { sent: counts.reduce((sum, { sent }) => sum + sent, 0), lost: counts.reduce((sum, { lost }) => sum + lost, 0) };
}

/** What each paced kind of client has to send in the disruptions of a cell of ours. */
export const LEAST_REQUESTS = 3000;
export const PACED = ['new', 'reused', 'http2'] as const satisfies readonly Kind[];

/** What was measured of a cell; runs from before `since` do not count. */
export function soFarOf(key: string, runs: readonly Run[], since = ''): SoFar {
  const ofCell = runs.filter((run) => keyOf(run) === key && run.at >= since);
  return { runs: ofCell.length, sent: Math.min(...PACED.map((kind) => sumOfRuns(ofCell, kind).sent)) };
}

/** The cells that were not measured as often as they have to be, or by too few requests; runs from before `since` do not count. */
export function lackingOf(groups: readonly Group[], runs: readonly Run[], since = ''): ReadonlySet<string> {
  return new Set(groups.flatMap((group) => cellsOf(group).filter((key) => {
    const done = soFarOf(key, runs, since);
    return group.requests !== undefined && done.sent < LEAST_REQUESTS || done.runs < group.runs;
  })));
}

/** The cells of a group. */
export function cellsOf({ setting, subject, ways, actions }: Group): readonly string[] {
  return ways.flatMap((way) => actions.filter((action) => applies(way, action))
    .map((action) => keyOf({ setting: setting.id, subject, way, action })));
}
