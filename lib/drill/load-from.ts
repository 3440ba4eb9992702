import { ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { checkLoad } from './check-load';
import { DrillError } from './drill-error';
import { endGroup } from './end-group';
import { lineReader } from './line-reader';
import { lineText } from './line-text';
import type { LoadOptions, LoadRecord, RunningLoad } from './load';
import { ClockAnswer, OtherClock } from './other-clock';
import type { Outcome } from './outcome';
import { CLOCK_QUESTION, LoadLine } from './serve-load';

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

/** The program that runs a load at another place, and what it tells of it. */
class LoadElsewhere implements RunningLoad {
  public readonly outcomes: Outcome[] = [];
  public readonly ended: Promise<void>;
  public readonly started: Promise<void>;
  private readonly record: Promise<LoadRecord>;
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly clock = new OtherClock(() => void this.child.stdin.write(`${CLOCK_QUESTION}\n`));
  private start!: () => void;
  private fail!: (why: string) => void;
  /** What came before the clocks were compared, as it came. */
  private readonly early: Outcome[] = [];
  private clocksCompared = false;
  private kept?: { readonly unsent: number; readonly latestMs: number };
  private stopping = false;
  private closed = false;

  constructor([program, ...args]: readonly string[], options: LoadOptions) {
    // Away from the terminal's Ctrl-C: the clients go on until the drill ends them.
    this.child = spawn(program, args, { detached: true });
    const { stdin, stdout, stderr } = this.child;
    let said = '';
    stdout.setEncoding('utf8').on('data', lineReader((line) => this.read(line)));
    stderr.setEncoding('utf8').on('data', (text: string) => said += text);
    stdin.on('error', () => {}); // it ended before it read everything: what it said tells why
    stdin.write(`${JSON.stringify(options)}\n`);
    this.started = new Promise((resolve) => this.start = resolve);
    this.record = new Promise((resolve, reject) => {
      this.fail = (why) => reject(new DrillError(`Cannot run the load from ${program}: ${why}`));
      this.child.on('error', (error) => this.fail(error.message));
      this.child.on('close', (code, killedBy) => {
        this.closed = true;
        this.keepEarly(); // of a load that was stopped before the clocks were compared to the end
        if (this.kept && this.stopping) resolve({ outcomes: this.outcomes, ...this.kept });
        else this.fail(this.kept ? 'it ended before it was stopped' : said.trim() || `it ended with ${code ?? killedBy}`);
      });
    });
    this.ended = this.record.then(() => {});
    this.ended.catch(() => {}); // whoever waits for `ended` or `stop` hears of it
  }

  public stop(): Promise<LoadRecord> {
    this.stopping = true;
    this.child.stdin.end();
    return this.record;
  }

  public abandon(): void {
    this.stopping = true;
    this.child.stdin.end();
    if (!this.closed) endGroup(this.child);
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
    if ('clockMs' in line) this.onClock(line);
    else if ('error' in line) this.breakOff(line.error);
    else if ('unsent' in line) this.kept = line;
    else if (this.clocksCompared) this.outcomes.push(this.clock.ours(line));
    else this.early.push(line);
  }

  private onClock(answer: ClockAnswer): void {
    if (!this.clock.compare(answer)) return;
    this.clocksCompared = true;
    this.keepEarly();
    this.start();
  }

  private keepEarly(): void {
    for (const outcome of this.early.splice(0)) this.outcomes.push(this.clock.ours(outcome));
  }

  /** Whatever runs there has no reader any more. */
  private breakOff(why: string): void {
    this.fail(why);
    this.abandon();
  }
}
