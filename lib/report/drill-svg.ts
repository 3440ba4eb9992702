import type { DrillCause, DrillClient, DrillPod, DrillReport } from './drill-report';
import { Axis, axisSvg, barSvg, pictureSvg, xOf } from './picture';
import { countText, escaped, secondsText } from './words';

/** How a picture is laid out: `wide` has names beside the lanes, `narrow` above them, as a phone needs it. */
export type DrillPictureLayout = 'wide' | 'narrow';

interface Layout {
  readonly widthPx: number;
  /** Where the axis begins and ends. */
  readonly leftPx: number;
  readonly rightPx: number;
  readonly lanePx: number;
  /** Where a lane's name and its bar are, from the lane's top. */
  readonly nameY: number;
  readonly barY: number;
  readonly barPx: number;
  readonly namesBeside: boolean;
  readonly mostNameCharacters: number;
  readonly legendColumns: number;
}

const LAYOUTS: Readonly<Record<DrillPictureLayout, Layout>> = {
  wide: {
    widthPx: 1000, leftPx: 260, rightPx: 980, lanePx: 24, nameY: 16, barY: 3, barPx: 18,
    namesBeside: true, mostNameCharacters: 32, legendColumns: 7,
  },
  narrow: {
    widthPx: 360, leftPx: 8, rightPx: 352, lanePx: 38, nameY: 14, barY: 18, barPx: 16,
    namesBeside: false, mostNameCharacters: 48, legendColumns: 3,
  },
};

const LEGEND_TOP = 8;
const LEGEND_LINE = 20;
const LEGEND = [
  ['starting', 'starting'], ['ready', 'ready'], ['wait', 'preStop'], ['drain', 'after SIGTERM'], ['gone', 'gone'], ['lost', 'lost'], ['window', 'the window'],
] as const;

/**
 * The picture of a drill, as an SVG file: each client a lane with its losses as marks, each pod a bar from its start over readiness,
 * preStop and drain until it is gone, with an arrowhead where something was lost by it, all on one axis of seconds since the action began.
 * The same report gives the same bytes.
 *
 * @param layout @default 'wide'
 */
export function drillSvg(report: DrillReport, layout: DrillPictureLayout = 'wide'): string {
  const shape = LAYOUTS[layout];
  const { load, window, clients, pods } = report;
  const axis: Axis = { ...load, leftPx: shape.leftPx, rightPx: shape.rightPx };
  const top = LEGEND_TOP + Math.ceil(LEGEND.length / shape.legendColumns) * LEGEND_LINE + 16;
  const podsTop = top + clients.length * shape.lanePx + 12;
  const bottom = podsTop + pods.length * shape.lanePx;
  const windowBar = { from: window.fromSeconds, to: window.toSeconds, y: top - 8, height: bottom - top + 8, kind: 'window' };
  return pictureSvg(shape.widthPx, bottom + 28, { title: `${report.workload}: ${report.action}`, description: describe(report) }, [
    legend(shape),
    barSvg(axis, { ...windowBar, title: `the window, from ${secondsText(window.fromSeconds)} to ${secondsText(window.toSeconds)}` }),
    axisSvg(axis, top - 8, bottom),
    `<line class="moment" x1="${xOf(axis, 0)}" x2="${xOf(axis, 0)}" y1="${top - 8}" y2="${bottom}"><title>${escaped(report.action)}</title></line>`,
    ...clients.map((client, i) => clientLane(report, client, axis, shape, top + i * shape.lanePx)),
    ...pods.map((pod, i) => podLane(pod, axis, shape, podsTop + i * shape.lanePx)),
    ...pods.map((pod, i) => hits(report.causes, pod, axis, podsTop + i * shape.lanePx + shape.barY)),
  ]);
}

/** What the picture shows, in a few sentences. */
function describe({ clients, pods, window, sent, lost }: DrillReport): string {
  const ended = pods.filter(({ goneSeconds }) => goneSeconds !== undefined).length;
  const lanes = clients.map((client) => `${client.name} lost ${countText(client.lost)} of ${countText(client.sent)}`).join(', ');
  return `${countText(lost)} of ${countText(sent)} lost: ${lanes}. ${pods.length} pods, of which ${ended} ended, `
    + `between ${secondsText(window.fromSeconds)} and ${secondsText(window.toSeconds)} after the action began.`;
}

function legend({ leftPx, rightPx, legendColumns }: Layout): string {
  const column = (rightPx - leftPx) / legendColumns;
  return LEGEND.map(([kind, text], i) => {
    const x = Math.round(leftPx + (i % legendColumns) * column);
    const y = LEGEND_TOP + Math.floor(i / legendColumns) * LEGEND_LINE;
    const width = kind === 'gone' || kind === 'lost' ? 3 : 12;
    return `<g class="legend"><rect class="${kind}" x="${x}" y="${y}" width="${width}" height="12"/><text class="faint" x="${x + width + 6}" y="${y + 10}">${text}</text></g>`;
  }).join('\n');
}

function clientLane(report: DrillReport, client: DrillClient, axis: Axis, shape: Layout, y: number): string {
  const label = `${client.name}: ${countText(client.lost)} of ${countText(client.sent)} lost`;
  const at = { y: y + shape.barY, height: shape.barPx };
  return [
    name(label, shape, y),
    barSvg(axis, { ...at, from: axis.fromSeconds, to: axis.toSeconds, kind: 'lane', title: label }),
    ...marks(report, client.name, axis).map(([x, count, atSeconds]) =>
      `<rect class="lost" x="${x - 1}" y="${at.y}" width="3" height="${at.height}"><title>${count} lost at ${secondsText(atSeconds)}</title></rect>`),
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

function podLane(pod: DrillPod, axis: Axis, shape: Layout, y: number): string {
  const { toSeconds } = axis;
  const gone = pod.goneSeconds ?? pod.exitedSeconds ?? toSeconds; // one that the kubelet evicts stays, and runs no more
  const deleted = pod.deletedSeconds ?? gone;
  const ready = Math.min(pod.readySeconds ?? deleted, deleted);
  const sigterm = Math.min(Math.max(pod.sigtermSeconds ?? gone, deleted), gone); // where it is not known: no drain is drawn
  const wasReady = pod.readySeconds === pod.seenSeconds; // before anybody looked
  const where = pod.node ? ` on ${pod.node}` : '';
  const stages: [from: number, to: number, kind: string, text: string][] = [
    [pod.seenSeconds, ready, 'starting', 'starting'], [wasReady ? axis.fromSeconds : ready, deleted, 'ready', 'ready'],
    [deleted, sigterm, 'wait', pod.sigtermSeconds === undefined ? 'ending' : 'preStop'], [sigterm, gone, 'drain', 'after SIGTERM'],
  ];
  const at = { y: y + shape.barY, height: shape.barPx };
  const bars = stages.map(([from, to, kind, text]) => barSvg(axis, {
    ...at, from, to, kind, label: kind === 'ready' ? text : `${text} ${secondsText(to - from)}`,
    title: `${pod.name}${where}: ${text} from ${secondsText(from)} to ${secondsText(to)}`,
  }));
  const end = pod.goneSeconds === undefined ? '' : `<rect class="gone" x="${xOf(axis, gone) - 1}" y="${at.y}" width="3" height="${at.height}">`
    + `<title>${escaped(pod.name)}: gone at ${secondsText(gone)}</title></rect>`;
  return [name(`${pod.name}${where}`, shape, y), ...bars, end].filter((part) => part !== '').join('\n');
}

/** An arrowhead on top of a pod's bar for each thing that was lost by it. */
function hits(causes: readonly DrillCause[], pod: DrillPod, axis: Axis, y: number): string {
  return causes.filter((cause) => cause.pod === pod.name).map(({ fromSeconds, text }) =>
    `<path class="hit" d="M${xOf(axis, fromSeconds)} ${y + 7}l-5 -10h10z"><title>${escaped(text)}</title></path>`).join('\n');
}

function name(text: string, { leftPx, nameY, namesBeside, mostNameCharacters }: Layout, y: number): string {
  const half = mostNameCharacters / 2 - 2;
  const shown = text.length > mostNameCharacters ? `${text.slice(0, half)}…${text.slice(-half - 2)}` : text;
  return namesBeside
    ? `<text x="${leftPx - 10}" y="${y + nameY}" text-anchor="end">${escaped(shown)}</text>`
    : `<text x="${leftPx}" y="${y + nameY}">${escaped(shown)}</text>`;
}
