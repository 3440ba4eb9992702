import type { DrillClient, DrillPod, DrillReport } from './drill-report';
import { Axis, axisSvg, barSvg, pictureSvg, xOf } from './picture';
import { escaped, secondsText } from './words';

const WIDTH = 1000;
const LEFT = 220; // room for names
const LANE = 22;
const TOP = 44; // room for the legend
const MOST_NAME = 32;

/**
 * The picture of a drill, as an SVG file: each client a lane with its losses as marks, each pod a bar from its start over readiness,
 * preStop and drain until it is gone, all on one axis of seconds since the action began. The same report gives the same bytes.
 */
export function drillSvg(report: DrillReport): string {
  const { load, window, clients, pods } = report;
  const axis: Axis = { ...load, leftPx: LEFT, rightPx: WIDTH - 20 };
  const podsTop = TOP + clients.length * LANE + 12;
  const bottom = podsTop + pods.length * LANE;
  const windowTitle = 'from the first deletion to the last pod gone';
  return pictureSvg(WIDTH, bottom + 28, `${report.workload}: ${report.action}`, [
    legend(),
    barSvg(axis, { from: window.fromSeconds, to: window.toSeconds, y: TOP - 8, height: bottom - TOP + 8, kind: 'window', title: windowTitle }),
    axisSvg(axis, TOP - 8, bottom),
    `<line class="moment" x1="${xOf(axis, 0)}" x2="${xOf(axis, 0)}" y1="${TOP - 8}" y2="${bottom}"><title>${escaped(report.action)}</title></line>`,
    ...clients.map((client, i) => clientLane(report, client, axis, TOP + i * LANE)),
    ...pods.map((pod, i) => podLane(pod, axis, podsTop + i * LANE)),
  ]);
}

function legend(): string {
  const entries = [['starting', 'starting'], ['ready', 'ready'], ['wait', 'preStop'], ['drain', 'after SIGTERM'], ['lost', 'lost'], ['window', 'the window']];
  return entries.map(([kind, text], i) => {
    const x = LEFT + i * 120;
    return `<rect class="${kind}" x="${x}" y="10" width="12" height="12"/><text class="faint" x="${x + 18}" y="20">${text}</text>`;
  }).join('\n');
}

function clientLane(report: DrillReport, client: DrillClient, axis: Axis, y: number): string {
  const label = `${client.name}: ${client.lost} of ${client.sent} lost`;
  return [
    name(label, y),
    barSvg(axis, { from: axis.fromSeconds, to: axis.toSeconds, y: y + 3, height: LANE - 6, kind: 'lane', title: label }),
    ...marks(report, client.name, axis).map(([x, count, at]) =>
      `<rect class="lost" x="${x}" y="${y + 3}" width="2" height="${LANE - 6}"><title>${count} lost at ${secondsText(at)}</title></rect>`),
  ].join('\n');
}

/** Losses by pixel, so that a picture of a million losses is no larger than it is wide. */
function marks({ losses }: DrillReport, client: string, axis: Axis): [x: number, count: number, atSeconds: number][] {
  const found = new Map<number, [number, number, number]>();
  for (const loss of losses) {
    if (loss.client !== client) continue;
    const x = Math.round(xOf(axis, loss.atSeconds));
    const mark = found.get(x);
    if (mark) mark[1]++;
    else found.set(x, [x, 1, loss.atSeconds]);
  }
  return [...found.values()].sort(([a], [b]) => a - b);
}

function podLane(pod: DrillPod, axis: Axis, y: number): string {
  const { toSeconds } = axis;
  const gone = pod.goneSeconds ?? toSeconds;
  const deleted = pod.deletedSeconds ?? gone;
  const ready = Math.min(pod.readySeconds ?? deleted, deleted);
  const sigterm = Math.min(Math.max(pod.sigtermSeconds ?? gone, deleted), gone);
  const wasReady = pod.readySeconds === pod.seenSeconds; // before anybody looked
  const where = pod.node ? ` on ${pod.node}` : '';
  const stages: [from: number, to: number, kind: string, text: string][] = [
    [pod.seenSeconds, ready, 'starting', 'starting'], [wasReady ? axis.fromSeconds : ready, deleted, 'ready', 'ready'],
    [deleted, sigterm, 'wait', 'preStop'], [sigterm, gone, 'drain', 'after SIGTERM'],
  ];
  const bars = stages.map(([from, to, kind, text]) => barSvg(axis, {
    from, to, kind, y: y + 3, height: LANE - 6, title: `${pod.name}${where}: ${text} from ${secondsText(from)} to ${secondsText(to)}`,
  }));
  return [name(pod.name, y), ...bars].filter((part) => part !== '').join('\n');
}

function name(text: string, y: number): string {
  const shown = text.length > MOST_NAME ? `${text.slice(0, 12)}…${text.slice(13 - MOST_NAME)}` : text;
  return `<text x="${LEFT - 10}" y="${y + 15}" text-anchor="end">${escaped(shown)}</text>`;
}
