import { spawn } from 'node:child_process';
import { DrillError } from '../drill-error';
import { endGroup } from '../end-group';
import type { CommandAction } from './action-options';
import type { Stage } from './stage';

const MOST_SAID = 2000; // ours: the end of what a command said is enough to know why it failed

/**
 * Runs a command of the author's, and waits until it has ended and no pod is on its way any more. An interrupt, or the end of the drill's
 * time, ends it, children too: with SIGTERM, and with SIGKILL 5 s later.
 */
export async function playCommand({ command }: CommandAction, stage: Stage): Promise<void> {
  const running = run(command);
  try {
    await stage.waitFor('the command, which is ended now', running.ended);
  } finally {
    await running.end(); // nothing may be done any more once it is being undone
  }
  return stage.settled(await stage.generation());
}

interface Running {
  /** Rejects when it did not end with 0. */
  readonly ended: Promise<void>;
  /** Ends it where it has not ended yet; resolves when it has. */
  end(): Promise<void>;
}

function run(command: string): Running {
  let said = '';
  const child = spawn('sh', ['-c', command], { stdio: ['ignore', 'ignore', 'pipe'], detached: true });
  child.stderr.setEncoding('utf8').on('data', (text: string) => said = (said + text).slice(-MOST_SAID));
  let over = false;
  const closed = new Promise<void>((resolve) => child.on('close', () => {
    over = true;
    resolve();
  }));
  const ended = new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      if (code === 0) return resolve();
      reject(new DrillError(`Cannot go on as the command must end with 0: it ended with ${code ?? signal}: ${said.trim()}`));
    });
  });
  return {
    ended,
    end: () => {
      if (!over) endGroup(child);
      return closed;
    },
  };
}
