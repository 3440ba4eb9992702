import { parseArgs } from 'node:util';
import { explain, fullNameOf, InvalidInput, InvalidInputError, Inventory, Manifest, PlanRefusedError, planRollout } from '../core';
import { EXIT, Io } from './io';
import { optionsOf } from './options-of';
import { plainLines } from './plain-lines';
import { readManifests } from './read-manifests';
import { wrongUsage } from './wrong-usage';

/**
 * `kube-graceful explain FILE...`: plans each Deployment in the files with all that stands around it, and explains the plan.
 *
 * @returns The program's exit code: `bad` where a plan is refused, `failed` where an annotation cannot be read; the others are explained
 *   all the same.
 * @throws {InvalidInputError} If there is no file, a file is no YAML, there is no Deployment, or `--options` is no JSON object.
 */
export async function explainCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals: files } = parseArgs({ args: [...args], options: { options: { type: 'string' } }, allowPositionals: true });
  if (files.length === 0) throw wrongUsage('FILE', 'at least one', files);
  const fileOf = await manifestsIn(files, io);
  const inventory = new Inventory(fileOf.keys());
  if (inventory.workloads.length === 0) throw wrongUsage('FILE', 'files with a Deployment in them', files);
  let code: number = EXIT.good;
  inventory.workloads.forEach((workload, i) => {
    if (i > 0) io.out('\n');
    try {
      io.out(explain(planRollout(optionsOf(workload, values.options) ?? {}, inventory.contextOf(workload))));
    } catch (error) {
      const told = toldOf(error, `${fullNameOf(workload)} of ${fileOf.get(workload)}`);
      if (!told || values.options !== undefined && error instanceof InvalidInputError) throw error;
      io.err(`${plainLines(told.message)}\n`);
      code = Math.max(code, told instanceof InvalidInputError ? EXIT.failed : EXIT.bad);
    }
  });
  return code;
}

/** Each object with the file that it stands in. */
async function manifestsIn(files: readonly string[], io: Io): Promise<ReadonlyMap<Manifest, string>> {
  const found = new Map<Manifest, string>();
  const wrong: InvalidInput[] = [];
  for (const file of files) {
    const text = await io.readFile(file);
    try {
      for (const manifest of readManifests(file, text)) found.set(manifest, file);
    } catch (error) {
      if (!(error instanceof InvalidInputError)) throw error;
      wrong.push(...error.inputs);
    }
  }
  if (wrong.length > 0) throw new InvalidInputError('go on', wrong);
  return found;
}

/** What concerns one workload alone; an annotation does not say whose it is. */
function toldOf(error: unknown, workload: string): Error | undefined {
  if (error instanceof InvalidInputError) return new InvalidInputError(`explain ${workload}`, error.inputs);
  return error instanceof PlanRefusedError ? error : undefined;
}
