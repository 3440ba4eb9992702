import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';
import { root } from '../build';
import { compilerOptions } from './program';

/** A fenced block of a Markdown file. */
export interface MarkdownBlock {
  /** `README.md:12`. */
  readonly place: string;
  /** What stands behind the opening fence: `ts`; `yaml web-eni`: from an example; `go applications/go/main.go`: from a file. */
  readonly kind: string;
  readonly code: string;
}

/** The Markdown files that readers copy code from. */
export function markdownFiles(): string[] {
  const examples = ts.sys.directoryExists(join(root, 'examples')) ? readdirSync(join(root, 'examples')) : [];
  return ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md', 'docs/application.md', ...examples.map((name) => `examples/${name}/README.md`)]
    .filter((file) => ts.sys.fileExists(join(root, file)));
}

/** The fenced blocks of a Markdown file. */
export function blocksOf(file: string): MarkdownBlock[] {
  const lines = readFileSync(join(root, file), 'utf8').split(/\r?\n/);
  const blocks: MarkdownBlock[] = [];
  for (let at = 0; at < lines.length; at++) {
    if (!lines[at].startsWith('```')) continue;
    const end = lines.indexOf('```', at + 1);
    blocks.push({ place: `${file}:${at + 1}`, kind: lines[at].slice(3), code: lines.slice(at + 1, end).join('\n') });
    at = end;
  }
  return blocks;
}

/** What the compiler says about each block, as a module of its own at the root of the repository. */
export function compileBlocks(blocks: readonly MarkdownBlock[]): string[] {
  const texts = new Map(blocks.map(({ place, code }) => [join(root, `${place.replace(/\W/g, '-')}.ts`), { place, code: `${code}\nexport {};\n` }]));
  const options: ts.CompilerOptions = { ...compilerOptions(), noUnusedLocals: false };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (file) => texts.has(file) || fileExists(file);
  host.readFile = (file) => texts.get(file)?.code ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const text = texts.get(file);
    return text ? ts.createSourceFile(file, text.code, rest[0]) : getSourceFile(file, ...rest);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  return [...texts].flatMap(([file, { place }]) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file))
    .filter((diagnostic) => diagnostic.file?.fileName === file)
    .map((diagnostic) => `${place}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, '\n')}`));
}
