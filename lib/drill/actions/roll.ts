import { DrillError } from '../drill-error';
import type { RollAction } from './action-options';
import { restart } from './restart';
import type { Stage } from './stage';

/** Rolls the Deployment, and waits until the last old pod is gone. An interrupt puts the old version back. */
export async function playRoll({ manifest }: RollAction, stage: Stage): Promise<void> {
  if (manifest === undefined) return stage.settled(await restart(stage));
  stage.onUndo(`${stage.name} has its old spec, labels and annotations back`, stage.restoring('manifest'));
  await stage.kubectl(['apply', '--filename', '-'], manifest);
  const { metadata: { generation }, spec: { template, replicas } } = await stage.live();
  const { before } = stage;
  // The API server writes both in the same order. What moves no pod can lose nothing, and would look like a drill that held.
  if (replicas === before.spec.replicas && JSON.stringify(template) === JSON.stringify(before.spec.template)) {
    throw new DrillError(`Cannot roll ${stage.name} as the manifest must change its pod template or its replicas: it changes neither. `
      + 'Leave it out for a restart.');
  }
  return stage.settled(generation);
}
