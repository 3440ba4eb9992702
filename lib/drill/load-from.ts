import { spawn } from 'node:child_process';
import { checkLoad } from './check-load';
import { DrillError } from './drill-error';
import { endGroup } from './end-group';
import { lineReader } from './line-reader';
import { lineText } from './line-text';
import type { LoadOptions, LoadRecord, RunningLoad } from './load';
import { nowMs } from './now-ms';
import type { Outcome } from './outcome';
import { CLOCK_QUESTION, LoadLine } from './serve-load';

const QUESTIONS = 3; // ours: one of them is hardly ever held up, and all take less than a second on any line that is of use

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
  public readonly started: Promise<void>;
  private readonly stopInput: () => void;
  private readonly ask: () => void;
  private readonly end: () => void;
  private start!: () => void;
  /** What came before the clocks were compared, as it came. */
  private readonly early: Outcome[] = [];
  private askedAtMs = nowMs();
  private asked = 0;
  private clocksCompared = false;
  private shortestMs = Infinity;
  private breakOff!: (why: string) => void;
  private aheadMs = 0;
  private kept?: { readonly unsent: number; readonly latestMs: number };
  private stopping = false;

  constructor(command: readonly string[], options: LoadOptions) {
    const [program, ...args] = command;
    // Away from the terminal's Ctrl-C: the clients go on until the drill ends them.
    const child = spawn(program, args, { detached: true });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', lineReader((line) => this.read(line)));
    child.stderr.setEncoding('utf8').on('data', (text: string) => said += text);
    child.stdin.on('error', () => {}); // it ended before it read everything: what it said tells why
    child.stdin.write(`${JSON.stringify(options)}\n`);
    this.started = new Promise((resolve) => this.start = resolve);
    this.ask = () => {
      this.asked++;
      this.askedAtMs = nowMs();
      child.stdin.write(`${CLOCK_QUESTION}\n`);
    };
    this.stopInput = () => child.stdin.end();
    let closed = false;
    child.on('close', () => closed = true);
    this.end = () => void (closed || endGroup(child));
    this.record = new Promise((resolve, reject) => {
      const fail = (why: string) => reject(new DrillError(`Cannot run the load from ${program}: ${why}`));
      this.breakOff = (why) => {
        fail(why);
        this.abandon(); // whatever runs there has no reader any more
      };
      child.on('error', (error) => fail(error.message));
      child.on('close', (code, killedBy) => {
        this.keepEarly(); // of a load that was stopped before the clocks were compared to the end
        if (this.kept && !this.stopping) fail('it ended before it was stopped');
        else if (this.kept) resolve({ outcomes: this.outcomes, ...this.kept });
        else fail(said.trim() || `it ended with ${code ?? killedBy}`);
      });
    });
    this.ended = this.record.then(() => {});
    this.ended.catch(() => {}); // whoever waits for `ended` or `stop` hears of it
  }

  public stop(): Promise<LoadRecord> {
    this.stopping = true;
    this.stopInput();
    return this.record;
  }

  public abandon(): void {
    this.stopping = true;
    this.stopInput();
    this.end();
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
    if ('clockMs' in line) this.compare(line);
    else if ('error' in line) this.breakOff(line.error);
    else if ('unsent' in line) this.kept = line;
    else if (this.clocksCompared) this.keep(line);
    else this.early.push(line);
  }

  /**
   * The answer left somewhere between question and answer: half-way, so the clocks are compared to half a round trip, the shortest of
   * several. The first question waits for the other end to begin, and tells little.
   */
  private compare({ clockMs, mayAsk }: { readonly clockMs: number; readonly mayAsk?: boolean }): void {
    const atMs = nowMs();
    if (atMs - this.askedAtMs < this.shortestMs) {
      this.shortestMs = atMs - this.askedAtMs;
      this.aheadMs = clockMs - (this.askedAtMs + atMs) / 2;
    }
    if ((mayAsk || this.asked > 0) && this.asked < QUESTIONS) return this.ask();
    this.clocksCompared = true;
    this.keepEarly();
    this.start();
  }

  private keepEarly(): void {
    for (const outcome of this.early.splice(0)) this.keep(outcome);
  }

  private keep(outcome: Outcome): void {
    const { sentAtMs, endedAtMs, silentSinceMs } = outcome;
    this.outcomes.push({
      ...outcome, sentAtMs: sentAtMs - this.aheadMs, endedAtMs: endedAtMs - this.aheadMs,
      ...(silentSinceMs !== undefined && { silentSinceMs: silentSinceMs - this.aheadMs }),
    });
  }
}
