import type { InvalidInput } from '../core';
import { Check, failing, loadProblems, range } from './check-load';
import type { DrillOptions } from './drill';

/**
 * All that is wrong with a drill's options, before anything is asked of the cluster.
 *
 * @returns Nothing where all is well. Fields are named as in `DrillOptions`: `quietSeconds`, `load.clients[0].ratePerSecond`.
 */
export function drillProblems(options: DrillOptions): InvalidInput[] {
  const { load, timeoutSeconds, quietSeconds, action } = options;
  const checks: Check[] = [
    range('timeoutSeconds', timeoutSeconds, 1, 7000),
    range('quietSeconds', quietSeconds, 0, 60),
    ...(action?.kind === 'never-ready' ? [range('action.forSeconds', action.forSeconds, 1, 3600)] : []),
    ...(action?.kind === 'scale-in' ? [range('action.toReplicas', action.toReplicas, 0, 2 ** 31 - 1, true)] : []),
  ];
  const own = failing(checks);
  // How long the load may last follows from the drill's times: what is wrong with them is said once.
  const maxSeconds = own.length > 0 ? undefined : loadSeconds(options);
  const ofLoad = loadProblems({ ...load, maxSeconds });
  return [...own, ...ofLoad.map((problem) => ({ ...problem, field: `load.${problem.field}` }))];
}

const TO_END_SECONDS = 60; // ours: more than what is elsewhere takes to tell of its last answers

/** How long the load of a drill may last, in seconds: the drill, the quiet before and after it, and a minute to come to an end. */
export function loadSeconds({ timeoutSeconds = 600, quietSeconds = 3 }: Pick<DrillOptions, 'timeoutSeconds' | 'quietSeconds'>): number {
  return timeoutSeconds + 2 * quietSeconds + TO_END_SECONDS;
}

/** How long it takes at most until all that a load has sent is known to be answered or lost, in seconds. */
export function lastAnswerSeconds({ clients, timeoutSeconds = 10 }: DrillOptions['load']): number {
  const slowestMs = Math.max(0, ...clients.map((client) => (client.kind === 'slow' ? client.requestMs ?? 3000 : 0)));
  return timeoutSeconds + slowestMs / 1000 + TO_END_SECONDS;
}
