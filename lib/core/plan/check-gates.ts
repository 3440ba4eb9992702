import type { Workload } from '../manifest/types';
import type { Problem } from '../problem';
import { PROFILES } from '../traffic/profiles';
import type { RouteDraft } from './draft-routes';

/** What the names of gates begin with that a load balancer's controller opens; the rest is the name of a Service. */
const PREFIXES: readonly string[] = [...new Set(PROFILES
  .flatMap(({ modes }) => Object.values(modes)).flatMap(({ readinessGate }) => readinessGate?.('') ?? []))];

const INJECTED: readonly string[] = PROFILES.flatMap(({ modes }) => Object.values(modes)).flatMap(({ injectedGate }) => injectedGate ?? []);

/** A gate for a Service that does not lead to the pods is opened by nobody, and no new pod is ever ready. */
export function checkGates({ spec }: Workload, routes: readonly Pick<RouteDraft, 'entry'>[], warnings: Problem[]): void {
  for (const { conditionType } of spec?.template?.spec?.readinessGates ?? []) {
    if (INJECTED.some((one) => String(conditionType).startsWith(one))) warnings.push(writtenByHand(conditionType));
    const prefix = PREFIXES.find((one) => String(conditionType).startsWith(one));
    if (prefix === undefined || routes.some(({ entry }) => `${prefix}${entry.service}` === conditionType)) continue;
    warnings.push({
      id: 'unknown-gate', field: 'spec.template.spec.readinessGates', found: conditionType,
      wanted: `of a Service that leads to the pods: ${routes.map(({ entry }) => entry.service).join(', ') || 'none is known'}; nobody opens another, and no new pod gets ready`,
      remedy: 'Correct the name behind the slash, or remove the gate; the plan adds those of the Services that it knows.',
    });
  }
}

function writtenByHand(conditionType: string): Problem {
  return {
    id: 'gate-by-hand', field: 'spec.template.spec.readinessGates', found: conditionType,
    wanted: 'without those that a webhook adds to each pod under names of its own; nobody opens one that is not such a name, and no new pod gets ready',
    remedy: 'Remove it, and let the load balancer\'s controller add its own.',
  };
}
