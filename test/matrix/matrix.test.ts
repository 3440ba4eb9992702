import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { allGroups, SETTINGS } from './cells';
import { isException } from './exceptions';
import { headlineOf, matrixPage } from './page';
import { matrixSvg } from './picture';
import { cellsOf, keyOf, KINDS, lackingOf, LEAST_REQUESTS, PACED, readData, Run, sumOfRuns } from './runs';

const data = readData();
const docs = (name: string) => readFileSync(join(__dirname, '..', '..', 'docs', name), 'utf8');
const cells = allGroups().flatMap(cellsOf).map((key) => ({ key, runs: data.runs.filter((run) => keyOf(run) === key) }));
const ofOurs = cells.filter(({ key }) => key.includes('/ours/'));
const lossesOf = (runs: readonly Run[]) => KINDS.reduce((sum, kind) => sum + sumOfRuns(runs, kind).lost, 0);

describe('docs/matrix.json', () => {
  test('has every cell, so often', () => {
    expect([...lackingOf(allGroups(), data.runs)]).toEqual([]);
  });

  test('has nothing that clients sent late, or that was measured while a pod that nothing happened to answered late', () => {
    const isLate = ({ latestMs, canaryMs = Infinity }: Run) => latestMs > 2000 || canaryMs > 500;
    expect(data.runs.filter(isLate).map(keyOf)).toEqual([]);
  });

  test('shows 0 lost for ours, but where an exception says why', () => {
    const losing = ofOurs.filter(({ runs }) => lossesOf(runs) > 0);
    expect(losing.filter(({ runs }) => !runs.every(isException)).map(({ key }) => key)).toEqual([]);
    expect(losing.map(({ key }) => key)).toEqual(ofOurs.filter(({ runs }) => runs.some(isException)).map(({ key }) => key));
  });

  test.each(PACED)('has 3,000 requests and more on its way in each disruption of ours: %s', (kind) => {
    const few = ofOurs.filter(({ runs }) => sumOfRuns(runs, kind).sent < LEAST_REQUESTS).map(({ key, runs }) => `${key}: ${sumOfRuns(runs, kind).sent}`);
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

describe(headlineOf, () => {
  test.each([['README.md', ['ours']], ['docs/measured.md', ['ours', 'sent']]] as const)('is what %s says', (page, figures) => {
    const text = readFileSync(join(__dirname, '..', '..', page), 'utf8');
    for (const figure of figures) expect(text).toContain(headlineOf(data)[figure]);
  });
});

describe(matrixSvg, () => {
  test('is docs/matrix.svg', () => {
    expect(docs('matrix.svg')).toBe(matrixSvg(data.runs.filter(({ setting }) => setting === SETTINGS[0].id)));
  });
});
