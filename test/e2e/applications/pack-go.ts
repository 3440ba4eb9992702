import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { applications, linkGo } from './programs';
import { programOf, sharedNodeVariantsOf, sourcesOf, variantsOf } from './variants';

const lab = join(__dirname, '..', '..', 'lab', 'lab');

/** Links the Go program with and without each part, and packs them all into one image on the lab's nodes. */
export async function packGo(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'kube-graceful-go-'));
  try {
    const variants = [...variantsOf('go'), ...sharedNodeVariantsOf('go')];
    const programs = new Map(variants.map((variant) => [programOf(variant), sourcesOf(variant)['main.go']]));
    for (const [program, text] of programs) {
      const source = join(folder, 'source', program);
      cpSync(join(applications, 'go'), source, { recursive: true });
      writeFileSync(join(source, 'main.go'), text);
      await linkGo(source, join(folder, program));
    }
    await promisify(execFile)(lab, ['image', 'lab/applications-go:1', ...[...programs.keys()].map((program) => join(folder, program))]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}
