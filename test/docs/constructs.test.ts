import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OPTIONS } from '../../lib/core/plan/option-shapes';

describe('docs/constructs.md', () => {
  test('names every option in the words of both toolkits, and no other', () => {
    const text = readFileSync(join(__dirname, '..', '..', 'docs', 'constructs.md'), 'utf8');
    const section = text.split(/^## /m).find((part) => part.startsWith('The options'))!;
    const rows = [...section.matchAll(/^\| `(\w+)` \| `(\w+)` \| .+ \|$/gm)].map(([, cdk8s, core]) => `${cdk8s} ${core}`);
    expect(rows.sort()).toEqual(Object.keys(OPTIONS.fields).map((option) => `${option.replace(/Seconds$/, '')} ${option}`).sort());
  });
});
