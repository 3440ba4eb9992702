import type { RolloutPlan } from '../plan/rollout-plan';
import { problemText } from '../problem';
import { explainFigure } from './explain-figure';
import type { NamedFigure } from './explain-figure';
import { explainProbes } from './explain-probes';
import { explainCeilings, explainPace, explainRollout } from './explain-rollout';
import { explainTimeline } from './explain-timeline';
import { explainHeader, explainTraffic } from './explain-traffic';
import { hanging } from './text';

/**
 * A plan as an operator reads it: what happens to a pod that is deleted, where each number comes from, how long a rollout takes and
 * what is worth knowing. Plain text of at most 100 columns; the same plan gives the same bytes.
 *
 * @example
 * explain(plan).split('\n')[0]; // 'Deployment/web behind Service/public (alibaba-clb, pods as targets)'
 */
export function explain(plan: RolloutPlan): string {
  const sections = [
    [...explainHeader(plan), ...explainTimeline(plan)],
    explainRollout(plan),
    explainWarnings(plan),
    explainCeilings(plan),
    explainProbes(plan),
    explainTraffic(plan),
    explainKept(plan),
    explainFigures(plan),
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function explainWarnings({ warnings }: RolloutPlan): readonly string[] {
  if (warnings.length === 0) return [];
  return ['Worth knowing:', ...warnings.flatMap((warning) => hanging('  - ', problemText(warning)))];
}

function explainKept({ kept, routes }: RolloutPlan): readonly string[] {
  const ofServices = routes.flatMap(({ service, kept: fields }) => Object.entries(fields ?? {}).map(([field, reason]) => [`${field} of Service/${service}`, reason]));
  const fields = [...Object.entries(kept), ...ofServices];
  if (fields.length === 0) return [];
  return ['Kept as the manifest has it:', ...fields.flatMap(([field, reason]) => hanging('  - ', `${field}: ${reason}`))];
}

function explainFigures(plan: RolloutPlan): readonly string[] {
  const known: NamedFigure[] = [];
  const lines = ['Where the numbers come from:'];
  for (const named of figuresOf(plan)) {
    lines.push(explainFigure(named, known));
    known.push(named);
  }
  return [...lines, ...explainPace(plan)];
}

/** In the order in which they build on each other. */
function figuresOf({ routes, shutdown, startup, pace }: RolloutPlan): readonly NamedFigure[] {
  const figures: NamedFigure[] = [
    ...routes.map((route) => ({ name: `delay of Service/${route.service}`, figure: route.delay })),
    { name: 'preStop wait', figure: shutdown.wait },
    { name: 'drain', figure: shutdown.drain },
    { name: 'grace', figure: shutdown.terminationGracePeriodSeconds },
  ];
  for (const { service, drain } of routes) if (drain) figures.push({ name: `drain of Service/${service}`, figure: drain });
  for (const { service, arrival } of routes) {
    if (arrival.value > 0) figures.push({ name: `arrival at Service/${service}`, figure: arrival });
  }
  if (pace.minReadySeconds.value > 0) figures.push({ name: 'minReadySeconds', figure: pace.minReadySeconds });
  if (startup.slowestStart) figures.push({ name: 'slowest start', figure: startup.slowestStart });
  if (pace.progressDeadlineSeconds) figures.push({ name: 'progressDeadlineSeconds', figure: pace.progressDeadlineSeconds });
  return figures;
}
