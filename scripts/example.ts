/**
 * `npm run example -- <name>`: synthesizes examples/<name>/main.ts with the cdk8s command line, as its users do, and prints the
 * YAML (standard output), then the explanation (standard error). `--update` writes the YAML to expected.yaml, too.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, root } from './build';

function main(args: readonly string[]): number {
  const name = args.find((arg) => !arg.startsWith('-')) ?? '';
  if (!exampleNames().includes(name)) {
    console.error(`Usage: npm run example -- <name> [--update], where name is one of: ${exampleNames().join(', ')}`);
    return 2;
  }
  build();
  const { status, explanation } = synthesize(name);
  if (status !== 0) {
    console.error(explanation);
    return status;
  }
  const yaml = synthesized(name);
  console.log(yaml);
  console.error(explanation);
  if (args.includes('--update')) writeFileSync(join(root, 'examples', name, 'expected.yaml'), yaml);
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
