import { InvalidInputError, PlanRefusedError } from '../core';
import { actionText, drill, DrillOptions, DrillRecord, kubectl, KubectlError, KubectlOptions, reportOf } from '../drill';
import { drillHtml, DrillReport, drillSvg, drillTable, verdictOf } from '../report';
import { EXIT, Io } from './io';
import { LivePlan, livePlan } from './live-plan';
import { DrillCommand, parseDrill } from './parse-drill';
import { plainLines } from './plain-lines';
import { progressOn } from './progress';
import { wrongUsage } from './wrong-usage';

/** What reaches the cluster; tests stand in for it. */
export interface DrillDeeds {
  readonly drill: (options: DrillOptions) => Promise<DrillRecord>;
  readonly livePlan: typeof livePlan;
  /** The name of the current context; undefined where there is none, as within a cluster. */
  readonly currentContext: (cluster: KubectlOptions) => Promise<string | undefined>;
}

const DEEDS: DrillDeeds = { drill, livePlan, currentContext };

/**
 * `kube-graceful drill`: reads the command line, asks, drills, and tells what was found.
 *
 * @returns The program's exit code.
 * @throws {InvalidInputError} If the command line does not say enough.
 */
export async function drillCommand(args: readonly string[], io: Io, deeds = DEEDS): Promise<number> {
  const command = await pinned(parseDrill(args), io, deeds);
  await checkFiles(command, io);
  if (!await confirmed(command, io)) return EXIT.failed;
  const live = await planOf(command, io, deeds);
  const action = await actionOf(command, io);
  const { drill: options, allowedLost, files } = command;
  const record = await deeds.drill({ ...options, action, signal: io.interrupted, onProgress: progressOn(io) });
  if (io.isTerminal) io.err('\r\u001b[K');
  const { namespace } = options;
  const report = reportOf(record, { allowedLost, ...live, ...wayInOf(live), ...(namespace && { namespace }) });
  io.out(drillTable(report));
  await write(files, report, io);
  return verdictOf(report) === 'held' ? EXIT.good : EXIT.bad;
}

/** What a drill of minutes has found is not lost for a folder that is not there. */
async function checkFiles({ files }: DrillCommand, io: Io): Promise<void> {
  const problems = await Promise.all(Object.entries(files).map(async ([flag, path]) =>
    (await io.canWrite(path) ? [] : [{ field: `--${flag}`, wanted: 'a file that can be written', found: path }])));
  if (problems.flat().length > 0) throw new InvalidInputError('go on', problems.flat());
}

async function currentContext(cluster: KubectlOptions): Promise<string | undefined> {
  return kubectl(cluster, ['config', 'current-context']).then((name) => name.trim() || undefined, () => undefined);
}

/** Somebody may make another context the current one while the question stands, or the drill runs: it stays with the one that was named. */
async function pinned(command: DrillCommand, io: Io, deeds: DrillDeeds): Promise<DrillCommand> {
  if (command.drill.context !== undefined || command.yes || !io.isTerminal) return command;
  const context = await deeds.currentContext(command.drill);
  return context === undefined ? command : { ...command, drill: { ...command.drill, context } };
}

/** A live Deployment is never touched by accident: a person says yes, or the command line does, and names the context. */
async function confirmed({ drill: { context, namespace, deployment, action }, yes }: DrillCommand, io: Io): Promise<boolean> {
  if (yes && context !== undefined) return true;
  if (yes || !io.isTerminal) throw wrongUsage('--context', 'named, together with --yes, where nobody is asked', context);
  const where = `context ${context ?? '(current)'}, namespace ${namespace ?? '(current)'}`;
  const answer = await io.ask(`${actionText(action!)} of Deployment/${deployment} in ${where}? Type yes: `);
  return answer.trim() === 'yes';
}

/** A drill of something that cannot be planned, or not be read as a whole, is worth as much: it then stands beside no plan. */
async function planOf({ drill: options, optionsJson }: DrillCommand, io: Io, deeds: DrillDeeds): Promise<LivePlan | undefined> {
  try {
    const live = await deeds.livePlan({ ...options, signal: io.interrupted }, optionsJson);
    if (live?.unseen) io.err(`${live.unseen.join(', ')} may not be listed: the plan holds as if there were none.\n`);
    return live;
  } catch (error) {
    const isTold = error instanceof PlanRefusedError || error instanceof KubectlError;
    if (!isTold || io.interrupted.aborted) throw error;
    io.err(`${plainLines(error.message)}\nThe drill goes on without a plan.\n`);
    return undefined;
  }
}

/** Where nothing but Services inside the cluster leads to the pods, and all ways were seen, no load balancer can have lost anything. */
function wayInOf(live: LivePlan | undefined): { readonly wayIn?: string } {
  const routes = live && !live.unseen ? live.plan.routes : [];
  return routes.length > 0 && routes.every(({ mode }) => mode === 'in-cluster') ? { wayIn: 'kube-proxy' } : {};
}

async function actionOf({ drill: { action = { kind: 'roll' } }, manifestFile }: DrillCommand, io: Io): Promise<DrillOptions['action']> {
  if (manifestFile === undefined) return action;
  return { kind: 'roll', manifest: await io.readFile(manifestFile) };
}

async function write(files: DrillCommand['files'], report: DrillReport, io: Io): Promise<void> {
  if (files.json) await io.writeFile(files.json, `${JSON.stringify(report, undefined, 2)}\n`);
  if (files.html) await io.writeFile(files.html, drillHtml(report));
  if (files.svg) await io.writeFile(files.svg, drillSvg(report));
}
