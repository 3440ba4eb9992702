import { escaped } from './words';

/** A stretch of time laid along a picture's width. */
export interface Axis {
  readonly fromSeconds: number;
  readonly toSeconds: number;
  /** Where the time begins and ends, in pixels. */
  readonly leftPx: number;
  readonly rightPx: number;
}

const STEPS = [0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600]; // seconds, as clocks divide time
const MOST_TICKS = 12;

/** Where a moment lies, in pixels to one decimal; what is outside is put on the edge. */
export function xOf(axis: Axis, seconds: number): number {
  const { fromSeconds, toSeconds, leftPx, rightPx } = axis;
  const share = (seconds - fromSeconds) / (toSeconds - fromSeconds || 1);
  return Math.round((leftPx + Math.min(1, Math.max(0, share)) * (rightPx - leftPx)) * 10) / 10;
}

/** The moments that get a tick: whole steps of a clock, at most a dozen. */
export function ticksOf({ fromSeconds, toSeconds }: Axis): number[] {
  const span = toSeconds - fromSeconds;
  const step = STEPS.find((seconds) => span / seconds <= MOST_TICKS) ?? span / MOST_TICKS;
  const first = Math.ceil(fromSeconds / step);
  const last = Math.floor(toSeconds / step);
  return Array.from({ length: last - first + 1 }, (_, i) => Math.round((first + i) * step * 10) / 10);
}

/** The axis with its ticks as lines across the picture and their seconds below. */
export function axisSvg(axis: Axis, topPx: number, bottomPx: number): string {
  return ticksOf(axis).map((seconds) => {
    const x = xOf(axis, seconds);
    return `<line class="grid" x1="${x}" x2="${x}" y1="${topPx}" y2="${bottomPx}"/>`
      + `<text class="tick" x="${x}" y="${bottomPx + 16}" text-anchor="middle">${seconds} s</text>`;
  }).join('\n');
}

/** A bar from one moment to another; a bar of no length is left out. */
export function barSvg(axis: Axis, part: { from: number; to: number; y: number; height: number; kind: string; title: string }): string {
  const x = xOf(axis, part.from);
  const width = Math.round((xOf(axis, part.to) - x) * 10) / 10;
  if (width <= 0) return '';
  return `<rect class="${part.kind}" x="${x}" y="${part.y}" width="${width}" height="${part.height}"><title>${escaped(part.title)}</title></rect>`;
}

/** A whole picture, with the style that all of ours share; it stands alone as a file, and in a page. */
export function pictureSvg(width: number, height: number, title: string, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="kube-graceful" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...parts.filter((part) => part !== ''),
    '</svg>',
    '',
  ].join('\n');
}

/** Colours that stay apart for people who do not tell red from green (Okabe and Ito's set), on light and on dark paper. */
const COLOURS = {
  starting: '#c9b458', ready: '#0a8f6c', wait: '#56b4e9', drain: '#e69f00', others: '#cc79a7', margin: '#9aa5b1', lost: '#d1242f',
};

const STYLE = [
  '.kube-graceful{font:12px system-ui,sans-serif}',
  '.kube-graceful .paper{fill:#fff}',
  '.kube-graceful text{fill:#1f2328}',
  '.kube-graceful .tick,.kube-graceful .faint{fill:#59636e;font-size:11px}',
  '.kube-graceful .on{fill:#1f2328}',
  '.kube-graceful .grid{stroke:#d8dee4}',
  '.kube-graceful .lane{fill:#818b981f}',
  '.kube-graceful .window{fill:#818b9826}',
  '.kube-graceful .moment{stroke:#59636e;stroke-dasharray:3 3}',
  ...Object.entries(COLOURS).map(([name, colour]) => `.kube-graceful .${name}{fill:${colour}}`),
  '@media (prefers-color-scheme:dark){.kube-graceful .paper{fill:#0d1117}.kube-graceful text:not(.on){fill:#e6edf3}',
  '.kube-graceful .tick,.kube-graceful .faint{fill:#9198a1}.kube-graceful .grid{stroke:#2a313c}}',
].join('');
