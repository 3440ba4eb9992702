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
  const saidBy = Object.create(null) as Record<string, Precedence>;
  const isNew = (field: string, precedence: Precedence, before: unknown, value: unknown): boolean => {
    if (!(field in saidBy)) {
      saidBy[field] = precedence;
      return true;
    }
    const differs = saidBy[field] === precedence && JSON.stringify(before) !== JSON.stringify(value);
    if (differs) problems.push(contradiction(field, [before, value]));
    return false;
  };
  // From the nearest outwards: what a nearer one says is settled, so others need not agree on it.
  for (const { precedence, options } of [...declarations].sort((a, b) => a.precedence - b.precedence)) {
    for (const name in options) {
      const value = options[name as keyof GracefulOptions];
      if (name !== 'traffic' && isNew(name, precedence, merged[name], value)) merged[name] = value;
    }
    for (const way of options.traffic ?? []) {
      const before = traffic.find(({ service }) => service === way.service);
      if (isNew(`traffic of Service/${way.service}`, precedence, before, way)) traffic.push(way);
    }
  }
  if (traffic.length > 0) merged.traffic = traffic;
  return { options: merged, problems };
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
