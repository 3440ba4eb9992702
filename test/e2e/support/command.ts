import { ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DrillReport } from '../../../lib/report';
import { Packed } from '../../package/packed';

/** What a program did. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program at work. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** What it printed so far, on both streams. */
  said(): string;
}

/** The command, packed and installed as npm would do it, in an empty folder. */
export class Command {
  /** Compiles and packs; takes some seconds. */
  public static async create(): Promise<Command> {
    const packed = await Packed.create();
    return new Command(packed, packed.project('drills', [], {}));
  }

  private constructor(private readonly packed: Packed, public readonly folder: string) {}

  private get bin(): string {
    return join(this.folder, 'node_modules', 'kube-graceful', 'dist', 'cli', 'bin.js');
  }

  /** Starts it with arguments, and without a terminal. */
  public start(...args: readonly string[]): Running {
    return running(spawn(process.execPath, [this.bin, ...args], { cwd: this.folder }));
  }

  /** Starts it in a terminal of its own: what is written to its standard input are keys. */
  public startInTerminal(...args: readonly string[]): Running {
    const line = [process.execPath, this.bin, ...args].map((word) => `'${word}'`).join(' ');
    // In place of the shell: one that stands between (dash does, bash does not) has Ctrl-C, too, and ends with a code of its own.
    return running(spawn('script', ['--quiet', '--flush', '--return', '--command', `exec ${line}`, '/dev/null'], { cwd: this.folder }));
  }

  /** The report that a drill wrote. */
  public report(file: string): DrillReport {
    return JSON.parse(readFileSync(join(this.folder, file), 'utf8')) as DrillReport;
  }

  /** Removes it, and everything that was written. */
  public remove(): void {
    this.packed.remove();
  }
}

function running(child: ChildProcess): Running {
  let out = '';
  let err = '';
  child.stdout!.setEncoding('utf8').on('data', (text: string) => out += text);
  child.stderr!.setEncoding('utf8').on('data', (text: string) => err += text);
  return {
    child,
    said: () => out + err,
    ended: new Promise((resolve, reject) => child.on('error', reject).on('close', (code) => resolve({ code, out, err }))),
  };
}
