import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

const root = join(__dirname, '..', '..');
const dependencies = Object.keys(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).dependencies ?? {});

/** Runs a Node script to its end; what it prints on either stream is part of a failure. */
export async function node(cwd: string, ...args: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(process.execPath, args, { cwd })).stdout;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`node ${args.join(' ')} failed:\n${stdout}${stderr}`);
  }
}

/** Compiles with the TypeScript of this repository. */
export const tsc = async (cwd: string, ...args: string[]) => node(cwd, require.resolve('typescript/bin/tsc'), ...args);

/** What the tests read of package.json. */
export interface PackageJson {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly typesVersions: { readonly '*': Readonly<Record<string, readonly string[]>> };
}

/** The package as npm would publish it: compiled in a folder of its own, packed, unpacked. */
export class Packed {
  /** Compiles and packs; takes some seconds. */
  public static async create(): Promise<Packed> {
    const folder = mkdtempSync(join(tmpdir(), 'kube-graceful-package-'));
    const stage = join(folder, 'stage');
    await tsc(root, '-p', '.', '--outDir', join(stage, 'dist'));
    for (const file of ['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']) cpSync(join(root, file), join(stage, file));
    await promisify(execFile)('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], {
      cwd: stage, shell: process.platform === 'win32',
    });
    const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? '';
    await promisify(execFile)('tar', ['-xzf', tarball], { cwd: folder });
    return new Packed(folder);
  }

  private constructor(private readonly folder: string) {}

  /** Where it was unpacked. */
  public get path(): string {
    return join(this.folder, 'package');
  }

  /** Its package.json. */
  public get manifest(): PackageJson {
    return JSON.parse(readFileSync(join(this.path, 'package.json'), 'utf8'));
  }

  /** Every file of it, sorted. */
  public get files(): string[] {
    const entries = readdirSync(this.path, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    return entries.map((entry) => join(entry.parentPath, entry.name).slice(this.path.length + 1).replaceAll('\\', '/')).sort();
  }

  /**
   * A new project with the package installed, and of all others only its dependencies and those named: they are links to this
   * repository's, so what a project has not linked the package cannot load.
   */
  public project(name: string, packages: readonly string[], files: Readonly<Record<string, string>>): string {
    const project = join(this.folder, name);
    const modules = join(project, 'node_modules');
    mkdirSync(modules, { recursive: true });
    cpSync(this.path, join(modules, 'kube-graceful'), { recursive: true });
    for (const other of new Set([...dependencies, ...packages])) {
      mkdirSync(dirname(join(modules, other)), { recursive: true });
      symlinkSync(join(root, 'node_modules', other), join(modules, other), 'junction');
    }
    for (const [file, text] of Object.entries({ 'package.json': '{}', ...files })) writeFileSync(join(project, file), text);
    return project;
  }

  /** Removes it with all its projects. */
  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
