import { halfWay, restart } from './restart';
import type { Stage } from './stage';

/** Starts a roll, and puts the old template back when half of the new pods are ready. */
export async function playRollBack(stage: Stage): Promise<void> {
  const half = halfWay(stage);
  half.catch(() => {}); // if the restart fails, that is the error to tell
  await restart(stage);
  await half;
  return stage.settled(await stage.patch('json', [{ op: 'replace', path: '/spec/template', value: stage.before.spec.template }]));
}
