import type { RollAction } from './action-options';
import { restart } from './restart';
import type { Stage } from './stage';

/** Rolls the Deployment, and waits until the last old pod is gone. An interrupt puts the old version back. */
export async function playRoll({ manifest }: RollAction, stage: Stage): Promise<void> {
  if (manifest === undefined) return stage.settled(await restart(stage));
  stage.onUndo(`${stage.name} has its old spec back`, stage.restoring('spec'));
  await stage.kubectl(['apply', '--filename', '-'], manifest);
  return stage.settled(await stage.generation());
}
