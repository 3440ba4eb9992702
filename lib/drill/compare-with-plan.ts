import type { Bounds, Manifest, RolloutPlan } from '../core';
import type { DrillAdvice, DrillFigure } from '../report';
import { adviceOf } from './advice-of';
import type { Measured } from './measure';

/** The plan beside what was measured. */
export interface PlanComparison {
  readonly figures: readonly DrillFigure[];
  readonly advice: readonly DrillAdvice[];
}

/**
 * Lays a plan beside what a drill measured, and says which setting should be another.
 *
 * slack of the preStop wait = what the pods have, the grace period at most, - the real delay;
 * slack of the grace = what the pods have - the longest end of a pod.
 *
 * @param plan @default - there is none: only what the pods have is compared
 * @param services The plan's Services as they stand. @default - they are not looked at
 * @param assumed Whether nobody told what the plan is made of: then the pods' own settings are judged alone. @default false
 */
export function compareWithPlan(
  measured: Measured, plan?: RolloutPlan, services: readonly Manifest[] = [], assumed = false,
): PlanComparison {
  return {
    figures: [...shutdownFigures(measured, plan), ...paceFigures(measured, plan)],
    advice: adviceOf(measured, { plan, assumed, services }),
  };
}

function shutdownFigures(measured: Measured, plan: RolloutPlan | undefined): DrillFigure[] {
  const { delaySeconds, waitSeconds, drainSeconds, graceSeconds, endSeconds } = measured;
  if (endSeconds === undefined) return [];
  const shutdown = plan?.shutdown;
  const delay = plan && Math.max(0, ...plan.routes.map((route) => route.delay.value));
  const noDelay = delaySeconds === undefined ? { note: 'no new connection is known to have reached a stopping pod' } : {};
  const cut = waitSeconds !== undefined && graceSeconds !== undefined && waitSeconds > graceSeconds;
  const cutShort = cut ? { note: `the grace period ends it after ${graceSeconds} s` } : {};
  const unknown = waitSeconds === undefined ? { note: 'a preStop hook is no plain wait' } : {};
  return [
    figure('until the last new connection', { ...planned(delay), measured: delaySeconds, ...noDelay }),
    figure('preStop wait', {
      ...planned(shutdown?.wait.value), set: waitSeconds, slack: less(cut ? graceSeconds : waitSeconds, delaySeconds),
      ...cutShort, ...unknown,
    }),
    figure('from SIGTERM to the exit', { ...planned(shutdown?.drain.value), measured: drainSeconds, ...unknown }),
    figure('grace period', {
      ...planned(shutdown?.terminationGracePeriodSeconds.value),
      set: graceSeconds, measured: endSeconds, slack: less(graceSeconds, endSeconds),
    }),
  ];
}

function paceFigures(measured: Measured, plan: RolloutPlan | undefined): DrillFigure[] {
  const { startSeconds, rolledOutSeconds, lastGoneSeconds, replicas } = measured;
  const at = plan?.pace.at.find((pace) => pace.replicas === replicas);
  const noPace = plan && !at ? { note: `the plan does not speak of ${replicas} replicas` } : {};
  const start = planned(plan?.startup.slowestStart?.value);
  return [
    ...(startSeconds === undefined ? [] : [figure('from creation to ready', { ...start, measured: startSeconds })]),
    ...(rolledOutSeconds === undefined ? [] : [figure('rolled out', { ...within(at?.rolledOut), measured: rolledOutSeconds, ...noPace })]),
    ...(lastGoneSeconds === undefined ? [] : [figure('last old pod gone', { ...within(at?.lastPodGone), measured: lastGoneSeconds, ...noPace })]),
  ];
}

function planned(atMost: number | undefined): Pick<DrillFigure, 'planned'> {
  return atMost === undefined ? {} : { planned: { atMost } };
}

function within(bounds: Bounds | undefined): Pick<DrillFigure, 'planned'> {
  if (!bounds) return {};
  const { atLeastSeconds: atLeast, atMostSeconds: atMost } = bounds;
  return { planned: { atLeast, ...(atMost !== undefined && { atMost }) } };
}

function less(set: number | undefined, needed: number | undefined): number | undefined {
  return set === undefined || needed === undefined ? undefined : Math.round((set - needed) * 10) / 10;
}

/** Without what is undefined. */
function figure(what: string, fields: { [K in keyof Omit<DrillFigure, 'what'>]: DrillFigure[K] | undefined }): DrillFigure {
  return { what, ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) };
}
