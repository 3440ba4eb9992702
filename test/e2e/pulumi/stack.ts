import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Packed } from '../../package/packed';

/** A program's stack, with the real engine. */
export interface Stack {
  /** Its folder. */
  readonly folder: string;
  preview(variables?: Variables): Promise<readonly Step[]>;
  up(variables?: Variables): Promise<Run>;
  destroy(): Promise<Run>;
  output(name: string): Promise<string>;
  /** What the engine keeps of every resource. */
  resources(): Promise<readonly Kept[]>;
  /** The same of the first one whose URN ends so. */
  state(urn: string): Promise<Kept>;
  /** Runs any other command of the engine. */
  run(...args: string[]): Promise<Run>;
}

/** What the engine keeps of a resource. */
export interface Kept {
  readonly urn: string;
  readonly inputs?: unknown;
  readonly outputs?: object;
  readonly customTimeouts?: object;
}

/** Environment of a program. */
export type Variables = Readonly<Record<string, string>>;

/** What the engine would do to one resource. */
export interface Step {
  readonly op: string;
  /** `Deployment web`. */
  readonly resource: string;
}

/** One run of the command line. */
export interface Run {
  readonly ok: boolean;
  readonly text: string;
  readonly seconds: number;
}

/** Files of a program by their path, beside or instead of those of a TypeScript one. */
export type Files = Readonly<Record<string, string>>;

const lab = join(__dirname, '..', '..', 'lab', 'lab');
/** What a project in TypeScript has installed. */
export const packages = ['@pulumi/pulumi', '@pulumi/kubernetes', '@types/node', 'ts-node', 'typescript'];
const node16 = { target: 'es2022', module: 'node16', moduleResolution: 'node16', skipLibCheck: true, types: ['node'] };

let made = 0;

/** One of the programs that stand beside, as the file of a project. */
export const programFile = (name: string): string => readFileSync(join(__dirname, 'programs', name), 'utf8');

/** A stack of a program in a project of its own, which has the package installed as npm would publish it. */
export async function createStack(packed: Packed, program: string, namespace: string, files?: Files): Promise<Stack> {
  const name = `${program}-${process.pid}-${++made}`;
  const folder = packed.project(name, packages, {
    'package.json': JSON.stringify({ name, main: 'index.ts' }),
    'tsconfig.json': JSON.stringify({ compilerOptions: node16 }),
  });
  const all = { 'Pulumi.yaml': JSON.stringify({ name, runtime: 'nodejs' }), ...files ?? { 'index.ts': programFile(`${program}.ts`) } };
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text.replaceAll('{{ project }}', name));
  }
  const run = (args: readonly string[], variables: Variables = {}) => pulumi(folder, args, { ...variables, NAMESPACE: namespace });
  const good = async (args: readonly string[], variables?: Variables) => {
    const result = await run(args, variables);
    if (!result.ok) throw new Error(`pulumi ${args.join(' ')} failed:\n${result.text}`);
    return result.text;
  };
  const resources = async () =>
    (JSON.parse(await good(['stack', 'export'])) as { deployment: { resources?: readonly Kept[] } }).deployment.resources ?? [];
  await good(['stack', 'init', 'dev']);
  return {
    folder,
    preview: async (variables) => stepsOf(await good(['preview', '--json'], variables)),
    up: (variables) => run(['up', '--yes', '--skip-preview'], variables),
    destroy: () => run(['destroy', '--yes', '--skip-preview']),
    output: async (output) => (await good(['stack', 'output', output])).trim(),
    resources,
    state: async (end) => {
      const kept = (await resources()).find(({ urn }) => urn.endsWith(end));
      if (!kept) throw new Error(`no resource's URN ends in ${end}`);
      return kept;
    },
    run: (...args) => run(args),
  };
}

/** What would change, sorted: `update Deployment web`. */
export const changes = (steps: readonly Step[]): readonly string[] =>
  steps.filter(({ op }) => op !== 'same').map(({ op, resource }) => `${op} ${resource}`).sort();

/** The lab's engine, or what is on PATH where there is no lab. */
function pulumi(cwd: string, args: readonly string[], variables: Variables): Promise<Run> {
  const [command, first] = existsSync('/run/kube-graceful-lab') ? [lab, ['pulumi']] : ['pulumi', ['--non-interactive']];
  const started = Date.now();
  const env = { ...process.env, PULUMI_NODEJS_TRANSPILE_ONLY: 'true', ...variables };
  return new Promise((resolve) => execFile(command, [...first, ...args], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
    resolve({ ok: !error, text: error ? stdout + stderr : stdout, seconds: (Date.now() - started) / 1000 })));
}

function stepsOf(json: string): readonly Step[] {
  const { steps } = JSON.parse(json) as { steps: readonly { op: string; urn: string }[] };
  return steps.map(({ op, urn }) => {
    const [type, ...name] = urn.split('::').slice(2);
    return { op, resource: `${type.replace(/^.+[:$]/, '')} ${name.join('::')}` };
  });
}
