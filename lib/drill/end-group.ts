import type { ChildProcess } from 'node:child_process';

const PATIENCE_MS = 5000; // ours: what is ended has so long to put its own things in order

/**
 * Ends a program with all that it has started: SIGTERM, and SIGKILL 5 s later. Its `close` then comes in any case.
 *
 * @param child Started with `detached`, so that it leads a group of its own, and not closed yet: its id may be another's then.
 */
export function endGroup(child: ChildProcess): void {
  const kill = (signal: 'SIGTERM' | 'SIGKILL') => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch { // it has ended meanwhile
    }
  };
  kill('SIGTERM');
  const timer = setTimeout(() => {
    kill('SIGKILL');
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy(); // whoever left the group may hold them for ever
  }, PATIENCE_MS);
  child.once('close', () => clearTimeout(timer));
}
