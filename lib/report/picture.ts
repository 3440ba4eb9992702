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
const CHARACTER_PX = 6; // ours: how wide a letter of 11 px is, about
const TICK_PX = 60; // ours: room for `1800 s` and some air

/** Where a moment lies, in pixels to one decimal; what is outside is put on the edge. */
export function xOf(axis: Axis, seconds: number): number {
  const { fromSeconds, toSeconds, leftPx, rightPx } = axis;
  const share = (seconds - fromSeconds) / (toSeconds - fromSeconds || 1);
  return Math.round((leftPx + Math.min(1, Math.max(0, share)) * (rightPx - leftPx)) * 10) / 10;
}

/** The moments that get a tick: whole steps of a clock, each with room for its text. */
export function ticksOf({ fromSeconds, toSeconds, leftPx, rightPx }: Axis): number[] {
  const span = toSeconds - fromSeconds;
  const most = Math.max(2, Math.floor((rightPx - leftPx) / TICK_PX));
  const step = STEPS.find((seconds) => span / seconds <= most) ?? span / most;
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

/** A bar: what it is, when, where, and in words. */
export interface Bar {
  readonly from: number;
  readonly to: number;
  readonly y: number;
  readonly height: number;
  /** Its class, which colours it. */
  readonly kind: string;
  /** What a pointer that rests on it is told. */
  readonly title: string;
  /** What stands in it, where it is long enough. @default - nothing */
  readonly label?: string;
}

/** A bar from one moment to another; a bar of no length is left out. */
export function barSvg(axis: Axis, { from, to, y, height, kind, title, label = '' }: Bar): string {
  const x = xOf(axis, from);
  const width = Math.round((xOf(axis, to) - x) * 10) / 10;
  if (width <= 0) return '';
  const fits = label !== '' && width > label.length * CHARACTER_PX + 12;
  return `<rect class="${kind}" x="${x}" y="${y}" width="${width}" height="${height}"><title>${escaped(title)}</title></rect>`
    + (fits ? `<text class="on" x="${x + 6}" y="${y + height / 2 + 4}">${escaped(label)}</text>` : '');
}

/** What a picture shows, for whoever cannot see it. */
export interface PictureWords {
  readonly title: string;
  /** @default - the title says all */
  readonly description?: string;
}

/** A whole picture, with the style that all of ours share; it stands alone as a file, and in a page. */
export function pictureSvg(width: number, height: number, { title, description }: PictureWords, parts: readonly string[]): string {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="kube-graceful" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escaped(title)}</title>`,
    ...(description ? [`<desc>${escaped(description)}</desc>`] : []),
    `<style>${STYLE}</style>`,
    `<rect class="paper" width="${width}" height="${height}"/>`,
    ...parts.filter((part) => part !== ''),
    '</svg>',
    '',
  ].join('\n');
}

/**
 * On each of them white text has a contrast of 4.5, and each has one of 3 to light and to dark paper (WCAG 2.2, 1.4.3 and 1.4.11).
 * What lies side by side also differs by its text, for people who do not tell red from green.
 */
export const COLOURS = {
  starting: '#7d6b14', ready: '#0b7a5e', wait: '#1f77b4', drain: '#b45f06', others: '#a8508f', margin: '#6a7683', lost: '#d1242f',
} as const;

/** The paper, light and dark. */
export const PAPERS = { light: '#ffffff', dark: '#0d1117' } as const;

const STYLE = [
  '.kube-graceful{font:12px system-ui,sans-serif}',
  `.kube-graceful .paper{fill:${PAPERS.light}}`,
  '.kube-graceful text{fill:#1f2328}',
  '.kube-graceful .tick,.kube-graceful .faint{fill:#59636e;font-size:11px}',
  '.kube-graceful .on{fill:#fff;font-size:11px;pointer-events:none}',
  '.kube-graceful .grid{stroke:#d8dee4}',
  '.kube-graceful .lane{fill:#818b981f}',
  '.kube-graceful .window{fill:#818b9826}',
  '.kube-graceful .moment{stroke:#59636e;stroke-dasharray:3 3}',
  ...Object.entries(COLOURS).map(([name, colour]) => `.kube-graceful .${name}{fill:${colour}}`),
  `.kube-graceful .hit{fill:${COLOURS.lost};stroke:#fff}`,
  '.kube-graceful .gone{fill:#1f2328}',
  `@media (prefers-color-scheme:dark){.kube-graceful .paper{fill:${PAPERS.dark}}.kube-graceful text:not(.on){fill:#e6edf3}`,
  '.kube-graceful .tick,.kube-graceful .faint{fill:#9198a1}.kube-graceful .grid{stroke:#2a313c}.kube-graceful .gone{fill:#e6edf3}',
  '.kube-graceful .moment{stroke:#9198a1}}',
].join('');
