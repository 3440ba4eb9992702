import { DrillError } from '../drill-error';
import type { RollAction } from './action-options';
import type { LiveDeployment } from './live-deployment';
import { restart } from './restart';
import type { Stage } from './stage';

/** An object as kubectl prints it; several are the items of a List. */
interface Printed {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
  readonly items?: readonly Printed[];
}

/** Rolls the Deployment, and waits until the last old pod is gone. An interrupt puts the old version back. */
export async function playRoll({ manifest }: RollAction, stage: Stage): Promise<void> {
  if (manifest === undefined) return stage.settled(await restart(stage));
  // What is applied of other objects stays: whether the manifest is of use has to be known before.
  checkMovesPods(await tried(manifest, stage), stage);
  stage.onUndo(`${stage.name} has its old spec, labels and annotations back`, stage.restoring('manifest'));
  await stage.kubectl(['apply', '--filename', '-'], manifest);
  const live = await stage.live(); // a webhook, or somebody meanwhile, may have made something else of it
  checkMovesPods(live, stage);
  return stage.settled(live.metadata.generation);
}

/** The Deployment as the API server would have it after the manifest is applied; nothing is changed. */
async function tried(manifest: string, stage: Stage): Promise<LiveDeployment> {
  const printed = JSON.parse(await stage.kubectl(['apply', '--dry-run=server', '--filename', '-', '-o', 'json'], manifest)) as Printed;
  const deployments = (printed.items ?? [printed]).filter(({ apiVersion, kind }) => apiVersion === 'apps/v1' && kind === 'Deployment');
  const { name, namespace } = stage.before.metadata;
  const own = deployments.find(({ metadata }) => metadata.name === name && metadata.namespace === namespace);
  if (own) return own as Printed & LiveDeployment;
  const found = deployments.map(({ metadata }) => `${metadata.namespace}/${metadata.name}`);
  throw new DrillError(`Cannot roll ${stage.name} as the manifest must have it, in namespace ${namespace}: `
    + `${found.length > 0 ? `its Deployments are ${found.join(', ')}` : 'it has no Deployment'}. `
    + 'Give the manifest of this one, or leave it out for a restart.');
}

/** What moves no pod can lose nothing, and would look like a drill that held. */
function checkMovesPods({ spec: { template, replicas, paused } }: LiveDeployment, { name, before }: Stage): void {
  if (paused) throw new DrillError(`Cannot roll ${name} as the manifest must not pause it: spec.paused is true. Remove it.`);
  // The API server writes both in the same order.
  if (replicas !== before.spec.replicas || JSON.stringify(template) !== JSON.stringify(before.spec.template)) return;
  throw new DrillError(`Cannot roll ${name} as the manifest must change its pod template or its replicas: it changes neither. `
    + 'Leave it out for a restart.');
}
