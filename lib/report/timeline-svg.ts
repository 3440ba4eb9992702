import { RolloutPlan, timeline, TimelinePhase } from '../core';
import { Axis, axisSvg, barSvg, pictureSvg } from './picture';
import { escaped } from './words';

const WIDTH = 1000;
const BAR_TOP = 40;
const BAR_HEIGHT = 28;
const LINE = 22;

const KINDS: Readonly<Record<TimelinePhase['name'], string>> = { preStop: 'wait', drain: 'drain', others: 'others', margin: 'margin' };

/**
 * The picture of a plan's shutdown, as an SVG file: the grace period as one bar of its phases, and below it what happens when. The
 * same plan gives the same bytes.
 */
export function timelineSvg(plan: RolloutPlan): string {
  const events = timeline(plan);
  const grace = plan.shutdown.terminationGracePeriodSeconds.value;
  const last = Math.max(grace, ...events.map(({ atSeconds }) => atSeconds), 1);
  const axis: Axis = { fromSeconds: 0, toSeconds: last, leftPx: 30, rightPx: WIDTH - 30 };
  const linesTop = BAR_TOP + BAR_HEIGHT + 48;
  const phases = events.flatMap(({ atSeconds, phase }) => (phase && phase.seconds > 0 ? [{ atSeconds, ...phase }] : []));
  const title = `${plan.workload}: how a pod ends, grace period ${grace} s`;
  const description = events.map(({ atSeconds, text }) => `${atSeconds} s: ${text}`).join('; ');
  return pictureSvg(WIDTH, linesTop + events.length * LINE, { title, description }, [
    `<text x="30" y="22">${escaped(title)}</text>`,
    axisSvg(axis, BAR_TOP - 6, BAR_TOP + BAR_HEIGHT + 6),
    ...phases.map(({ atSeconds, name, seconds }) => {
      const label = `${name} ${seconds} s`;
      const to = atSeconds + seconds;
      return barSvg(axis, { from: atSeconds, to, y: BAR_TOP, height: BAR_HEIGHT, kind: KINDS[name], title: label, label });
    }),
    ...events.map(({ atSeconds, text }, i) => {
      const y = linesTop + i * LINE;
      return `<text class="tick" x="74" y="${y}" text-anchor="end">${atSeconds} s</text><text x="90" y="${y}">${escaped(text)}</text>`;
    }),
  ]);
}
