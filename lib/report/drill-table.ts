import type { DrillClient, DrillReport } from './drill-report';
import { latenessText } from './lateness';
import { IDLE_TEXT, isIdle, verdictOf } from './verdict';
import { isStill, STILL_TEXT, windowText } from './window-words';
import { ASSUMED_TEXT, outageText, percentText, plainText, plannedText, secondsText, slackText } from './words';

/**
 * A drill's report as a terminal shows it: counts by client, why something was lost, the plan beside what was measured, and what to
 * change. Plain text; the same report gives the same bytes.
 */
export function drillTable(report: DrillReport): string {
  const { workload, action, window } = report;
  const took = secondsText(window.toSeconds - window.fromSeconds);
  const sections = [
    [`${workload}: ${action}; ${took} from ${windowText(report)}`],
    clientLines(report.clients),
    titled('Why:', report.causes.flatMap(({ text, certain, meanwhile }) => [
      `  ${text}${certain ? '' : ' (probably)'}`, ...meanwhile.map((line) => `      ${line}`),
    ])),
    titled('Planned, set, measured:', report.figures.length > 0 ? figureLines(report) : []),
    titled('Change:', report.advice.map(({ field, from, to, reason }) => `  ${field}: ${from} -> ${to}, as ${reason}`)),
    titled('Put back:', report.undone.map((what) => `  ${what}`)),
    verdictLines(report),
  ];
  return `${sections.filter((lines) => lines.length > 0).map((lines) => lines.map(plainText).join('\n')).join('\n\n')}\n`;
}

function verdictLines(report: DrillReport): string[] {
  const { lost, sent, allowedLost, client, client: { unsent } } = report;
  const late = latenessText(client, String);
  const words = { held: `HELD: ${lost} of ${sent} lost`, lost: `LOST: ${lost} of ${sent}`, unproven: `UNPROVEN: ${lost} of ${sent} lost` };
  return [
    ...(unsent > 0 ? [`The client itself could not send ${unsent}: these figures are worth little.`] : []),
    ...(isStill(report) ? [STILL_TEXT] : []),
    ...(isIdle(report) ? [IDLE_TEXT] : []),
    ...(late ? [`clients ${late}`] : []),
    `${words[verdictOf(report)]}, and ${allowedLost} may be`,
  ];
}

function titled(title: string, lines: readonly string[]): readonly string[] {
  return lines.length > 0 ? [title, ...lines] : [];
}

function clientLines(clients: readonly DrillClient[]): string[] {
  const head = ['client', 'sent', 'lost', 'in window', 'lost', 'p50 ms', 'p99 ms', 'max ms', 'outage', 'by cause, or at most'];
  const rows = clients.map((client) => [
    client.name, `${client.sent}`, `${client.lost}`, `${client.inWindow.sent}`, `${client.inWindow.lost}`,
    ...(['p50', 'p99', 'max'] as const).map((name) => client.latencyMs ? client.latencyMs[name].toFixed(0) : '-'),
    outageText(client.longestOutageMs),
    client.lost > 0 ? Object.entries(client.lostBy).map(([cause, count]) => `${count} ${cause}`).join(', ') : boundText(client),
  ]);
  return aligned('lrrrrrrrrl', [head, ...rows]);
}

function boundText({ upperBound95 }: DrillClient): string {
  return upperBound95 === undefined ? '' : `${percentText(upperBound95)} (95 %)`;
}

function figureLines({ figures, plan }: DrillReport): string[] {
  const cell = (seconds: number | undefined) => seconds === undefined ? '-' : secondsText(seconds);
  const rows = figures.map(({ what, planned, set, measured, slack, note = '' }) => [
    `  ${what}`, plannedText(planned), cell(set), cell(measured), slack === undefined ? '' : slackText(slack), note,
  ]);
  return [...aligned('lrrrll', [['', 'planned', 'set', 'measured', '', ''], ...rows]), ...(plan === 'assumed' ? [`  ${ASSUMED_TEXT}`] : [])];
}

/** Rows with each column as wide as its widest cell; `align` says `l` or `r` for each. */
function aligned(align: string, rows: readonly (readonly string[])[]): string[] {
  const widths = [...align].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => row.map((cell, column) =>
    align[column] === 'r' ? cell.padStart(widths[column]) : cell.padEnd(widths[column])).join('  ').trimEnd());
}
