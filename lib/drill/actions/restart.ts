import { nowMs } from '../now-ms';
import type { Stage } from './stage';

/** Gives the Deployment a template that is new by nothing but a date, as `kubectl rollout restart` does; an interrupt takes it back. */
export async function restart(stage: Stage): Promise<number> {
  stage.onUndo(`${stage.name} has its old template back`, stage.restoring('template'));
  const annotations = { 'kubectl.kubernetes.io/restartedAt': new Date(nowMs()).toISOString() };
  return stage.patch('merge', { spec: { template: { metadata: { annotations } } } });
}

/** Waits until half of the replicas are new pods that are ready. */
export async function halfWay(stage: Stage): Promise<void> {
  const old = new Set(stage.pods().map(({ uid }) => uid));
  const half = Math.ceil(stage.before.spec.replicas / 2);
  await stage.until('half of the new pods to be ready', () =>
    stage.pods().filter(({ uid, readyAtMs }) => !old.has(uid) && readyAtMs !== undefined).length >= half);
}
