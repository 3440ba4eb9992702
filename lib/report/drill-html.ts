import type { DrillReport } from './drill-report';
import { drillSvg } from './drill-svg';
import { escaped, outageText, percentText, plannedText, secondsText } from './words';

/**
 * A drill's report as one HTML page that stands alone: no script, no link, nothing is fetched. The same report gives the same bytes.
 */
export function drillHtml(report: DrillReport): string {
  const { workload, namespace, action, address, actedAt, lost, sent, allowedLost, causes, advice, undone, client } = report;
  const held = lost <= allowedLost;
  const title = `${workload}: ${action}`;
  const where = namespace ? ` in namespace ${namespace}` : '';
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escaped(title)}</title><style>${STYLE}</style></head>`,
    '<body>',
    `<h1>${escaped(title)}</h1>`,
    `<p>${escaped(`${address}${where}, ${actedAt}`)}</p>`,
    `<p class="verdict ${held ? 'held' : 'lost'}">${held ? 'Held' : 'Lost'}: ${lost} of ${sent} lost, and ${allowedLost} may be</p>`,
    ...(client.unsent > 0 ? [`<p>The client itself could not send ${client.unsent}: these figures are worth little.</p>`] : []),
    `<div class="picture">${drillSvg(report)}</div>`,
    clientTable(report),
    list('Why', causes.map(({ text, certain, meanwhile }) =>
      `${escaped(text)}${certain ? '' : ' (probably)'}${meanwhile.length > 0 ? `<br><small>${meanwhile.map(escaped).join('<br>')}</small>` : ''}`)),
    figureTable(report),
    list('Change', advice.map(({ field, from, to, reason }) => `<code>${escaped(field)}</code>: ${from} → <b>${to}</b>, as ${escaped(reason)}`)),
    list('Put back', undone.map(escaped)),
    changeLog(report),
    '</body>',
    '</html>',
    '',
  ].filter((part) => part !== '').join('\n');
}

function clientTable({ clients }: DrillReport): string {
  const head = ['client', 'sent', 'lost', 'in the window', 'lost', 'p50', 'p99', 'max', 'longest outage', 'by cause, or at most (95 %)', 'answers by version'];
  return table('Clients', head, clients.map((client) => [
    client.name, `${client.sent}`, `${client.lost}`, `${client.inWindow.sent}`, `${client.inWindow.lost}`,
    ...(['p50', 'p99', 'max'] as const).map((name) => client.latencyMs ? `${client.latencyMs[name].toFixed(1)} ms` : '–'),
    outageText(client.longestOutageMs),
    client.lost > 0 ? counts(client.lostBy) : client.upperBound95 === undefined ? '–' : percentText(client.upperBound95),
    counts(Object.fromEntries(Object.entries(client.byVersion).map(([version, count]) => [`of ${version}`, count]))),
  ]));
}

function counts(of: Readonly<Record<string, number>>): string {
  return Object.entries(of).map(([what, count]) => `${count} ${what}`).join(', ');
}

function figureTable({ figures }: DrillReport): string {
  const cell = (seconds: number | undefined) => (seconds === undefined ? '–' : secondsText(seconds));
  const slackText = (slack: number) => (slack < 0 ? `lacks ${secondsText(-slack)}` : `${secondsText(slack)} left`);
  return table('Plan and reality', ['', 'planned', 'set', 'measured', 'slack', ''], figures.map(({ what, planned, set, measured, slack, note = '' }) =>
    [what, plannedText(planned), cell(set), cell(measured), slack === undefined ? '–' : slackText(slack), note]));
}

function changeLog({ changes }: DrillReport): string {
  if (changes.length === 0) return '';
  const rows = changes.map(({ atSeconds, text }) => `<tr><td>${secondsText(atSeconds)}</td><td>${escaped(text)}</td></tr>`);
  return `<details><summary>What happened in the cluster (${changes.length})</summary><table>${rows.join('\n')}</table></details>`;
}

function table(title: string, head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  const cells = (row: readonly string[], tag: string) => `<tr>${row.map((cell) => `<${tag}>${escaped(cell)}</${tag}>`).join('')}</tr>`;
  return [`<h2>${escaped(title)}</h2>`, '<table>', cells(head, 'th'), ...rows.map((row) => cells(row, 'td')), '</table>'].join('\n');
}

/** @param items HTML, escaped by the caller. */
function list(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return [`<h2>${escaped(title)}</h2>`, '<ul>', ...items.map((item) => `<li>${item}</li>`), '</ul>'].join('\n');
}

const STYLE = [
  ':root{color-scheme:light dark}',
  'body{font:15px/1.5 system-ui,sans-serif;max-width:1060px;margin:2rem auto;padding:0 1rem}',
  'h1{font-size:1.5rem;margin-bottom:0}h2{font-size:1.1rem;margin-top:2rem}',
  'table{border-collapse:collapse;font-size:13px}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #818b9855;vertical-align:top}',
  '.verdict{font-size:1.2rem;font-weight:600;padding:.5rem 1rem;border-left:6px solid}.verdict.held{border-color:#0a8f6c}.verdict.lost{border-color:#d1242f}',
  '.picture svg{max-width:100%;height:auto}small{opacity:.75}summary{margin-top:2rem;cursor:pointer}',
].join('');
