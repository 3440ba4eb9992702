import { isSame } from '../../core/index';
import type { GracefulOptions, Problem, TrafficOptions } from '../../core/index';
import { together } from './agreement';

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
 * equally near must be equal, so that their order never matters. Of long connections and of a Service each may say a part.
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
      else if (nearest((said) => name in said) === precedence) merged[name] = agreed(name, merged[name], value, problems);
    }
    for (const way of options.traffic ?? []) {
      const isOfIt = ({ service }: TrafficOptions) => service === way.service;
      const at = traffic.findIndex(isOfIt);
      if (at < 0) traffic.push(way);
      else if (nearest((said) => said.traffic?.some(isOfIt)) === precedence) {
        traffic[at] = agreed(`traffic of Service/${way.service}`, traffic[at], way, problems);
      }
    }
  }
  if (traffic.length > 0) merged.traffic = traffic;
  return { options: merged, problems };
}

/** What holds where two speak equally near; what was said before where they contradict each other. */
function agreed<T>(field: string, before: T, value: T, problems: Problem[]): T {
  if (isSame(before, value)) return before;
  const both = mayBePartial(field) && isObject(before) && isObject(value) ? together(before, value) : undefined;
  if (both === undefined) problems.push(contradiction(field, [before, value]));
  return both ?? before;
}

function mayBePartial(field: string): boolean {
  return field === 'longConnection' || field.startsWith('traffic of ');
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
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
