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
import { allGroups, applies, Group, lanesOf, repetitionsOf } from './cells';
import { writePage } from './page';
import { LOAD_HERE, runGroup, versionsOf } from './run-group';
import { keyOf, KINDS, readData, Run, writeData } from './runs';

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

/** Whether a cell lacks a run; runs from before `since` do not count. */
function lacks(group: Group, since: string) {
  return (way: Run['way'], action: Run['action']): boolean => {
    const key = keyOf({ setting: group.setting.id, subject: group.subject, way, action });
    const measured = readData().runs.filter((one) => keyOf(one) === key && one.at >= since).length;
    return applies(way, action) && measured < repetitionsOf(group, way, action);
  };
}

function lacksAny(group: Group, since: string): boolean {
  const isWanted = lacks(group, since);
  return group.ways.some((way) => group.actions.some((action) => isWanted(way, action)));
}

/** The cluster that a setting needs; several settings may share one. */
function clusterOf({ setting: { lagSeconds, proxy } }: Group): string {
  return `${lagSeconds} ${proxy}`;
}

function plan(groups: readonly Group[], since: string): void {
  for (const cluster of new Set(groups.filter((group) => lacksAny(group, since)).map(clusterOf))) console.log(cluster);
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
    isWanted: lacks(group, since),
    onRun: (measured) => keep(measured, since, versions),
    onFailure: (way, action, error) => {
      failures.push(keyOf({ setting: group.setting.id, subject: group.subject, way, action }));
      console.error(`${failures.at(-1)}: ${error.message}`);
    },
  });
  await Promise.all(lanesOf(groups.filter((group) => lacksAny(group, since))).map(async (lane) => {
    for (const group of lane) await measure(group);
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
