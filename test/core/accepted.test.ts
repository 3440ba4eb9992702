import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ACCEPTED, AcceptedInput } from './accepted-inputs';
import { applied, planOf } from './plan/fixtures';

const PAGE = join(__dirname, '../../docs/accepted-inputs.md');
const HEAD = `# Inputs that are accepted

Each of these is planned and applied without an error, now and in each later version: a tool that refuses everything would lose
nothing either. The page is written by \`UPDATE_DOCS=1 npx jest test/core/accepted.test.ts\`; the inputs themselves are in
\`test/core/accepted-inputs.ts\`. Seconds; what is said are warnings, which stop nothing.
`;

function rowOf({ name, options, workload, around }: AcceptedInput): string {
  const { shutdown, pace, warnings } = planOf(options, workload, ...around);
  const told = Object.keys(options).length === 0 ? '' : `\`${JSON.stringify(options).replace(/"([A-Za-z]\w*)":/g, '$1: ').replace(/,/g, ', ').replace(/"/g, '\'').replace(/\|/g, '\\|')}\``;
  const numbers = [shutdown.wait, shutdown.drain, shutdown.terminationGracePeriodSeconds, pace.minReadySeconds].map(({ value }) => value);
  return `| ${[name, told, ...numbers, [...new Set(warnings.map(({ id }) => id))].join(', ')].join(' | ')} |`;
}

function pageOf(table: typeof ACCEPTED): string {
  const header = '| input | options | wait | drain | grace | minReady | said |\n| --- | --- | --- | --- | --- | --- | --- |';
  const sections = Object.entries(table).map(([title, inputs]) => `## ${title}\n\n${header}\n${inputs.map(rowOf).join('\n')}\n`);
  return `${HEAD}\n${sections.join('\n')}`;
}

const inputs = Object.values(ACCEPTED).flat();

describe('inputs that must be accepted', () => {
  test('are at least 40, each under a name of its own', () => {
    expect(inputs.length).toBeGreaterThanOrEqual(40);
    expect(new Set(inputs.map(({ name }) => name)).size).toBe(inputs.length);
  });

  test.each(inputs)('$name', ({ options, workload, around }) => {
    const once = applied(options, workload, ...around);
    const [deployment, ...others] = once.manifests;
    expect(applied(options, deployment, ...others).patches).toEqual([]);
  });

  test('are listed in docs/accepted-inputs.md', () => {
    const fresh = pageOf(ACCEPTED);
    if (process.env.UPDATE_DOCS === '1') writeFileSync(PAGE, fresh);
    expect(existsSync(PAGE) ? readFileSync(PAGE, 'utf8') : '').toBe(fresh);
  });
});
