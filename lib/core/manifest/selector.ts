import type { LabelSelector } from './types';

type Labels = Readonly<Record<string, string>>;

/**
 * Does a selector choose an object with these labels? An empty one chooses everything, an absent one nothing, as in
 * Kubernetes, to which `null` is absent, too.
 *
 * @see https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#resources-that-support-set-based-requirements
 * @example
 * selects({ matchLabels: { app: 'web' } }, { app: 'web', tier: 'front' }); // => true
 */
export function selects(selector: LabelSelector | null | undefined, labels: Labels): boolean {
  if (selector === undefined || selector === null) return false;
  const { matchLabels, matchExpressions } = selector;
  if (matchLabels && !hasLabels(matchLabels, labels)) return false;
  return !matchExpressions || matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case 'In': return value !== undefined && values.includes(value);
      case 'NotIn': return value === undefined || !values.includes(value);
      case 'Exists': return value !== undefined;
      case 'DoesNotExist': return value === undefined;
      default: return false;
    }
  });
}

/** Are all the wanted labels there? */
export function hasLabels(wanted: Labels, labels: Labels): boolean {
  for (const key in wanted) {
    if (labels[key] !== wanted[key]) return false;
  }
  return true;
}
