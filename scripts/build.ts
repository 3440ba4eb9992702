import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** The root of the repository. */
export const root = join(__dirname, '..');

/** Compiles lib/ to dist/, which takes a moment where dist/ is fresh; ends the process where lib/ does not compile. */
export function build(): void {
  const { status } = spawnSync(process.execPath, [require.resolve('typescript/bin/tsc'), '--build', root], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
