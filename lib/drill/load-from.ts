import { spawn } from 'node:child_process';
import { checkLoad } from './check-load';
import { DrillError } from './drill-error';
import { lineReader } from './line-reader';
import { lineText } from './line-text';
import type { LoadOptions, LoadRecord, RunningLoad } from './load';
import { nowMs } from './now-ms';
import type { Outcome } from './outcome';
import type { LoadLine } from './serve-load';

/**
 * Starts clients at another place, such as in a pod: as `startLoad`, but a command brings them there.
 *
 * @param command Program and arguments that run `kube-graceful load` at that place, with input and output handed through:
 * `['kubectl', 'exec', '--stdin', 'client', '--', 'kube-graceful', 'load']`.
 * @throws {InvalidInputError} If an option is outside its range.
 */
export function startLoadFrom(command: readonly string[], options: LoadOptions): RunningLoad {
  checkLoad(options);
  return new LoadElsewhere(command, options);
}

class LoadElsewhere implements RunningLoad {
  public readonly outcomes: Outcome[] = [];
  public readonly ended: Promise<void>;
  private readonly record: Promise<LoadRecord>;
  private readonly askedAtMs = nowMs();
  private readonly stopInput: () => void;
  private breakOff!: (why: string) => void;
  private aheadMs = 0;
  private kept?: { readonly unsent: number; readonly latestMs: number };
  private refused?: string;

  constructor(command: readonly string[], options: LoadOptions) {
    const [program, ...args] = command;
    // Away from the terminal's Ctrl-C: the clients go on until the drill ends them.
    const child = spawn(program, args, { detached: true });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', lineReader((line) => this.read(line)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => said += text);
    child.stdin.on('error', () => {}); // it ended before it read everything: what it said tells why
    child.stdin.write(`${JSON.stringify(options)}\n`);
    this.stopInput = () => child.stdin.end();
    this.record = new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new DrillError(`Cannot run the load from ${program}: ${why}`));
      this.breakOff = (why) => {
        fail(why);
        this.stopInput(); // whatever runs there has no reader any more
        child.kill();
      };
      child.on('error', (error) => fail(error.message));
      child.on('close', (code, killedBy) => this.kept
        ? resolve({ outcomes: this.outcomes, ...this.kept })
        : fail(this.refused ?? (said.trim() || `it ended with ${code ?? killedBy}`)));
    });
    this.ended = this.record.then(() => {});
    this.ended.catch(() => {}); // whoever waits for `ended` or `stop` hears of it
  }

  public stop(): Promise<LoadRecord> {
    this.stopInput();
    return this.record;
  }

  /** Nothing may be thrown where a stream is read: it would end the process, and the cluster would stay as it is. */
  private read(text: string): void {
    try {
      this.take(JSON.parse(text) as LoadLine);
    } catch {
      this.breakOff(`it printed ${lineText(text)}, and must print nothing but the lines of kube-graceful load: send the rest to its standard error`);
    }
  }

  private take(line: LoadLine): void {
    // The answer left somewhere between question and answer: half-way, so the clocks are compared to half a round trip.
    if ('clockMs' in line) this.aheadMs = line.clockMs - (this.askedAtMs + nowMs()) / 2;
    else if ('error' in line) this.refused = line.error;
    else if ('unsent' in line) this.kept = line;
    else this.outcomes.push({ ...line, sentAtMs: line.sentAtMs - this.aheadMs, endedAtMs: line.endedAtMs - this.aheadMs });
  }
}
