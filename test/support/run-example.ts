import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const examples = join(__dirname, '..', '..', 'examples');

/** Runs an example's main.ts in this process, against lib/: its YAML, and what it prints as explanation. */
export function runExample(name: string): { readonly yaml: string; readonly explanation: string } {
  const outdir = mkdtempSync(join(tmpdir(), 'kube-graceful-example-'));
  const outdirBefore = process.env.CDK8S_OUTDIR;
  const said: string[] = [];
  const print = jest.spyOn(console, 'error').mockImplementation((text) => { said.push(String(text)); });
  process.env.CDK8S_OUTDIR = outdir;
  try {
    jest.isolateModules(() => { jest.requireActual(join(examples, name, 'main.ts')); });
    const files = readdirSync(outdir).filter((file) => file.endsWith('.yaml')).sort();
    return { yaml: files.map((file) => readFileSync(join(outdir, file), 'utf8')).join('---\n'), explanation: said.join('\n') };
  } finally {
    print.mockRestore();
    if (outdirBefore === undefined) delete process.env.CDK8S_OUTDIR; else process.env.CDK8S_OUTDIR = outdirBefore;
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** The YAML that stands beside an example. */
export function expectedYaml(name: string): string {
  return readFileSync(join(examples, name, 'expected.yaml'), 'utf8');
}
