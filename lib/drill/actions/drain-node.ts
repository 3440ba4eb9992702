import { DrillError } from '../drill-error';
import { KubectlError } from '../kubectl';
import { nowMs } from '../now-ms';
import type { PodLife } from '../pod-lives';
import type { DrainNodeAction } from './action-options';
import type { Stage } from './stage';

const AGAIN_AFTER_MS = 1000; // ours: a budget that allows one eviction after the other is not kept waiting

/** Cordons a node and evicts the Deployment's pods from it, and waits until others are ready in their place and they are gone. */
export async function playDrainNode(action: DrainNodeAction, stage: Stage): Promise<void> {
  const { node = busiestNode(stage) } = action;
  const cordoned = await stage.kubectl(['get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}']);
  if (cordoned === 'true') throw new DrillError(`Cannot drain ${node} as it must be a node that takes pods: it is cordoned already`);
  if (!stage.standing().some((pod) => pod.node === node)) throw new DrillError(`Cannot drain ${node} as it must have a pod of ${stage.name}: it has none`);
  stage.onUndo(`${node} is uncordoned`, ['uncordon', node], true);
  await stage.kubectl(['cordon', node]);
  // Not `kubectl drain`: its selector finds pods of other namespaces, too.
  await Promise.all(stage.standing().filter((pod) => pod.node === node).map((pod) => evict(pod, stage)));
  await stage.until('the node to be empty of it', () => stage.standing().every((pod) => pod.node !== node));
  return stage.settled();
}

/** Asks for an eviction until the pods' disruption budget allows it, as `kubectl drain` does. */
async function evict({ name }: PodLife, stage: Stage): Promise<void> {
  const { namespace } = stage.before.metadata;
  const eviction = JSON.stringify({ apiVersion: 'policy/v1', kind: 'Eviction', metadata: { name, namespace } });
  for (;;) {
    const refused = await stage.kubectl(['create', '--raw', `/api/v1/namespaces/${namespace}/pods/${name}/eviction`, '--filename', '-'], eviction)
      .then(() => undefined, (error: Error) => error);
    if (!refused || isGone(refused)) return;
    if (!isForbiddenByBudget(refused)) throw refused;
    const againAtMs = nowMs() + AGAIN_AFTER_MS;
    await stage.until(`the eviction of ${name}`, () => nowMs() >= againAtMs);
  }
}

function isGone(error: Error): boolean {
  return error instanceof KubectlError && error.said.includes('(NotFound)');
}

function isForbiddenByBudget(error: Error): boolean {
  return error instanceof KubectlError && error.said.includes('(TooManyRequests)');
}

function busiestNode(stage: Stage): string {
  const counts = new Map<string, number>();
  for (const { node } of stage.standing()) if (node) counts.set(node, (counts.get(node) ?? 0) + 1);
  const [busiest] = [...counts].sort(([a, most], [b, many]) => many - most || a.localeCompare(b));
  if (!busiest) throw new DrillError(`Cannot drain a node as ${stage.name} must have a pod on one: the watch saw none`);
  return busiest[0];
}
