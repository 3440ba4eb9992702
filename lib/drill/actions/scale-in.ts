import { DrillError } from '../drill-error';
import type { ScaleInAction } from './action-options';
import type { Stage } from './stage';

interface Autoscalers {
  readonly items: readonly {
    readonly metadata: { readonly name: string };
    readonly spec: { readonly scaleTargetRef: { readonly kind: string; readonly name: string } };
  }[];
}

/** Takes replicas away, and waits until their pods are gone; they are given back when the load has ended. */
export async function playScaleIn(action: ScaleInAction, stage: Stage): Promise<void> {
  const { name } = stage.before.metadata;
  const { replicas } = stage.before.spec;
  const toReplicas = action.toReplicas ?? Math.min(replicas - 1, Math.ceil(replicas / 2));
  if (!(toReplicas >= 0 && toReplicas < replicas)) {
    throw new DrillError(`Cannot scale in ${stage.name} as it must keep less than the ${replicas} replicas that it has: asked for ${toReplicas}`);
  }
  const { items } = JSON.parse(await stage.kubectl(['get', 'horizontalpodautoscalers', '-o', 'json'])) as Autoscalers;
  const owner = items.find(({ spec }) => spec.scaleTargetRef.kind === 'Deployment' && spec.scaleTargetRef.name === name);
  if (owner) throw new DrillError(`Cannot scale in ${stage.name} as nothing else must scale it: HorizontalPodAutoscaler/${owner.metadata.name} does`);
  stage.onUndo(`${stage.name} has ${replicas} replicas again`, stage.restoring('replicas'), true);
  return stage.settled(await stage.patch('merge', { spec: { replicas: toReplicas } }));
}
