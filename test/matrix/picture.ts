import { ACTIONS, SUBJECTS, Subject, WAYS } from './cells';
import { Kind, KINDS, Run, sumOfRuns } from './runs';

const CELL = 15;
const GAP = 10;
const LEFT = 190;
const TOP = 112;

/** The share that was lost, as a step of the scale. */
const STEPS = [
  { upTo: 0, name: 'none', label: '0' },
  { upTo: 0.001, name: 'few', label: 'to 0.1 %' },
  { upTo: 0.01, name: 'some', label: 'to 1 %' },
  { upTo: 0.1, name: 'many', label: 'to 10 %' },
  { upTo: 1, name: 'most', label: 'more' },
] as const;

const STYLE = `
  text { font: 12px system-ui, sans-serif; fill: #1f2328 } .strong { font-weight: 600 } .small { font-size: 11px }
  .none { fill: #2da44e } .few { fill: #f5d76e } .some { fill: #f0983e } .many { fill: #e0532f } .most { fill: #8c1d18 } .missing { fill: #d0d7de }
  @media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .missing { fill: #30363d } .none { fill: #3fb950 } }
`;

/** The runs of one setting as a picture: a row for each subject and way, a column for each action and kind of client. */
export function matrixSvg(runs: readonly Run[]): string {
  const width = LEFT + ACTIONS.length * (KINDS.length * CELL + GAP) + 10;
  const rows = SUBJECTS.flatMap((subject, block) => WAYS.map((way, i) => ({ subject, way, y: topOf(block) + i * CELL })));
  const height = rows[rows.length - 1].y + CELL + 20;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"`,
    '  role="img" aria-labelledby="title desc">',
    '<title id="title">What clients lost, by manifest, way in, disruption and kind of client</title>',
    '<desc id="desc">Measured on a simulated cloud whose load balancers are 3 s late (clb-3s). The same figures stand in the tables of the page that shows this picture.</desc>',
    `<style>${STYLE}</style>`,
    legend(),
    ...ACTIONS.map((action, i) => columnHead(action, columnOf(i, 0))),
    ...SUBJECTS.map((subject, block) => text(8, topOf(block) + 12, SUBJECT_NAMES[subject], 'strong')),
    ...rows.flatMap(({ subject, way, y }) => [
      text(LEFT - 8, y + 12, way, 'small', 'end'),
      ...ACTIONS.flatMap((action, i) => KINDS.map((kind, k) => {
        const cell = runs.filter((run) => run.subject === subject && run.way === way && run.action === action);
        return square(columnOf(i, k), y, cell, kind, `${SUBJECT_NAMES[subject]}, ${way}, ${action}`);
      })),
    ]),
    '</svg>', '',
  ].join('\n');
}

/** How people know the subjects. */
export const SUBJECT_NAMES: Readonly<Record<Subject, string>> = {
  'none': 'no probe', 'probe': 'probe only', 'plus-defaults': 'cdk8s-plus-28', 'first-article': 'first article',
  'second-article': 'second article', 'ours': 'kube-graceful',
};

function topOf(block: number): number {
  return TOP + block * (WAYS.length * CELL + GAP);
}

function columnOf(action: number, kind: number): number {
  return LEFT + action * (KINDS.length * CELL + GAP) + kind * CELL;
}

function columnHead(action: string, x: number): string {
  const kinds = KINDS.map((kind, k) => {
    const at = x + k * CELL + 11;
    return `<text class="small" transform="rotate(-60 ${at} ${TOP - 6})" x="${at}" y="${TOP - 6}">${kind}</text>`;
  });
  return [text(x, TOP - 60, action, 'strong'), ...kinds].join('\n');
}

function square(x: number, y: number, runs: readonly Run[], kind: Kind, what: string): string {
  const { sent, lost } = sumOfRuns(runs, kind);
  if (sent === 0) return `<rect class="missing" x="${x}" y="${y}" width="${CELL - 1}" height="${CELL - 1}"/>`;
  const step = STEPS.find(({ upTo }) => lost <= upTo * sent) ?? STEPS[STEPS.length - 1];
  return `<rect class="${step.name}" x="${x}" y="${y}" width="${CELL - 1}" height="${CELL - 1}"><title>${what}, ${kind}: ${lost} of ${sent}</title></rect>`;
}

function legend(): string {
  return [text(8, 20, 'lost:', 'small'), ...[...STEPS, { name: 'missing', label: 'does not apply, or not measured' }].map(({ name, label }, i) => {
    const x = 48 + i * 84;
    return `<rect class="${name}" x="${x}" y="9" width="${CELL - 1}" height="${CELL - 1}"/>${text(x + CELL + 4, 20, label, 'small')}`;
  })].join('\n');
}

function text(x: number, y: number, words: string, kind: string, anchor = 'start'): string {
  return `<text class="${kind}" x="${x}" y="${y}" text-anchor="${anchor}">${words}</text>`;
}
