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
  let merged: Said = {};
  for (const precedence of [Precedence.COMMON, Precedence.NAMED, Precedence.OWN]) {
    const layer: Said = {};
    for (const declaration of declarations) {
      if (declaration.precedence === precedence) addEqual(layer, saidIn(declaration.options), problems);
    }
    merged = { ...merged, ...layer };
  }
  return { options: optionsOf(merged), problems };
}

/** Options by name, where each way of traffic has a name of its own: a Service may be told of by one, the next by another. */
type Said = Record<string, unknown>;

const WAY = 'traffic of Service/';

function saidIn({ traffic, ...options }: GracefulOptions): Said {
  return { ...options, ...Object.fromEntries((traffic ?? []).map((way) => [`${WAY}${way.service}`, way])) };
}

function optionsOf(said: Said): GracefulOptions {
  const traffic: TrafficOptions[] = [];
  const options: Said = {};
  for (const [name, value] of Object.entries(said)) {
    if (name.startsWith(WAY)) traffic.push(value as TrafficOptions);
    else options[name] = value;
  }
  return traffic.length > 0 ? { ...options, traffic } : options;
}

function addEqual(layer: Said, said: Said, problems: Problem[]): void {
  for (const [name, value] of Object.entries(said)) {
    if (!(name in layer)) layer[name] = value;
    else if (JSON.stringify(layer[name]) !== JSON.stringify(value)) problems.push(contradiction(name, [layer[name], value]));
  }
}

function contradiction(field: string, values: readonly unknown[]): Problem {
  return {
    id: 'contradicting-options',
    field,
    wanted: 'said once for a workload, or equally each time',
    found: values.map((value) => JSON.stringify(value)).sort().join(' and '),
    remedy: 'Say it in one place: its own construct, or `perWorkload` of a mixin; both win over what a mixin says for all.',
  };
}
