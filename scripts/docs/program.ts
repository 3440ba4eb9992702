import { join } from 'node:path';
import * as ts from 'typescript';
import { root } from '../build';

/** The public entries, as source files: the index.ts of each path in package.json's `exports`. */
export function entryFiles(exportsField: Readonly<Record<string, unknown>>): string[] {
  const paths = Object.keys(exportsField).filter((path) => path !== './package.json');
  return paths.map((path) => join(root, 'lib', path, 'index.ts'));
}

/** The program of tsconfig.dev.json over some of its files. */
export function createProgram(files: readonly string[]): ts.Program {
  return ts.createProgram([...files], compilerOptions());
}

/** The compiler options of tsconfig.dev.json. */
export function compilerOptions(): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.dev.json'), ts.sys.readFile);
  return ts.parseJsonConfigFileContent({ ...config, include: [], files: [] }, ts.sys, root).options;
}

/** Something exported by an entry, as its declaration in lib/. */
export interface Exported {
  readonly name: string;
  readonly symbol: ts.Symbol;
  readonly declaration: ts.Declaration;
}

/** Everything that the given entries export and a folder of ours declares, each once. */
export function exportedSymbols(program: ts.Program, entries: readonly string[], folder = 'lib'): Exported[] {
  const checker = program.getTypeChecker();
  const found = new Map<ts.Symbol, Exported>();
  for (const entry of entries) {
    const source = program.getSourceFile(entry);
    const module = source && checker.getSymbolAtLocation(source);
    for (const symbol of module ? checker.getExportsOfModule(module) : []) {
      const original = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const declaration = original.declarations?.[0];
      if (declaration && place(declaration).startsWith(`${folder}/`)) found.set(original, { name: symbol.name, symbol: original, declaration });
    }
  }
  return [...found.values()];
}

/** `lib/core/figure.ts:12`. */
export function place(node: ts.Node): string {
  const source = node.getSourceFile();
  const { line } = source.getLineAndCharacterOfPosition(node.getStart());
  return `${ts.sys.resolvePath(source.fileName).slice(root.length + 1).replaceAll('\\', '/')}:${line + 1}`;
}
