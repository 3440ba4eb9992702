import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What an example writes. */
export interface ExampleRun {
  /** The synthesized YAML, all charts in the order of their files. */
  readonly yaml: string;
  /** What it prints for people. */
  readonly explanation: string;
}

/** Runs an example's program in this process, with its output in a folder of its own. */
export function runExample(folder: string): ExampleRun {
  const outdir = mkdtempSync(join(tmpdir(), 'kube-graceful-example-'));
  const before = process.env.CDK8S_OUTDIR;
  const printed = jest.spyOn(console, 'error').mockImplementation(() => undefined);
  process.env.CDK8S_OUTDIR = outdir;
  try {
    jest.isolateModules(() => jest.requireActual(join(folder, 'main.ts')));
    const files = readdirSync(outdir).filter((file) => file.endsWith('.yaml')).sort();
    return {
      yaml: files.map((file) => readFileSync(join(outdir, file), 'utf8')).join('---\n'),
      explanation: printed.mock.calls.map((call) => String(call[0])).join('\n'),
    };
  } finally {
    if (before === undefined) delete process.env.CDK8S_OUTDIR;
    else process.env.CDK8S_OUTDIR = before;
    printed.mockRestore();
    rmSync(outdir, { recursive: true });
  }
}

/** The YAML that an example promises. */
export function expectedYaml(folder: string): string {
  return readFileSync(join(folder, 'expected.yaml'), 'utf8');
}
