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
  const options = new Map<string, Said>();
  const traffic = new Map<string, Said>();
  // From the nearest outwards: what a nearer one says is settled, so others need not agree on it.
  for (const { precedence, options: said } of [...declarations].sort((a, b) => a.precedence - b.precedence)) {
    for (const name in said) {
      if (name !== 'traffic') add(options, name, { precedence, value: said[name as keyof GracefulOptions] }, problems);
    }
    for (const way of said.traffic ?? []) add(traffic, `traffic of Service/${way.service}`, { precedence, value: way }, problems);
  }
  const merged: Record<string, unknown> = {};
  for (const [name, { value }] of options) merged[name] = value;
  if (traffic.size > 0) merged.traffic = [...traffic.values()].map(({ value }) => value as TrafficOptions);
  return { options: merged, problems };
}

interface Said {
  readonly precedence: Precedence;
  readonly value: unknown;
}

function add(known: Map<string, Said>, name: string, said: Said, problems: Problem[]): void {
  const before = known.get(name);
  if (!before) {
    known.set(name, said);
  } else if (said.precedence === before.precedence && JSON.stringify(said.value) !== JSON.stringify(before.value)) {
    problems.push(contradiction(name, [before.value, said.value]));
  }
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
