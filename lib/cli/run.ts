import { serveLoad } from '../drill';
import { drillCommand } from './drill-command';
import { explainCommand } from './explain-command';
import { EXIT, Io } from './io';
import { plainLines } from './plain-lines';
import { USAGE } from './usage';

/**
 * Runs the program `kube-graceful`.
 *
 * @param args The command line behind the program's name.
 * @returns Its exit code; never throws.
 */
export async function run(args: readonly string[], io: Io): Promise<number> {
  const [command, ...rest] = args;
  if (command === '--help' || command === 'help' || rest.includes('--help')) {
    io.out(USAGE);
    return EXIT.good;
  }
  try {
    if (command === 'drill') return await drillCommand(rest, io);
    if (command === 'explain') return await explainCommand(rest, io);
    if (command === 'load') return await serveLoad(io.streams.input, io.streams.output, io.interrupted) === undefined ? EXIT.good : EXIT.failed;
  } catch (error) {
    io.err(`${io.isTerminal ? '\r\u001b[K' : ''}${plainLines((error as Error).message)}\n`);
    return EXIT.failed;
  }
  io.err(USAGE);
  return EXIT.failed;
}
