import type { GracefulOptions, Problem, TrafficOptions } from '../../core/index';

/** Who says something about a workload; the nearest wins: its own construct, a mixin that names it, a mixin for many. */
export enum Precedence { OWN, NAMED, COMMON }

/** What one construct or mixin says about a workload. */
export interface Declaration {
  readonly precedence: Precedence;
  readonly options: GracefulOptions;
}

/** Options in force, and what contradicts itself in them. */
export interface Merged {
  readonly options: GracefulOptions;
  readonly problems: readonly Problem[];
}

/**
 * Puts together what several say about one workload, option by option and Service by Service: the nearest wins; what two say
 * equally near must be equal, so that their order never matters.
 */
export function mergeDeclarations(declarations: readonly Declaration[]): Merged {
  const problems: Problem[] = [];
  const merged: Record<string, unknown> = {};
  const traffic: TrafficOptions[] = [];
  // From the nearest outwards: what a nearer one says is settled, so others need not agree on it.
  const sorted = declarations.length > 1 ? [...declarations].sort((a, b) => a.precedence - b.precedence) : declarations;
  const nearest = (says: (options: GracefulOptions) => unknown) => sorted.find(({ options }) => says(options))?.precedence;
  for (const { precedence, options } of sorted) {
    for (const name in options) {
      if (name === 'traffic') continue;
      const value = options[name as keyof GracefulOptions];
      if (!Object.hasOwn(merged, name)) merged[name] = value;
      else if (nearest((said) => name in said) === precedence) problems.push(...contradictions(name, merged[name], value));
    }
    for (const way of options.traffic ?? []) {
      const isSame = ({ service }: TrafficOptions) => service === way.service;
      const before = traffic.find(isSame);
      if (!before) traffic.push(way);
      else if (nearest((said) => said.traffic?.some(isSame)) === precedence) problems.push(...contradictions(`traffic of Service/${way.service}`, before, way));
    }
  }
  if (traffic.length > 0) merged.traffic = traffic;
  return { options: merged, problems };
}

function contradictions(field: string, before: unknown, value: unknown): readonly Problem[] {
  return JSON.stringify(before) === JSON.stringify(value) ? [] : [contradiction(field, [before, value])];
}

function contradiction(field: string, values: readonly unknown[]): Problem {
  return {
    id: 'contradicting-options',
    field,
    wanted: 'said once for a workload, or equally each time',
    found: values.map((value) => JSON.stringify(value)).sort().join(' and '),
    remedy: 'Say it in one place: its own construct, or perWorkload of a mixin; both win over what a mixin says for all.',
  };
}
