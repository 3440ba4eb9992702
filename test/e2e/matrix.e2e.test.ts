import { applies, Group, shortGroups } from '../matrix/cells';
import { Room } from '../matrix/room';
import { runGroup } from '../matrix/run-group';
import { keyOf, Kind, KINDS, Run, sumOfRuns } from '../matrix/runs';

jest.setTimeout(720_000); // what CI has for it

const [ours, theirs] = shortGroups();
const runs: Run[] = [];
const failures: string[] = [];

/** What a cell measured, and what the other manifest lost there. */
const cellOf = (subject: Run['subject'], way: Run['way'], action: Run['action']) =>
  runs.filter((run) => run.subject === subject && run.way === way && run.action === action);
const told = (cell: readonly Run[]) => KINDS.map((kind) => {
  const { sent, lost } = sumOfRuns(cell, kind);
  return `${kind} ${lost} of ${sent}`;
}).join(', ');

beforeAll(async () => {
  for (const group of [ours, theirs]) await measure(group);
  const lines = cells.map(([way, action]) =>
    [`${way}, ${action}:`, `  ours        ${told(cellOf('ours', way, action))}`, `  probe only  ${told(cellOf('probe', way, action))}`].join('\n'));
  console.log(`A part of the matrix (npm run matrix), on a simulated cloud; lost of sent:\n${lines.join('\n')}`);
});

async function measure(group: Group): Promise<void> {
  await runGroup(group, {
    room: new Room(Infinity, 4000),
    isWanted: (way, action) => cellOf(group.subject, way, action).length === 0,
    onRun: (run) => runs.push(run),
    onFailure: (way, action, error) => failures.push(`${keyOf({ setting: group.setting.id, subject: group.subject, way, action })}: ${error.message}`),
  });
}

const cells = ours.ways.flatMap((way) => ours.actions.filter((action) => applies(way, action)).map((action) => [way, action] as const));

describe('a part of the matrix, on a simulated cloud', () => {
  test('was measured as a whole', () => {
    expect(failures).toEqual([]);
  });

  test.each(cells)('ours loses nothing: %s, %s', (way, action) => {
    const [run] = cellOf('ours', way, action);
    const lost = Object.fromEntries(KINDS.map((kind) => [kind, run.clients[kind].lost]));
    expect({ ...lost, because: run.because }).toEqual({ new: 0, reused: 0, slow: 0, streams: 0, http2: 0, because: undefined });
    for (const kind of ['new', 'reused', 'http2'] as const) expect(run.clients[kind].sent).toBeGreaterThanOrEqual(300);
  });

  test('what people write first loses all kinds of them', () => {
    const lost = (kind: Kind) => sumOfRuns(runs.filter(({ subject }) => subject === 'probe'), kind).lost;
    for (const kind of KINDS) expect([kind, lost(kind) > 0]).toEqual([kind, true]);
  });
});
