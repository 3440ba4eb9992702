import { halfWay, restart } from './restart';
import type { Stage } from './stage';

/** Starts a roll, and another when half of the first one's pods are ready. */
export async function playTwoRolls(stage: Stage): Promise<void> {
  const half = halfWay(stage);
  half.catch(() => {}); // if the restart fails, that is the error to tell
  await restart(stage);
  await half;
  return stage.settled(await restart(stage));
}
