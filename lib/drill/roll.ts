import { drill } from './drill';
import type { KubectlOptions } from './kubectl';
import type { LoadOptions, LoadRecord } from './load';
import type { Window } from './outcome';
import type { PodLife } from './pod-lives';
import { Tally, tally } from './tally';

/** Which Deployment is rolled, under which load. */
export interface RollOptions extends KubectlOptions {
  readonly deployment: string;
  /** `maxSeconds` is set by the roll. */
  readonly load: Omit<LoadOptions, 'maxSeconds'>;
  /** The roll is given up after so long: until every old pod is gone, 1 to 7,000. @default 600 */
  readonly timeoutSeconds?: number;
  /** How long the load runs before the roll, and after the last old pod is gone, 0 to 60. @default 3 */
  readonly quietSeconds?: number;
}

/** What a roll did, and what the clients lost by it; plain data. */
export interface RollResult {
  /** From the first deletion to the last old pod gone. */
  readonly window: Window;
  /** What was under way in the window. */
  readonly inside: Tally;
  /** Everything that was sent, the quiet time before and after it included. */
  readonly whole: Tally;
  /** Of the client itself: what it could not send, and the longest delay. */
  readonly client: Pick<LoadRecord, 'unsent' | 'latestMs'>;
  /** From the restart until all replicas were new and available. */
  readonly rolledOutSeconds: number;
  /** From the restart until the last old pod was gone. */
  readonly lastGoneSeconds: number;
  /** Every pod of the Deployment, old and new, by first sight. */
  readonly pods: readonly PodLife[];
}

/**
 * Restarts a Deployment while clients use it, and counts what they lost between the first deletion and the last old pod gone.
 *
 * The cluster is left as the restart leaves it; if that fails, the old template is put back. A deletion counts from the moment the
 * watch told of it. `drill` does more, and tells more.
 *
 * @throws {InvalidInputError} If the load is outside its bounds.
 * @throws {KubectlError} If a command fails.
 * @throws {DrillError} If the Deployment is not rolled out before, or the roll takes longer than `timeoutSeconds`.
 */
export async function roll(options: RollOptions): Promise<RollResult> {
  const { window, outcomes, client, pods, actedAtMs, rolledOutAtMs } = await drill({ ...options, action: { kind: 'roll' } });
  return {
    window,
    inside: tally(outcomes, window),
    whole: tally(outcomes),
    client,
    rolledOutSeconds: (rolledOutAtMs - actedAtMs) / 1000,
    lastGoneSeconds: (window.toMs - actedAtMs) / 1000,
    pods,
  };
}
