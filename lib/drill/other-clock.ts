import { nowMs } from './now-ms';
import type { Outcome } from './outcome';

const QUESTIONS = 3; // ours: one of them is hardly ever held up, and all take less than a second on any line that is of use

/** What another place says of its clock. */
export interface ClockAnswer {
  /** Unix time in milliseconds, as it is there. */
  readonly clockMs: number;
  /** Whether it may be asked again. @default false */
  readonly mayAsk?: boolean;
}

/**
 * The clock of another place beside ours.
 *
 * An answer left somewhere between question and answer: half-way, so the clocks are compared to half a round trip, the shortest of several.
 * The first answer comes unasked, once the other end has begun, and tells little.
 */
export class OtherClock {
  private askedAtMs = nowMs();
  private asked = 0;
  private shortestMs = Infinity;
  private aheadMs = 0;

  /** @param ask Asks the other place for its clock. */
  public constructor(private readonly ask: () => void) {}

  /** Takes an answer, and asks again while that tells more; returns whether the clocks are compared now. */
  public compare({ clockMs, mayAsk }: ClockAnswer): boolean {
    const atMs = nowMs();
    if (atMs - this.askedAtMs < this.shortestMs) {
      this.shortestMs = atMs - this.askedAtMs;
      this.aheadMs = clockMs - (this.askedAtMs + atMs) / 2;
    }
    if (!(mayAsk || this.asked > 0) || this.asked >= QUESTIONS) return true;
    this.asked++;
    this.askedAtMs = nowMs();
    this.ask();
    return false;
  }

  /** What was seen there, in our time. */
  public ours(outcome: Outcome): Outcome {
    const { sentAtMs, endedAtMs, silentSinceMs } = outcome;
    return {
      ...outcome, sentAtMs: sentAtMs - this.aheadMs, endedAtMs: endedAtMs - this.aheadMs,
      ...(silentSinceMs !== undefined && { silentSinceMs: silentSinceMs - this.aheadMs }),
    };
  }
}
