import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allGroups, applies, SETTINGS } from './cells';
import { isException } from './exceptions';
import { matrixPage } from './page';
import { matrixSvg } from './picture';
import { keyOf, KINDS, readData, Run, sumOfRuns } from './runs';

const data = readData();
const docs = (name: string) => readFileSync(join(__dirname, '..', '..', 'docs', name), 'utf8');
const cells = allGroups().flatMap((group) => group.ways.flatMap((way) => group.actions.flatMap((action) => {
  const key = keyOf({ setting: group.setting.id, subject: group.subject, way, action });
  return applies(way, action) ? [{ key, repetitions: group.repetitions, runs: data.runs.filter((run) => keyOf(run) === key) }] : [];
})));
const ofOurs = cells.filter(({ key }) => key.includes('/ours/'));
const lossesOf = (runs: readonly Run[]) => KINDS.reduce((sum, kind) => sum + sumOfRuns(runs, kind).lost, 0);

describe('docs/matrix.json', () => {
  test('has every cell, so often', () => {
    expect(cells.filter(({ runs, repetitions }) => runs.length < repetitions).map(({ key }) => key)).toEqual([]);
  });

  test('has nothing that clients sent late', () => {
    expect(data.runs.filter(({ latestMs }) => latestMs > 2000).map(keyOf)).toEqual([]);
  });

  test('shows 0 lost for ours, but where an exception says why', () => {
    const losing = ofOurs.filter(({ runs }) => lossesOf(runs) > 0);
    expect(losing.filter(({ runs }) => !runs.every(isException)).map(({ key }) => key)).toEqual([]);
    expect(losing.map(({ key }) => key)).toEqual(ofOurs.filter(({ runs }) => runs.some(isException)).map(({ key }) => key));
  });

  test.each(['new', 'reused', 'http2'] as const)('has 3,000 requests and more on its way in each disruption of ours: %s', (kind) => {
    const few = ofOurs.filter(({ runs }) => sumOfRuns(runs, kind).sent < 3000).map(({ key, runs }) => `${key}: ${sumOfRuns(runs, kind).sent}`);
    expect(few).toEqual([]);
  });

  test('has a million in all', () => {
    expect(data.runs.reduce((sum, { whole }) => sum + whole.sent, 0)).toBeGreaterThanOrEqual(1_000_000);
  });
});

describe(matrixPage, () => {
  test('is docs/matrix.md (npm run matrix writes it)', () => {
    expect(docs('matrix.md')).toBe(matrixPage(data));
  });
});

describe(matrixSvg, () => {
  test('is docs/matrix.svg', () => {
    expect(docs('matrix.svg')).toBe(matrixSvg(data.runs.filter(({ setting }) => setting === SETTINGS[0].id)));
  });
});
