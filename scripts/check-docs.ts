/** `npm run docs`: prints what lacks a docstring or a `@default` among all that the package exports. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './build';
import { missingDocs } from './docs/missing-docs';
import { entryFiles } from './docs/program';

const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const missing = missingDocs(entryFiles(manifest.exports));
for (const line of missing) console.log(line);
process.exitCode = missing.length > 0 ? 1 : 0;
