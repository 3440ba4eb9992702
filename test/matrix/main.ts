/**
 * The steps of `npm run matrix`, which test/matrix/run calls:
 *
 * - `plan [WORD...]` prints the clusters that are needed for what is not measured yet: seconds late, proxy
 * - `run SECONDS PROXY [WORD...]` measures what lacks on such a cluster, which stands, and writes each run into docs/matrix.json at once
 * - `page` writes docs/matrix.md and docs/matrix.svg from the data
 *
 * A WORD is the id of a setting or a subject; none means all. `--again` measures what is there already once more.
 */
import { startCanary } from './canary';
import { allGroups, Group } from './cells';
import { writePage } from './page';
import { LOAD_HERE, runGroup, versionsOf } from './run-group';
import { keyOf, KINDS, lackingOf, readData, Run, writeData } from './runs';

const AGAIN = '--again';

/** The groups that the words ask for. */
function groupsOf(words: readonly string[]): readonly Group[] {
  const groups = allGroups();
  const settings = new Set(groups.map(({ setting }) => setting.id));
  const subjects = new Set<string>(groups.map(({ subject }) => subject));
  const unknown = words.filter((word) => !settings.has(word) && !subjects.has(word));
  if (unknown.length > 0) {
    throw new Error(`Each word must be one of ${[...settings, ...subjects, AGAIN].join(', ')}: current value is ${unknown.join(', ')}`);
  }
  const asks = (id: string, known: ReadonlySet<string>) => words.includes(id) || !words.some((word) => known.has(word));
  return groups.filter(({ setting, subject }) => asks(setting.id, settings) && asks(subject, subjects));
}

/** Two processors have time for so many groups side by side. */
const LANES = 2;

const lacks = (group: Group, since: string): ReadonlySet<string> => lackingOf([group], readData().runs, since);

/** The cluster that a setting needs; several settings may share one. */
function clusterOf({ setting: { lagSeconds, proxy } }: Group): string {
  return `${lagSeconds} ${proxy}`;
}

function plan(groups: readonly Group[], since: string): void {
  for (const cluster of new Set(groups.filter((group) => lacks(group, since).size > 0).map(clusterOf))) console.log(cluster);
}

/** A run takes the place of those of its cell from before `since`. */
function keep(measured: Run, since: string, versions: Readonly<Record<string, string>>): void {
  const data = readData();
  writeData({ ...data, versions, runs: [...data.runs.filter((old) => keyOf(old) !== keyOf(measured) || old.at >= since), measured] });
  const counts = KINDS.map((kind) => `${kind} ${measured.clients[kind].lost} of ${measured.clients[kind].sent}`).join(', ');
  console.log([`${new Date().toISOString().slice(11, 19)} ${keyOf(measured)}: ${counts}`, ...measured.because ?? []].join('\n    '));
}

async function run(groups: readonly Group[], since: string): Promise<void> {
  const versions = await versionsOf();
  const failures: string[] = [];
  const canary = await startCanary(LOAD_HERE);
  const measure = (group: Group) => runGroup(group, {
    canary,
    isWanted: (way, action) => lacks(group, since).has(keyOf({ setting: group.setting.id, subject: group.subject, way, action })),
    onRun: (measured) => keep(measured, since, versions),
    onFailure: (way, action, error) => {
      failures.push(keyOf({ setting: group.setting.id, subject: group.subject, way, action }));
      console.error(`${failures.at(-1)}: ${error.message}`);
    },
  });
  const left = groups.filter((group) => lacks(group, since).size > 0);
  await Promise.all(Array.from({ length: LANES }, async () => {
    for (let group = left.shift(); group; group = left.shift()) await measure(group);
  }));
  await canary.stop();
  if (failures.length > 0) throw new Error(`Could not measure ${failures.length} cells: ${failures.join(', ')}`);
}

async function main([step, ...rest]: readonly string[]): Promise<void> {
  // Never: everything counts that was ever measured.
  const since = rest.includes(AGAIN) ? process.env.MATRIX_SINCE ?? new Date().toISOString() : '';
  const words = rest.filter((word) => word !== AGAIN);
  if (step === 'plan') return plan(groupsOf(words), since);
  if (step === 'run') return run(groupsOf(words.slice(2)).filter((group) => clusterOf(group) === `${words[0]} ${words[1]}`), since);
  return writePage();
}

main(process.argv.slice(2)).catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
