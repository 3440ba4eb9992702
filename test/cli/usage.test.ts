import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { FLAGS } from '../../lib/cli/parse-drill';
import { USAGE } from '../../lib/cli/usage';

const page = readFileSync(join(__dirname, '..', '..', 'docs', 'drill.md'), 'utf8');
const flagsIn = (text: string) => new Set(text.match(/(?<![\w-])--[a-z][a-z0-9-]*/g));

describe('USAGE', () => {
  test.each(Object.keys(FLAGS).map((name) => `--${name}`))('and docs/drill.md tell of %s', (flag) => {
    expect({ usage: flagsIn(USAGE).has(flag), page: flagsIn(page).has(flag) }).toEqual({ usage: true, page: true });
  });

  test('tells of no flag that there is not', () => {
    expect([...flagsIn(USAGE)].filter((flag) => !(flag.slice(2) in FLAGS))).toEqual([]);
  });

  test('tells what each exit code means', () => {
    expect(USAGE).toContain('Ends with 0: held, 1: more was lost than is allowed, nothing is proven, or a plan is refused, 2: it could not be done.');
  });
});
