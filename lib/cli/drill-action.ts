import type { DrillAction } from '../drill';
import type { FlagReader, Values } from './flag-reader';

/** Flags that say how one action is done, and the action. */
const BELONGS_TO = {
  'manifest': 'roll', 'for': 'never-ready', 'node': 'drain-node', 'to-replicas': 'scale-in', 'pod': 'delete-pod', 'command': 'command',
} as const satisfies Partial<Record<keyof Values, DrillAction['kind']>>;

/** What is to be done, as the flags say; a manifest's text is not read yet. */
export function actionOf(read: FlagReader): DrillAction {
  const { node, pod, command, action } = read.values;
  const kind = action ?? (command === undefined ? 'roll' : 'command');
  const flags = Object.keys(BELONGS_TO) as (keyof typeof BELONGS_TO)[];
  for (const flag of flags) {
    const owner = BELONGS_TO[flag];
    read.must(read.values[flag] === undefined || owner === kind, `--${flag}`, `given with --action ${owner}`, kind);
  }
  switch (kind) {
    case 'roll': case 'roll-back': case 'two-rolls': return { kind };
    case 'never-ready': return { kind, ...read.given({ forSeconds: read.number('for') }) };
    case 'drain-node': return { kind, ...read.given({ node }) };
    case 'scale-in': return { kind, ...read.given({ toReplicas: read.number('to-replicas') }) };
    case 'delete-pod': return { kind, ...read.given({ pod }) };
    case 'command': {
      read.must(command !== undefined, '--command', 'what is to be run', undefined);
      return { kind, command: command ?? '' };
    }
    default: {
      read.must(false, '--action', 'roll, roll-back, never-ready, two-rolls, drain-node, scale-in, delete-pod or command', kind);
      return { kind: 'roll' };
    }
  }
}
