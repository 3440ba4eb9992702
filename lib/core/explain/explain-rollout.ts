import type { BoundFigures, Bounds, CeilingPlan, RolloutPlan } from '../plan/rollout-plan';
import { duration, hanging, table } from './text';

/** How fast a rollout goes, and what room it takes, as lines: one row for each number of replicas. */
export function explainRollout({ pace }: RolloutPlan): readonly string[] {
  const head = ['replicas', 'waves', 'rolled out after', 'last old pod gone after', 'pods serving', 'existing'];
  const rows = pace.at.map((at) => [
    `${at.replicas}`, `${at.waves}`, between(at.rolledOut), between(at.lastPodGone),
    `${at.servingPods} at most`, `${at.existingPods} at most`,
  ]);
  const scaled = pace.scaled ? '; something else sets the number of replicas, so here are both ends' : '';
  return [
    ...hanging('Rollout: ', `maxSurge ${pace.maxSurge}, maxUnavailable ${pace.maxUnavailable}${scaled}`),
    ...table('rrllll', [head, ...rows]).map((line) => `  ${line}`),
  ];
}

/** How the columns are reckoned, as lines; it is the same at each number of replicas. */
export function explainPace({ pace: { at: [{ figures }] } }: RolloutPlan): readonly string[] {
  const upTo = ({ atLeastSeconds, atMostSeconds }: BoundFigures) => atLeastSeconds.formula + (atMostSeconds ? `, to ${atMostSeconds.formula}` : '');
  return [
    `waves = ${figures.waves.formula}`,
    `rolled out = ${upTo(figures.rolledOut)}`,
    `last old pod gone = ${upTo(figures.lastPodGone)}`,
    `existing = ${figures.existingPods.formula}`,
  ].flatMap((line) => hanging('  ', line));
}

function between({ atLeastSeconds, atMostSeconds }: Bounds): string {
  if (atMostSeconds === undefined) return `${duration(atLeastSeconds)} or more`;
  return `${duration(atLeastSeconds)} to ${duration(atMostSeconds)}`;
}

/** What the pod really gets where something waits less, as lines; none where no platform was declared. */
export function explainCeilings({ ceilings, shutdown }: RolloutPlan): readonly string[] {
  if (ceilings.length === 0) return [];
  const graceSeconds = shutdown.terminationGracePeriodSeconds.value;
  const names = Math.max(...ceilings.map(({ platform }) => platform.length));
  const lines = ceilings.flatMap((one) => hanging(`  ${one.platform.padEnd(names)}  `, `${verdict(one, graceSeconds)} (${one.source})`));
  return ['What may end a pod sooner:', ...lines];
}

function verdict(one: CeilingPlan, graceSeconds: number): string {
  if (one.graceSeconds >= graceSeconds) return `waits ${duration(one.ceilingSeconds)}, so the pod gets its whole grace`;
  const missing = duration(graceSeconds - one.graceSeconds);
  return `leaves ${duration(one.graceSeconds)} of ${duration(graceSeconds)}: SIGKILL comes ${missing} too early`;
}
