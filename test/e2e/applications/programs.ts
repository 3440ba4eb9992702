import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The applications of docs/application.md. */
export const applications = join(__dirname, '..', '..', '..', 'applications');

/** The text of one of their files, such as `node/server.js`. */
export function sourceOf(file: string): string {
  return readFileSync(join(applications, file), 'utf8');
}

/** A text and what takes its place. */
export type Change = readonly [text: string, instead: string];

/** A source with each text replaced; a text that is not there ends the test: then nothing would have been left out. */
export function altered(source: string, changes: readonly Change[]): string {
  return changes.reduce((current, [text, instead]) => {
    if (!current.includes(text)) throw new Error(`Nothing to leave out, as the source has no: ${text}`);
    return current.replaceAll(text, instead);
  }, source);
}

/** Links the Go program of a folder: static, so that it runs in an image of its own. */
export async function linkGo(folder: string, program: string): Promise<void> {
  await execute('go', ['build', '-trimpath', '-ldflags', '-s -w', '-o', program, '.'], { cwd: folder, env: { ...process.env, CGO_ENABLED: '0' } });
}
