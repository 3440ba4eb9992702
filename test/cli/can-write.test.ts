import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canWrite } from '../../lib/cli/can-write';

describe(canWrite, () => {
  const folder = mkdtempSync(join(tmpdir(), 'can-write-'));
  writeFileSync(join(folder, 'old.json'), '{}');
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['a new file', 'new.json', true], ['one that is there', 'old.json', true], ['one in a folder that is not there', 'none/new.json', false],
    ['a folder', '.', false], ['one below a file', 'old.json/new.json', false],
  ])('knows whether %s can be written, and writes nothing', async (_, path, expected) => {
    expect(await canWrite(join(folder, path))).toBe(expected);
    expect(existsSync(join(folder, 'new.json'))).toBe(false);
  });
});
