import { spawn } from 'node:child_process';
import { DrillError } from '../drill-error';
import type { CommandAction } from './action-options';
import type { Stage } from './stage';

const MOST_SAID = 2000; // ours: the end of what a command said is enough to know why it failed

/** Runs a command of the author's, and waits until it has ended and no pod is on its way any more. An interrupt ends it, children too. */
export async function playCommand({ command }: CommandAction, stage: Stage): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let said = '';
    const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
    const end = () => process.kill(-child.pid!, 'SIGTERM'); // detached: the leader of a group of its own
    stage.signal.addEventListener('abort', end, { once: true });
    child.stderr.setEncoding('utf8').on('data', (text: string) => said = (said + text).slice(-MOST_SAID));
    child.on('error', reject);
    child.on('close', (code, signal) => {
      stage.signal.removeEventListener('abort', end);
      if (code === 0) return resolve();
      reject(new DrillError(`Cannot go on as the command must end with 0: it ended with ${code ?? signal}: ${said.trim()}`));
    });
  });
  return stage.settled(await stage.generation());
}
