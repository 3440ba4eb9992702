import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACTIONS, allGroups, Setting, SETTINGS, SUBJECTS, WAYS } from './cells';
import { EXCEPTIONS, isException } from './exceptions';
import { matrixSvg, SUBJECT_NAMES } from './picture';
import { cellsOf, Counts, Data, keyOf, KINDS, lackingOf, readData, Run, sumOfRuns } from './runs';

const docs = join(__dirname, '..', '..', 'docs');

/** Writes docs/matrix.md and docs/matrix.svg from docs/matrix.json. */
export function writePage(): void {
  const data = readData();
  writeFileSync(join(docs, 'matrix.md'), matrixPage(data));
  writeFileSync(join(docs, 'matrix.svg'), matrixSvg(data.runs.filter(({ setting }) => setting === SETTINGS[0].id)));
}

/** The page: what was measured, in tables. */
export function matrixPage(data: Data): string {
  return [...head(data), ...SETTINGS.flatMap((setting) => settingSection(setting, data.runs)), ...ourCells(data.runs)].join('\n');
}

/** What other pages say of it: lost of sent by ours inside the disruptions but for the exceptions, and all that was ever sent. */
export function headlineOf({ runs }: Data): { readonly ours: string; readonly sent: string } {
  const { sent, lost } = total(runs.filter((run) => run.subject === 'ours' && !isException(run)));
  return { ours: `${count(lost)} of ${count(sent)}`, sent: count(wholeOf(runs)) };
}

function wholeOf(runs: readonly Run[]): number {
  return runs.reduce((sum, { whole: { sent } }) => sum + sent, 0);
}

function head(data: Data): string[] {
  const { command, versions, runs } = data;
  const ours = runs.filter(({ subject }) => subject === 'ours');
  const exceptions = ours.filter(isException);
  const begun = runs.map(({ at }) => at.slice(0, 16).replace('T', ' ')).sort();
  const sum = total(ours.filter((run) => !isException(run)));
  return [
    '# The matrix', '',
    'What clients lose while something is done to a Deployment, by how its manifest was written and how clients reach it. **Measured on a',
    'simulated cloud**: a real Kubernetes on the lab that this repository brings along (`test/lab`), behind load balancers that act out what the',
    'clouds\' documentation says. Each figure is *lost of sent* between the first deletion and the last pod gone. Nothing is sent again,',
    'but what a server refuses on HTTP/2 with REFUSED_STREAM, once.', '',
    `\`${command}\` repeats it (Linux, root); it goes on where it was, and \`-- --again\` measures anew. Every run is a line of`,
    `[matrix.json](matrix.json): ${count(runs.length)} runs, the first begun ${begun[0]}, the last ${begun[begun.length - 1]} (UTC), ${count(wholeOf(runs))} requests and`,
    'streams in all.',
    `Versions: ${Object.entries(versions).map(([name, version]) => `${name} ${version}`).join(', ')}. This page is written from it by the same command.`, '',
    ...notMeasured(runs), ...repetitionsSaid(runs), ...supersededSaid(data),
    `**Ours: ${count(sum.lost)} of ${count(sum.sent)} lost inside the disruptions**, ${upperBound(sum)}; ${count(wholeOf(ours))} were sent in all.`, '',
    ...EXCEPTIONS.flatMap(({ setting, ways, words }) => {
      const lost = total(exceptions.filter((run) => run.setting === setting));
      return [`**Except** ${setting}, ${ways.join(' and ')}: ${count(lost.lost)} of ${count(lost.sent)}. ${words}`, ''];
    }),
    '![Squares for each manifest, way in, disruption and kind of client: green where nothing was lost](matrix.svg)', '',
    'The manifests: *no probe* and *probe only* are what people write first; *cdk8s-plus-28* is what its `Deployment` makes of a container with a port;',
    'the *first article* and the *second article* are the YAML this project began with, made valid; *kube-graceful* is `GracefulDeployment` with',
    '`longestRequest` 5 s and `slowestStart` 20 s, and nothing else said. The application is the same: it warms up for 2 s, and on SIGTERM finishes what',
    'is in flight; with kube-graceful it also gives 10 s of notice, as its plan assumes, and is not ready any more from SIGTERM on (see',
    `[application.md](application.md)).${earlierSaid(ours)}`, '',
    '`local-one` is Local with one replica and its pods kept on different nodes, so that a node loses its last pod in every roll. The clients:',
    '*new* connections, one a request; *reused* ones, busy and idle for 5 s; *slow* requests of 3 s; *streams* over HTTP and WebSocket; *http2* on 4',
    'connections. A run counts only where all clients sent in time, a pod that nothing happened to always answered within half a second (a probe',
    'waits for one), and ours was undisturbed until something was done to it: else the machine was too busy, and it is done again.', '',
  ];
}

/** Of runs from before the application was not ready from SIGTERM on. */
function earlierSaid(ours: readonly Run[]): string {
  const settings = new Set(ours.filter(({ commit }) => commit === undefined).map(({ setting }) => setting));
  if (settings.size === 0) return '';
  return ` Runs of ours without a \`commit\` in the data (${[...settings].join(', ')}) are from before that: their application stayed ready to its end.`;
}

/** How often each cell of ours was measured. */
function repetitionsSaid(runs: readonly Run[]): string[] {
  const said = SETTINGS.map(({ id }) => {
    const counts = new Map<string, number>();
    for (const run of runs) if (run.setting === id && run.subject === 'ours') counts.set(keyOf(run), (counts.get(keyOf(run)) ?? 0) + 1);
    const [least, most] = [Math.min(...counts.values()), Math.max(...counts.values())];
    return `${id} ${least === most ? least : `${least} to ${most}`}`;
  });
  return [`Runs of each cell of ours: ${said.join(', ')}.`, ''];
}

/** What ours lost in runs that do not count, by the reason why they do not. */
function supersededSaid({ superseded = [] }: Data): string[] {
  const reasons = [...new Set(superseded.map((run) => run.superseded))];
  return reasons.flatMap((reason) => {
    const runs = superseded.filter((run) => run.superseded === reason);
    const lost = runs.reduce((sum, run) => sum + run.whole.lost, 0);
    const [first] = [...runs].sort((a, b) => a.at.localeCompare(b.at));
    const told = runs.length > 1 ? `${runs.length} runs of ${[...new Set(runs.map(({ setting }) => setting))].join(' and ')}, from ${first.at.slice(0, 16)} on,`
      : `${keyOf(first)} of ${first.at.slice(0, 16)}`;
    const because = runs.length > 1 ? '' : ` (${first.because?.join('; ')})`;
    return [`**Counted no more**: ${told} lost ${count(lost)} of ${count(wholeOf(runs))}${because}. ${reason}`, ''];
  });
}

/** What is still to come, by setting; nothing once the matrix is whole. */
function notMeasured(runs: readonly Run[]): string[] {
  const lacking = SETTINGS.flatMap(({ id }) => {
    const groups = allGroups().filter(({ setting }) => setting.id === id);
    const missing = lackingOf(groups, runs).size;
    return missing > 0 ? [`${missing} of the ${groups.flatMap(cellsOf).length} cells of ${id}`] : [];
  });
  return lacking.length > 0 ? [`**Not measured, or not often enough, yet**: ${lacking.join(', ')}.`, ''] : [];
}

const SETTING_WORDS: Readonly<Record<string, string>> = {
  'clb-3s': 'Alibaba Cloud\'s CLB acted out, 3 s late; kube-proxy in iptables mode',
  'clb-20s': 'the same, 20 s late, with the delay declared to kube-graceful (42 s); the others are rolled only',
  'nlb-3s': 'Alibaba Cloud\'s NLB acted out; a roll',
  'tencent-3s': 'Tencent Cloud\'s CLB with direct access acted out; through nodes, of which no page says enough, the worst is assumed; a roll',
  'nftables-3s': 'CLB again, kube-proxy in nftables mode; a roll',
};

function settingSection({ id }: Setting, all: readonly Run[]): string[] {
  const runs = all.filter(({ setting }) => setting === id);
  if (runs.length === 0) return [];
  const rows = SUBJECTS.flatMap((subject) => WAYS.flatMap((way) => {
    const cell = runs.filter((run) => run.subject === subject && run.way === way);
    if (cell.length === 0) return [];
    const name = SUBJECT_NAMES[subject];
    return [`| ${subject === 'ours' ? `**${name}**` : name} | ${way} | ${KINDS.map((kind) => ofSent(sumOfRuns(cell, kind))).join(' | ')} |`];
  }));
  return [
    `## ${id}`, '', `${sentence(SETTING_WORDS[id])}. All actions together.`, '',
    `| manifest | way in | ${KINDS.join(' | ')} |`, `| --- | --- |${' --- |'.repeat(KINDS.length)}`, ...rows, '',
  ];
}

function ourCells(all: readonly Run[]): string[] {
  const ours = all.filter(({ subject }) => subject === 'ours');
  const rows = SETTINGS.flatMap(({ id }) => WAYS.flatMap((way) => ACTIONS.flatMap((action) => {
    const runs = ours.filter((run) => run.setting === id && run.way === way && run.action === action);
    if (runs.length === 0) return [];
    const cells = KINDS.map((kind) => sumOfRuns(runs, kind));
    return [`| ${id} | ${way} | ${action} | ${runs.length} | ${cells.map((counts) => `${ofSent(counts)}${counts.lost === 0 ? `, ${upperBound(counts)}` : ''}`).join(' | ')} |`];
  })));
  return [
    '## kube-graceful, cell by cell', '',
    'Beside each zero: the share that may be lost all the same, with 95 % confidence, 1 - 0.05^(1/n). It speaks of this lab, not of a real cloud.', '',
    `| setting | way in | action | runs | ${KINDS.join(' | ')} |`, `| --- | --- | --- | --- |${' --- |'.repeat(KINDS.length)}`, ...rows, '',
  ];
}

function total(runs: readonly Run[]): Counts {
  const sums = KINDS.map((kind) => sumOfRuns(runs, kind));
  return { sent: sums.reduce((all, { sent }) => all + sent, 0), lost: sums.reduce((all, { lost }) => all + lost, 0) };
}

function ofSent({ sent, lost }: Counts): string {
  return lost === 0 ? `0 of ${count(sent)}` : `**${count(lost)}** of ${count(sent)}`;
}

function upperBound({ sent, lost }: Counts): string {
  return lost > 0 || sent === 0 ? '' : `at most ${((1 - 0.05 ** (1 / sent)) * 100).toPrecision(2)} %`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function sentence(words: string): string {
  return words[0].toUpperCase() + words.slice(1);
}
