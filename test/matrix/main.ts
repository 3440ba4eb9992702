/**
 * The steps of `npm run matrix`, which test/matrix/run calls:
 *
 * - `plan [WORD...]` prints the clusters that are needed for what is not measured yet: seconds late, proxy
 * - `run SECONDS PROXY [WORD...]` measures what lacks on such a cluster, which stands, and writes each run into docs/matrix.json at once
 * - `page` writes docs/matrix.md and docs/matrix.svg from the data
 *
 * A WORD is the id of a setting, a subject, a way or an action; none of a kind means all of it. `--again` measures what is there already
 * anew, in place of it; `--more` beside it.
 */
import { startCanary } from './canary';
import { Action, ACTIONS, allGroups, Group, SETTINGS, SUBJECTS, Way, WAYS } from './cells';
import { isException } from './exceptions';
import { writePage } from './page';
import { Room } from './room';
import { LOAD_HERE, runGroup, versionsOf } from './run-group';
import { keyOf, KINDS, lackingOf, readData, Run, soFarOf, writeData } from './runs';

const AGAIN = '--again';
const MORE = '--more';

/** The groups that the words ask for. */
function groupsOf(words: readonly string[]): readonly Group[] {
  const kinds: readonly (readonly string[])[] = [SETTINGS.map(({ id }) => id), SUBJECTS, WAYS, ACTIONS];
  const unknown = words.filter((word) => !kinds.flat().includes(word));
  if (unknown.length > 0) {
    throw new Error(`Each word must be one of ${[...kinds.flat(), AGAIN, MORE].join(', ')}: current value is ${unknown.join(', ')}`);
  }
  const asked = kinds.map((kind) => words.some((word) => kind.includes(word)) ? kind.filter((word) => words.includes(word)) : kind);
  const [settings, subjects, ways, actions] = asked;
  return allGroups().filter(({ setting, subject }) => settings.includes(setting.id) && subjects.includes(subject)).map((group) => ({
    ...group, ways: group.ways.filter((way) => ways.includes(way)), actions: group.actions.filter((action) => actions.includes(action)),
  }));
}

/** Two processors have time for so many cells side by side: fewer where load balancers follow soon, and something is always going on. */
const placesOf = (groups: readonly Group[]) => groups.some(({ setting }) => setting.lagSeconds <= 3) ? 12 : 17;
const APART_MS = 10_000; // ours: what comes up is seconds of two processors, and so are its first clients
const VOID_RUNS = 2; // ours: who is void three times will be a fourth time

const lacks = (group: Group, since: string): ReadonlySet<string> => lackingOf([group], readData().runs, since);

/** The cluster that a setting needs; several settings may share one. */
function clusterOf({ setting: { lagSeconds, proxy } }: Group): string {
  return `${lagSeconds} ${proxy}`;
}

function plan(groups: readonly Group[], since: string): void {
  for (const cluster of new Set(groups.filter((group) => lacks(group, since).size > 0).map(clusterOf))) console.log(cluster);
}

/** A run takes the place of those of its cell from before `since`; what ours lost in them is told all the same. */
function keep(measured: Run, since: string, { commit, ...versions }: Readonly<Record<string, string>>): void {
  const data = readData();
  const isReplaced = (old: Run) => keyOf(old) === keyOf(measured) && old.at < since;
  const lost = data.runs.filter((old) => isReplaced(old) && old.subject === 'ours' && old.whole.lost > 0 && !isException(old));
  writeData({
    ...data, versions, runs: [...data.runs.filter((old) => !isReplaced(old)), { ...measured, commit }],
    superseded: [...data.superseded ?? [], ...lost.map((old) => ({ ...old, superseded: 'measured anew' }))],
  });
  const counts = KINDS.map((kind) => `${kind} ${measured.clients[kind].lost} of ${measured.clients[kind].sent}`).join(', ');
  console.log([`${new Date().toISOString().slice(11, 19)} ${keyOf(measured)}: ${counts}`, ...measured.because ?? []].join('\n    '));
}

interface Times {
  /** Runs from before it do not count as measured. */
  readonly since: string;
  /** Those from before it give way. */
  readonly replaced: string;
}

async function run(groups: readonly Group[], { since, replaced }: Times): Promise<void> {
  const versions = await versionsOf();
  const canary = await startCanary(LOAD_HERE);
  const left = groups.filter((group) => lacks(group, since).size > 0);
  const room = new Room(placesOf(left), APART_MS);
  const measure = (group: Group) => {
    const key = (way: Way, action: Action) => keyOf({ setting: group.setting.id, subject: group.subject, way, action });
    return runGroup(group, {
      canary, room, voidRuns: VOID_RUNS,
      isWanted: (way, action) => lacks(group, since).has(key(way, action)),
      soFar: (way, action) => soFarOf(key(way, action), readData().runs, since),
      onRun: (measured) => keep(measured, replaced, versions),
      onFailure: (way, action, error) => console.error(`${key(way, action)}: ${error.message}`),
    });
  };
  await Promise.all(left.map(measure));
  await canary.stop();
  const lacking = left.flatMap((group) => [...lacks(group, since)]);
  if (lacking.length > 0) throw new Error(`Could not measure ${lacking.length} cells: ${lacking.join(', ')}`);
}

async function main([step, ...rest]: readonly string[]): Promise<void> {
  // Never: everything counts that was ever measured.
  const began = process.env.MATRIX_SINCE ?? new Date().toISOString();
  const since = rest.includes(AGAIN) || rest.includes(MORE) ? began : '';
  const words = rest.filter((word) => word !== AGAIN && word !== MORE);
  if (step === 'plan') return plan(groupsOf(words), since);
  if (step === 'run') return run(groupsOf(words.slice(2)).filter((group) => clusterOf(group) === `${words[0]} ${words[1]}`), { since, replaced: rest.includes(AGAIN) ? began : '' });
  return writePage();
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
