import { selects } from '../manifest/selector';
import type { PodSpec, Workload } from '../manifest/types';
import { Problem, shown } from '../problem';

/**
 * That it is a Deployment, and what every API server refuses of its template: a selector that does not choose the pods, and two containers
 * of one name.
 */
export function checkTemplate({ kind = 'Deployment', spec }: Workload, { containers = [], initContainers }: PodSpec, problems: Problem[]): void {
  if (kind !== 'Deployment') {
    problems.push({
      id: 'wrong-kind', field: 'kind', wanted: 'Deployment: what else replaces pods does so by other rules, in other steps', found: shown(kind),
      remedy: 'Give the Deployment.',
    });
  }
  const selector = spec?.selector ?? undefined;
  const labels = spec?.template?.metadata?.labels ?? undefined;
  if (selector && labels && !selects(selector, labels)) {
    problems.push({
      id: 'contradicting-fields', field: 'spec.selector', wanted: 'of labels that spec.template.metadata.labels has: every API server refuses another',
      found: `${shown(selector)} beside ${shown(labels)}`, remedy: 'Correct one of the two.',
    });
  }
  if (containers.length > 1 || initContainers?.length) checkNames({ containers, initContainers }, problems);
}

function checkNames(pod: PodSpec, problems: Problem[]): void {
  const seen = new Set<string>();
  for (const list of ['containers', 'initContainers'] as const) {
    for (const { name } of pod[list] ?? []) {
      if (name !== undefined && seen.has(name)) {
        problems.push({
          id: 'contradicting-fields', field: `spec.template.spec.${list}`, found: `'${name}' twice`,
          wanted: 'given a name of its own each, init containers too: every API server refuses two of one', remedy: 'Rename one.',
        });
      } else if (name !== undefined) seen.add(name);
    }
  }
}
