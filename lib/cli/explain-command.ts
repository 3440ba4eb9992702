import { parseArgs } from 'node:util';
import { explain, Inventory, PlanRefusedError, planRollout } from '../core';
import { EXIT, Io } from './io';
import { optionsOf } from './options-of';
import { readManifests } from './read-manifests';
import { wrongUsage } from './wrong-usage';

/**
 * `kube-graceful explain FILE...`: plans each Deployment in the files with all that stands around it, and explains the plan.
 *
 * @returns The program's exit code: `bad` where a plan is refused; the others are explained all the same.
 * @throws {InvalidInputError} If there is no file, a file is no YAML, or there is no Deployment.
 */
export async function explainCommand(args: readonly string[], io: Io): Promise<number> {
  const { values, positionals: files } = parseArgs({ args: [...args], options: { options: { type: 'string' } }, allowPositionals: true });
  if (files.length === 0) throw wrongUsage('FILE', 'at least one', files);
  const manifests = (await Promise.all(files.map(async (file) => readManifests(file, await io.readFile(file))))).flat();
  const inventory = new Inventory(manifests);
  if (inventory.workloads.length === 0) throw wrongUsage('FILE', 'files with a Deployment in them', files);
  let code: number = EXIT.good;
  inventory.workloads.forEach((workload, i) => {
    if (i > 0) io.out('\n');
    try {
      io.out(explain(planRollout(optionsOf(workload, values.options) ?? {}, inventory.contextOf(workload))));
    } catch (error) {
      if (!(error instanceof PlanRefusedError)) throw error;
      io.err(`${error.message}\n`);
      code = EXIT.bad;
    }
  });
  return code;
}
