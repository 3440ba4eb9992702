import { DrillError } from '../drill-error';
import type { DrainNodeAction } from './action-options';
import type { Stage } from './stage';

/** Cordons a node and evicts the Deployment's pods from it, and waits until they are replaced and gone. */
export async function playDrainNode(action: DrainNodeAction, stage: Stage): Promise<void> {
  const { node = busiestNode(stage) } = action;
  const cordoned = await stage.kubectl(['get', 'node', node, '-o', 'jsonpath={.spec.unschedulable}']);
  if (cordoned === 'true') throw new DrillError(`Cannot drain ${node} as it must be a node that takes pods: it is cordoned already`);
  if (!stage.standing().some((pod) => pod.node === node)) throw new DrillError(`Cannot drain ${node} as it must have a pod of ${stage.name}: it has none`);
  stage.onUndo(`${node} is uncordoned`, ['uncordon', node], true);
  // The selector keeps the hands off everybody else's pods.
  await stage.kubectl(['drain', node, `--pod-selector=${stage.selector}`, '--ignore-daemonsets', '--delete-emptydir-data']);
  await stage.until('the node to be empty of it', () => stage.standing().every((pod) => pod.node !== node));
  return stage.settled();
}

function busiestNode(stage: Stage): string {
  const counts = new Map<string, number>();
  for (const { node } of stage.standing()) if (node) counts.set(node, (counts.get(node) ?? 0) + 1);
  const [busiest] = [...counts].sort(([a, most], [b, many]) => many - most || a.localeCompare(b));
  if (!busiest) throw new DrillError(`Cannot drain a node as ${stage.name} must have a pod on one: the watch saw none`);
  return busiest[0];
}
