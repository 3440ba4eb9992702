/**
 * `npm run example -- <name>...`: synthesizes each examples/<name>/main.ts with the cdk8s command line, as its users do, and prints
 * its YAML (standard output), then its explanation (standard error). `--update` writes the YAML to expected.yaml, too.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, root } from './build';

function main(args: readonly string[]): number {
  const names = args.filter((arg) => !arg.startsWith('-'));
  if (names.length === 0 || names.some((name) => !exampleNames().includes(name))) {
    console.error(`Usage: npm run example -- <name>... [--update], where each name is one of: ${exampleNames().join(', ')}`);
    return 2;
  }
  build();
  return names.map((name) => show(name, args.includes('--update'))).find((status) => status !== 0) ?? 0;
}

function show(name: string, update: boolean): number {
  const { status, explanation } = synthesize(name);
  if (status !== 0) {
    console.error(explanation);
    return status;
  }
  const yaml = synthesized(name);
  console.log(yaml);
  console.error(explanation);
  if (update) writeFileSync(join(root, 'examples', name, 'expected.yaml'), yaml);
  return 0;
}

function exampleNames(): string[] {
  const folder = join(root, 'examples');
  return existsSync(folder) ? readdirSync(folder).filter((name) => existsSync(join(folder, name, 'main.ts'))) : [];
}

/** cdk8s keeps the standard output of an app to itself; what the app says on standard error is the explanation. */
function synthesize(name: string): { status: number; explanation: string } {
  const cli = join(dirname(require.resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const app = `node -r ts-node/register/transpile-only examples/${name}/main.ts`;
  const run = spawnSync(process.execPath, [cli, 'synth', '--app', app, '--output', `examples/${name}/dist`, '--check-upgrade=false'], {
    cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'],
  });
  return { status: run.status ?? 1, explanation: run.stderr };
}

function synthesized(name: string): string {
  const dist = join(root, 'examples', name, 'dist');
  return readdirSync(dist).filter((file) => file.endsWith('.yaml')).sort().map((file) => readFileSync(join(dist, file), 'utf8')).join('---\n');
}

process.exitCode = main(process.argv.slice(2));
