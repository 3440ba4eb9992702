import { DrillError } from '../drill-error';
import type { DeletePodAction } from './action-options';
import type { Stage } from './stage';

/** Deletes one pod, and waits until it is gone and another is ready in its place. */
export async function playDeletePod({ pod }: DeletePodAction, stage: Stage): Promise<void> {
  const victim = stage.standing().find(({ name }) => pod === undefined || name === pod);
  if (!victim) throw new DrillError(`Cannot delete ${pod ?? 'a pod'} as it must be a pod of ${stage.name}: the watch saw none`);
  await stage.kubectl(['delete', 'pod', victim.name, '--wait=false']);
  await stage.until('the pod to be deleted', () => !stage.standing().some(({ uid }) => uid === victim.uid));
  return stage.settled();
}
