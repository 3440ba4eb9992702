import type { DrillAction } from './action-options';
import { playCommand } from './command';
import { playDeletePod } from './delete-pod';
import { playDrainNode } from './drain-node';
import { playNeverReady } from './never-ready';
import { playRoll } from './roll';
import { playRollBack } from './roll-back';
import { playScaleIn } from './scale-in';
import type { Stage } from './stage';
import { playTwoRolls } from './two-rolls';

/** Does what an action says, and returns when nothing of it is under way any more. */
export function play(action: DrillAction, stage: Stage): Promise<void> {
  switch (action.kind) {
    case 'roll': return playRoll(action, stage);
    case 'roll-back': return playRollBack(stage);
    case 'never-ready': return playNeverReady(action, stage);
    case 'two-rolls': return playTwoRolls(stage);
    case 'drain-node': return playDrainNode(action, stage);
    case 'scale-in': return playScaleIn(action, stage);
    case 'delete-pod': return playDeletePod(action, stage);
    case 'command': return playCommand(action, stage);
  }
}

/**
 * An action as people read it.
 *
 * @example
 * actionText({ kind: 'scale-in', toReplicas: 1 }); // => 'scale in to 1'
 */
export function actionText(action: DrillAction): string {
  switch (action.kind) {
    case 'roll': return action.manifest === undefined ? 'roll (restart)' : 'roll (a new manifest)';
    case 'roll-back': return 'roll, and back half-way';
    case 'never-ready': return 'roll to a version that never gets ready, and back';
    case 'two-rolls': return 'two rolls, the second half-way through the first';
    case 'drain-node': return `drain ${action.node ?? 'a node'}`;
    case 'scale-in': return action.toReplicas === undefined ? 'scale in' : `scale in to ${action.toReplicas}`;
    case 'delete-pod': return `delete ${action.pod ?? 'a pod'}`;
    case 'command': return `run ${action.command}`;
  }
}
