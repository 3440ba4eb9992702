import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Packed } from '../../package/packed';

/** A program's stack, with the real engine. */
export interface Stack {
  preview(variables?: Variables): Promise<readonly Step[]>;
  up(variables?: Variables): Promise<Run>;
  destroy(): Promise<Run>;
  output(name: string): Promise<string>;
  /** What the engine keeps of a resource, by the last part of its type. */
  state(kind: string): Promise<Readonly<Record<string, unknown>>>;
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

const lab = join(__dirname, '..', '..', 'lab', 'lab');
const packages = ['@pulumi/pulumi', '@pulumi/kubernetes', '@types/node', 'ts-node', 'typescript'];

let made = 0;

/** A stack of a program in a project of its own, which has the package installed as npm would publish it. */
export async function createStack(packed: Packed, program: string, namespace: string): Promise<Stack> {
  const name = `${program}-${process.pid}-${++made}`;
  const folder = packed.project(name, packages, {
    'package.json': JSON.stringify({ name, main: 'index.ts' }),
    'Pulumi.yaml': JSON.stringify({ name, runtime: 'nodejs' }),
    'tsconfig.json': JSON.stringify({ compilerOptions: { target: 'es2022', module: 'node16', moduleResolution: 'node16', skipLibCheck: true, types: ['node'] } }),
    'index.ts': readFileSync(join(__dirname, 'programs', `${program}.ts`), 'utf8'),
  });
  const run = (args: readonly string[], variables: Variables = {}) => pulumi(folder, args, { ...variables, NAMESPACE: namespace });
  const good = async (args: readonly string[], variables?: Variables) => {
    const result = await run(args, variables);
    if (!result.ok) throw new Error(`pulumi ${args.join(' ')} failed:\n${result.text}`);
    return result.text;
  };
  await good(['stack', 'init', 'dev']);
  return {
    preview: async (variables) => stepsOf(await good(['preview', '--json'], variables)),
    up: (variables) => run(['up', '--yes', '--skip-preview'], variables),
    destroy: () => run(['destroy', '--yes', '--skip-preview']),
    output: async (output) => (await good(['stack', 'output', output])).trim(),
    state: async (kind) => {
      const { deployment } = JSON.parse(await good(['stack', 'export'])) as { deployment: { resources: Record<string, unknown>[] } };
      return deployment.resources.find(({ type }) => String(type).endsWith(`:${kind}`)) ?? {};
    },
  };
}

/** The lab's engine, or what is on PATH where there is no lab. */
function pulumi(cwd: string, args: readonly string[], variables: Variables): Promise<Run> {
  const [command, first] = existsSync('/run/kube-graceful-lab') ? [lab, ['pulumi']] : ['pulumi', ['--non-interactive']];
  const started = Date.now();
  const env = { ...process.env, ...variables, PULUMI_NODEJS_TRANSPILE_ONLY: 'true' };
  return new Promise((resolve) => execFile(command, [...first, ...args], { cwd, env, maxBuffer: 1 << 26 }, (error, stdout, stderr) =>
    resolve({ ok: !error, text: error ? stdout + stderr : stdout, seconds: (Date.now() - started) / 1000 })));
}

function stepsOf(json: string): readonly Step[] {
  const { steps } = JSON.parse(json) as { steps: readonly { op: string; urn: string }[] };
  return steps.map(({ op, urn }) => {
    const [type, name] = urn.split('::').slice(2);
    return { op, resource: `${type.replace(/^.+[:$]/, '')} ${name}` };
  });
}
