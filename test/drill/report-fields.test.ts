import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DRILL_REPORT_VERSION, DrillReport, reportOf } from 'kube-graceful/drill';
import { aPlan } from '../core/explain/a-plan';
import { A_RECORD } from './a-record';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'drill.md'), 'utf8');

/** Their keys are names of causes and versions. */
const COUNTS = ['lostBy', 'lostByVersion', 'byVersion'];

/** `clients[].inWindow.sent`: every field of a value, and where it stands. */
function fieldsOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap((each) => fieldsOf(each, `${path}[]`));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const field = path === '' ? key : `${path}.${key}`;
    return [field, ...(COUNTS.includes(key) ? [] : fieldsOf(inner, field))];
  });
}

/** The same, as the page's table tells it. */
function toldFields(): string[] {
  const section = page.slice(page.indexOf('\n## The JSON'), page.indexOf('\n## From code'));
  const codesIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
  return section.split('\n').filter((line) => /^\| (?!in |---)/.test(line)).flatMap((line) => {
    const [, owners, fields] = line.split('|');
    const paths = owners.trim() === 'the report' ? [''] : codesIn(owners).map((owner) => `${owner}.`);
    return paths.flatMap((path) => codesIn(fields).map((field) => path + field.replace(/\?$/, '')));
  });
}

describe('DrillReport', () => {
  // Between them these have every field that there is.
  const reports: DrillReport[] = [
    reportOf({ ...A_RECORD, undone: ['node-1 is uncordoned'] }, { plan: aPlan(), namespace: 'shop' }),
    reportOf({ ...A_RECORD, timeoutSeconds: 5, replicas: 3 }, { plan: aPlan() }),
  ];

  test('has in docs/drill.md every field that a report has, and no other', () => {
    const told = toldFields();
    expect([...told].sort()).toEqual([...new Set(reports.flatMap((report) => fieldsOf(report)))].sort());
  });

  test('is of the version that docs/drill.md names', () => {
    expect(reports[0].version).toBe(DRILL_REPORT_VERSION);
    expect(page).toContain(`| the report | \`version\` | \`${DRILL_REPORT_VERSION}\` |`);
  });
});
