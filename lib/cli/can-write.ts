import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Whether a file can be written: it may be there and must be no folder, or its folder must be. Nothing is written. */
export async function canWrite(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  if (found?.isDirectory()) return false;
  return access(found ? path : `${dirname(path)}/`, constants.W_OK).then(() => true, () => false);
}
