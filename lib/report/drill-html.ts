import type { DrillClient, DrillReport } from './drill-report';
import { drillSvg } from './drill-svg';
import { Column, list, section, table } from './html-parts';
import { PAGE_STYLE } from './html-style';
import { latenessText } from './lateness';
import { IDLE_TEXT, isIdle, verdictOf } from './verdict';
import { ASSUMED_TEXT, countText, escaped, outageText, percentText, plannedText, secondsText, slackText } from './words';
import { isStill, STILL_TEXT, windowText } from './window-words';

/**
 * A drill's report as one HTML page that stands alone: no script, no link, nothing is fetched; for a desk and a phone, light and dark.
 * The same report gives the same bytes.
 */
export function drillHtml(report: DrillReport): string {
  const { workload, namespace, action, address, actedAt, causes, advice, undone, version } = report;
  const title = `${workload}: ${action}`;
  const where = namespace ? ` in namespace ${namespace}` : '';
  const at = `${actedAt.slice(0, 10)} ${actedAt.slice(11, 19)} UTC`;
  return [
    '<!doctype html>',
    '<html lang="en">',
    `<head>${HEAD}<title>${escaped(title)}</title><style>${PAGE_STYLE}</style></head>`,
    '<body>',
    '<main>',
    '<p class="kind">kube-graceful drill</p>',
    `<h1>${escaped(title)}</h1>`,
    `<p class="meta">${escaped(`${address}${where}`)}, <time datetime="${escaped(actedAt)}">${escaped(at)}</time></p>`,
    verdict(report),
    numbers(report),
    `<figure><div class="beside">${drillSvg(report)}</div><div class="narrow">${drillSvg(report, 'narrow')}</div>`,
    '<figcaption>Seconds since the action began. Each mark tells more to a pointer that rests on it; the tables below hold the same.</figcaption></figure>',
    section('Why', list('why', causes.map(({ text, certain, meanwhile }) =>
      `${escaped(text)}${certain ? '' : ' (probably)'}${meanwhile.map((line) => `<small>${escaped(line)}</small>`).join('')}`))),
    section('Change', list('change', advice.map(({ field, from, to, reason }) => `<code>${escaped(field)}</code>: ${escaped(`${from}`)} → <b>${escaped(`${to}`)}</b>, as ${escaped(reason)}`))),
    section('Clients', clientTable(report)),
    section('Plan and reality', figureTable(report)),
    section('Put back', list('back', undone.map(escaped))),
    details('What was lost, and when', lossTable(report), report.lost),
    details('The pods', podTable(report), report.pods.length),
    details('What happened in the cluster', changeTable(report), report.changes.length),
    '</main>',
    `<footer>${escaped(version)}. “In the window” is what was under way from ${windowText(report)}.</footer>`,
    '</body>',
    '</html>',
    '',
  ].filter((part) => part !== '').join('\n');
}

const HEAD = [
  '<meta charset="utf-8">',
  '<meta name="viewport" content="width=device-width,initial-scale=1">',
  // The browser itself sees to it that nothing is fetched and no script runs.
  '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src \'unsafe-inline\'; img-src data:">',
  '<link rel="icon" href="data:,">', // or it would ask the page's server for one
].join('');

function verdict(report: DrillReport): string {
  const { lost, sent, allowedLost, client } = report;
  const words = {
    held: `✓ Held: ${countText(lost)} of ${countText(sent)} lost`,
    lost: `✗ Lost: ${countText(lost)} of ${countText(sent)}`,
    unproven: '? Unproven',
  }[verdictOf(report)];
  const unsent = client.unsent > 0 ? ` The client itself could not send ${countText(client.unsent)}: these figures are worth little.` : '';
  const late = latenessText(client);
  const notes = [...(isStill(report) ? [STILL_TEXT] : []), ...(isIdle(report) ? [IDLE_TEXT] : []), ...(late ? [`Clients ${late}.`] : [])];
  return `<p class="verdict ${verdictOf(report)}"><b>${words}</b><span>${countText(allowedLost)} may be lost.${unsent}${notes.map((note) => ` ${note}`).join('')}</span></p>`;
}

/** What is looked for first. */
function numbers({ clients, window, figures }: DrillReport): string {
  const inWindow = clients.reduce((sum, client) => sum + client.inWindow.sent, 0);
  const lostInWindow = clients.reduce((sum, client) => sum + client.inWindow.lost, 0);
  const delay = figures.find(({ what }) => what === 'until the last new connection')?.measured;
  const entries: [what: string, value: string][] = [
    ['the window', secondsText(window.toSeconds - window.fromSeconds)],
    ['sent in the window', countText(inWindow)],
    lostInWindow === 0 && inWindow > 0 ? ['lost at most (95 %)', percentText(1 - 0.05 ** (1 / inWindow))] : ['lost in the window', countText(lostInWindow)],
    ['longest outage', outageText(Math.max(0, ...clients.map(({ longestOutageMs }) => longestOutageMs)))],
    ...(delay === undefined ? [] : [['last new connection', secondsText(delay)] as [string, string]]),
  ];
  return `<dl>${entries.map(([what, value]) => `<div><dt>${what}</dt><dd>${escaped(value)}</dd></div>`).join('')}</dl>`;
}

const number = (head: string): Column => ({ head, number: true });

function clientTable({ clients }: DrillReport): string {
  const columns = [
    { head: 'client' }, number('sent'), number('lost'), number('in the window'), number('lost'), number('p50 ms'), number('p99 ms'), number('max ms'),
    number('longest outage'), { head: 'by cause, or at most (95 %)' }, { head: 'by version: answered, lost' },
  ];
  return table('Clients', columns, clients.map((client) => [
    client.name, countText(client.sent), countText(client.lost), countText(client.inWindow.sent), countText(client.inWindow.lost),
    ...(['p50', 'p99', 'max'] as const).map((name) => client.latencyMs ? client.latencyMs[name].toFixed(1) : '–'),
    outageText(client.longestOutageMs),
    client.lost > 0 ? counts(client.lostBy) : client.upperBound95 === undefined ? '–' : percentText(client.upperBound95),
    versionsText(client),
  ]));
}

/** `1,392 of 1 (8 lost), 1,600 of 2, 3 lost of ?`. */
function versionsText({ byVersion, lostByVersion }: DrillClient): string {
  const versions = new Set([...Object.keys(byVersion), ...Object.keys(lostByVersion)]);
  return [...versions].map((version) => {
    const [answered, lost] = [byVersion[version] ?? 0, lostByVersion[version] ?? 0].map(countText);
    if (answered === '0') return `${lost} lost of ${version}`;
    return `${answered} of ${version}${lost === '0' ? '' : ` (${lost} lost)`}`;
  }).join(', ');
}

function counts(of: Readonly<Record<string, number>>): string {
  return Object.entries(of).map(([what, count]) => `${countText(count)} ${what}`).join(', ');
}

/** Seconds, or a dash where there are none. */
function cell(seconds: number | undefined): string {
  return seconds === undefined ? '–' : secondsText(seconds);
}

function figureTable({ figures, plan }: DrillReport): string {
  const columns = [{ head: 'what' }, number('planned'), number('set'), number('measured'), { head: 'slack' }];
  const rows = table('Plan and reality', columns, figures.map(({ what, planned, set, measured, slack, note }) =>
    [what, plannedText(planned).replace(/^-$/, '–'), cell(set), cell(measured), slack === undefined ? note ?? '–' : slackText(slack)]));
  return plan === 'assumed' && rows !== '' ? `${rows}\n<p><small>${escaped(ASSUMED_TEXT)}</small></p>` : rows;
}

/** The marks of the picture: by second, client and cause, each with its first moment. */
function lossTable({ losses }: DrillReport): string {
  const groups = new Map<string, { readonly atSeconds: number; readonly client: string; readonly loss: string; readonly count: number }>();
  for (const { atSeconds, client, loss } of [...losses].sort((a, b) => a.atSeconds - b.atSeconds)) {
    const key = `${Math.floor(atSeconds)} ${loss} ${client}`;
    const group = groups.get(key) ?? { atSeconds, client, loss, count: 0 };
    groups.set(key, { ...group, count: group.count + 1 });
  }
  const columns = [number('at'), { head: 'client' }, number('lost'), { head: 'cause' }];
  return table('What was lost, and when', columns, [...groups.values()].map(({ atSeconds, client, loss, count }) =>
    [secondsText(atSeconds), client, countText(count), loss]));
}

function podTable({ pods }: DrillReport): string {
  const columns = [{ head: 'pod' }, { head: 'node' }, { head: 'version' }, ...['ready', 'deleted', 'SIGTERM', 'exited', 'gone'].map(number)];
  return table('The pods', columns, pods.map((pod) => [
    pod.name, pod.node ?? '–', pod.version ?? '–', cell(pod.readySeconds), cell(pod.deletedSeconds), cell(pod.sigtermSeconds), cell(pod.exitedSeconds),
    cell(pod.goneSeconds),
  ]));
}

function changeTable({ changes }: DrillReport): string {
  return table('What happened in the cluster', [number('at'), { head: 'what' }], changes.map(({ atSeconds, text }) => [secondsText(atSeconds), text]));
}

function details(title: string, content: string, count: number): string {
  return content === '' ? '' : `<details>\n<summary>${escaped(title)} (${count})</summary>\n${content}\n</details>`;
}
