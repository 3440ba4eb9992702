import { drillHtml, drillSvg, drillTable, timelineSvg, verdictOf } from '../../lib/report';
import { aPlan } from '../core/explain/a-plan';
import { A_REPORT } from './a-report';

describe(drillTable, () => {
  test('says what was lost, why, and what to change', () => {
    expect(drillTable(A_REPORT).split('\n')).toEqual([
      'Deployment/web: roll (restart); 35.9 s from the first deletion to the last pod gone',
      '',
      'client  sent  lost  in window  lost  p50 ms  p99 ms  max ms  outage  by cause, or at most',
      'new     3000     0       2154     0       1      10      41       -  0.14 % (95 %)',
      'reused  3000     8       2154     8       1       7      33  420 ms  7 reset, 1 refused',
      '',
      'Why:',
      '  7 resets at 12.3 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 9 s left',
      '      12.1 s web-1: Killing: Stopping container web',
      '  1 refused connection at 31 s: still sent to web-1 (10.244.1.4), which had exited 2 s before (probably)',
      '',
      'Planned, set, measured:',
      '                                       planned   set  measured',
      '  until the last new connection           10 s     -     7.2 s',
      '  preStop wait                            12 s   5 s         -  lacks 2.2 s',
      '  grace period                            47 s  50 s      28 s  22 s left',
      '  rolled out                     at least 18 s     -    20.4 s               said aloud',
      '',
      'Change:',
      '  preStop: 5 -> 12, as the pods have less than the plan says: apply it',
      '',
      'Put back:',
      '  node-1 is uncordoned',
      '',
      'LOST: 8 of 6000, and 0 may be',
      '',
    ]);
  });

  test('says what the plan is made of where nobody told it anything', () => {
    const ASSUMED = 'Planned with what is assumed of every workload, as neither --options nor the annotation kube-graceful/options says what its author knows.';
    const assumed = { ...A_REPORT, plan: 'assumed' } as const;
    expect(drillTable(assumed)).toContain(`said aloud\n  ${ASSUMED}\n\nChange:`);
    expect(drillHtml(assumed)).toContain(`</table>\n<p><small>${ASSUMED}</small></p>\n</section>`);
    for (const report of [A_REPORT, { ...A_REPORT, plan: 'told' } as const, { ...assumed, figures: [] }]) {
      expect(`${drillTable(report)}${drillHtml(report)}`).not.toContain('Planned with what is assumed');
    }
  });

  test('says that nothing is proven by a client that could not keep up', () => {
    const lines = drillTable({ ...A_REPORT, allowedLost: 8, client: { unsent: 3, latestMs: 900 } }).split('\n');
    expect(lines.slice(-3)).toEqual(['The client itself could not send 3: these figures are worth little.', 'UNPROVEN: 8 of 6000 lost, and 8 may be', '']);
  });
});

describe(drillHtml, () => {
  test('tells which version answered, and which one lost', () => {
    const [, second] = A_REPORT.clients;
    const cellOf = (byVersion: object, lostByVersion: object) =>
      drillHtml({ ...A_REPORT, clients: [{ ...second, byVersion, lostByVersion } as typeof second] });
    expect(drillHtml(A_REPORT)).toContain('>1,400 of 1, 1,600 of 2</td>');
    expect(drillHtml(A_REPORT)).toContain('>1,392 of 1 (8 lost), 1,600 of 2</td>');
    expect(cellOf({ 1: 5 }, { '?': 3 })).toContain('>5 of 1, 3 lost of ?</td>');
  });
});

describe('a client that was late', () => {
  const late = (latestMs: number, timeoutSeconds?: number) =>
    ({ ...A_REPORT, allowedLost: 8, client: { unsent: 0, latestMs, ...(timeoutSeconds && { timeoutSeconds }) } });

  test('is told of when it was late by more than a second', () => {
    expect(drillTable(late(1000)).split('\n').slice(-3)).toEqual(['', 'HELD: 8 of 6000 lost, and 8 may be', '']);
    expect(drillTable(late(1234.5)).split('\n').slice(-3)).toEqual(['clients at most 1235 ms late', 'HELD: 8 of 6000 lost, and 8 may be', '']);
    expect(drillHtml(late(1234.5))).toContain('<span>8 may be lost. Clients at most 1,235 ms late.</span>');
  });

  test('proves nothing when it was late by more than a fifth of what it waits for an answer', () => {
    expect([late(2000), late(2001), late(500, 3), late(601, 3), late(2001, 11)].map(verdictOf)).toEqual(['held', 'unproven', 'held', 'unproven', 'held']);
    expect(drillTable(late(601, 3)).split('\n').slice(-3)).toEqual([
      'clients at most 601 ms late: these figures are worth little', 'UNPROVEN: 8 of 6000 lost, and 8 may be', '',
    ]);
    expect(drillHtml(late(601, 3))).toContain('<span>8 may be lost. Clients at most 601 ms late: these figures are worth little.</span>');
  });
});

describe('what a cluster said that a terminal would take for its own', () => {
  const evil = '\u001b[2J\u009b31m12.1 s web-1: \u202eKilling\u0007\nHELD: 0 of 0 lost';
  const report = { ...A_REPORT, causes: [{ ...A_REPORT.causes[0], meanwhile: [evil] }], changes: [{ atSeconds: 1, text: evil }] };

  test.each([['a table', drillTable], ['a page', drillHtml], ['a picture', drillSvg]] as const)('has no power in %s', (_, make) => {
    expect(make(report).replace(/\n/g, '')).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/);
    expect(make(report)).not.toMatch(/^HELD/m);
  });

  test('is shown all the same', () => {
    expect(drillTable(report)).toContain('\n       [2J 31m12.1 s web-1:  Killing  HELD: 0 of 0 lost\n');
  });
});

describe(verdictOf, () => {
  test.each([[0, 0, 'held'], [8, 0, 'held'], [9, 0, 'lost'], [0, 1, 'unproven'], [9, 1, 'lost']])('takes %d lost where 8 may be, and %d unsent, as %s', (lost, unsent, verdict) => {
    expect(verdictOf({ ...A_REPORT, lost, allowedLost: 8, client: { unsent, latestMs: 1 } })).toBe(verdict);
  });
});

describe('a window in which nothing was on its way', () => {
  const idle = { ...A_REPORT, lost: 0, clients: A_REPORT.clients.map((client) => ({ ...client, inWindow: { sent: 0, lost: 0 } })) };

  test('proves nothing', () => {
    expect([verdictOf(idle), verdictOf({ ...idle, lost: 8 })]).toEqual(['unproven', 'lost']);
    expect(drillTable(idle).split('\n').slice(-3)).toEqual([
      'Nothing was on its way in the window: it is not known what would have been lost.', 'UNPROVEN: 0 of 6000 lost, and 0 may be', '',
    ]);
    expect(drillHtml(idle)).toContain('<span>0 may be lost. Nothing was on its way in the window: it is not known what would have been lost.</span>');
  });
});

describe('an action that moved no pod', () => {
  const STILL = 'No pod was deleted or started: if what was done should have moved pods, it did not.';
  const [before] = A_REPORT.pods;
  const staying = { name: before.name, seenSeconds: -60, readySeconds: -55 };
  const still = { ...A_REPORT, action: 'run ./restart-the-ingress', pods: [staying], allowedLost: 8 };

  test('is told, as it is no rollout that held', () => {
    const lines = drillTable(still).split('\n');
    expect(lines[0]).toBe('Deployment/web: run ./restart-the-ingress; 35.9 s from the beginning of the action to its end');
    expect(lines.slice(-3)).toEqual([STILL, 'HELD: 8 of 6000 lost, and 8 may be', '']);
    expect(drillHtml(still)).toContain(`<span>8 may be lost. ${STILL}</span>`);
    expect(drillHtml(still)).toContain('is what was under way from the beginning of the action to its end.</footer>');
  });

  test.each([
    ['one that was started', [staying, { ...staying, seenSeconds: 0 }], 'the beginning of the action to its end'],
    ['one that was deleted and is there still', [{ ...staying, deletedSeconds: 0 }], 'the beginning of the action to its end'],
    ['one that is gone', [{ ...staying, deletedSeconds: 0, goneSeconds: 9 }], 'the first deletion to the last pod gone'],
  ])('is not one with %s', (_, pods, window) => {
    expect(drillTable({ ...still, pods })).not.toContain(STILL);
    expect(drillTable({ ...still, pods }).split('\n')[0]).toBe(`Deployment/web: run ./restart-the-ingress; 35.9 s from ${window}`);
  });
});

describe(drillSvg, () => {
  const svg = drillSvg(A_REPORT);
  const count = (text: string, of = svg) => of.split(text).length - 1;

  test.each(['wide', 'narrow'] as const)('has a bar for each stage of each pod, and a mark for each moment of loss: %s', (layout) => {
    const picture = drillSvg(A_REPORT, layout);
    const kinds = ['starting', 'ready', 'wait', 'drain', 'gone', 'lost', 'hit'];
    expect(kinds.map((kind) => count(`class="${kind}"`, picture))).toEqual([1 + 2, 1 + 4, 1 + 2, 1 + 2, 1 + 2, 1 + 2, 2]); // one more each in the legend
    expect(picture).toContain('<title>web-1 on node-1: preStop from 8.1 s to 20.1 s</title>');
    expect(picture).toContain('<title>web-1: gone at 30 s</title>');
    expect(picture).toContain('<title>7 lost at 12.3 s</title>');
    expect(picture).toContain('<title>7 resets at 12.3 s: the load balancer let go of web-1 (10.244.1.4) while preStop had 9 s left</title>');
  });

  test('does not say which part of a pod\'s end was preStop where that is not known', () => {
    const { sigtermSeconds, ...unknown } = A_REPORT.pods[0];
    const picture = drillSvg({ ...A_REPORT, pods: [unknown] });
    expect(picture).toContain('<title>web-1 on node-1: ending from 8.1 s to 30 s</title>');
    expect(picture).not.toMatch(/web-1[^<]* (preStop|after SIGTERM) from/);
  });

  test('ends the bar of a pod that ran no more where it ended, though it is not gone', () => {
    const { deletedSeconds, sigtermSeconds, goneSeconds, graceEndsSeconds, ...evicted } = A_REPORT.pods[0];
    const picture = drillSvg({ ...A_REPORT, pods: [evicted] });
    expect(picture).toContain('<title>web-1 on node-1: ready from -55 s to 29 s</title>');
    expect(picture).not.toMatch(/<title>web-1[^<]*(gone|after SIGTERM)/);
  });

  test('lays seconds along its width', () => {
    // 260 to 980 px are -3 to 47 s, 14.4 px each: deleted at 8.1 s, SIGTERM 12 s later.
    expect(svg).toContain('<rect class="wait" x="419.8" y="107" width="172.8"');
  });

  test('says in words what it shows', () => {
    expect(svg).toContain('<title>Deployment/web: roll (restart)</title>\n<desc>8 of 6,000 lost: new lost 0 of 3,000, reused lost 8 of 3,000. '
      + '4 pods, of which 2 ended, between 8.1 s and 44 s after the action began.</desc>');
  });

  test('gives the same bytes for the same report, and fetches nothing', () => {
    expect(drillSvg(A_REPORT)).toBe(svg);
    expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/https?:|href|url\(/);
  });
});

describe(drillHtml, () => {
  test('stands alone: no script, no link, nothing is fetched', () => {
    const html = drillHtml(A_REPORT);
    expect(html.replace('<link rel="icon" href="data:,">', '')).not.toMatch(/<script|<link|<img|href=|src=|@import|url\(/);
    expect(html).toContain('<p class="verdict lost"><b>✗ Lost: 8 of 6,000</b><span>0 may be lost.</span></p>');
    expect(html).toContain(drillSvg(A_REPORT));
    expect(html).toContain(drillSvg(A_REPORT, 'narrow'));
  });

  test('shows what the cluster said as text, whatever it said', () => {
    expect(drillHtml(A_REPORT)).toContain('Stopping container &#60;web&#62;');
    expect(drillHtml({ ...A_REPORT, workload: '"><script>' })).not.toContain('<script>');
  });

  test('tells when what was lost, as the marks of the picture do', () => {
    const rows = drillHtml(A_REPORT).split('<summary>What was lost, and when (8)</summary>')[1].split('</details>')[0].match(/<tr>.*?<\/tr>/gs)!;
    expect(rows.slice(1).map((row) => [...row.matchAll(/<t[hd][^>]*>([^<]*)/g)].map(([, cell]) => cell))).toEqual([
      ['12.3 s', 'reused', '7', 'reset'], ['31 s', 'reused', '1', 'refused'],
    ]);
    expect(drillHtml({ ...A_REPORT, lost: 0, losses: [] })).not.toContain('What was lost');
  });

  test('leaves out what there is nothing to say of', () => {
    const html = drillHtml({ ...A_REPORT, causes: [], advice: [], undone: [], figures: [], changes: [], allowedLost: 9 });
    expect(html.match(/<h2>[^<]+/g)).toEqual(['<h2>Clients']);
    expect(html.match(/<summary>[^<]+/g)).toEqual(['<summary>What was lost, and when (8)', '<summary>The pods (4)']);
    expect(html).toContain('<p class="verdict held"><b>✓ Held: 8 of 6,000 lost</b><span>9 may be lost.</span></p>');
  });

  test('says what a zero proves, and when nothing is proven', () => {
    const held = A_REPORT.clients.map((client) => ({ ...client, inWindow: { ...client.inWindow, lost: 0 } }));
    expect(drillHtml({ ...A_REPORT, lost: 0, clients: held })).toContain('<dt>lost at most (95 %)</dt><dd>0.07 %</dd>');
    expect(drillHtml({ ...A_REPORT, lost: 0, client: { unsent: 1234, latestMs: 1 } })).toContain(
      '<b>? Unproven</b><span>0 may be lost. The client itself could not send 1,234: these figures are worth little.</span>');
  });
});

describe(timelineSvg, () => {
  test('makes the grace period of its phases, end to end', () => {
    const svg = timelineSvg(aPlan());
    const bars = [...svg.matchAll(/<rect class="(\w+)" x="([\d.]+)" y="40" width="([\d.]+)"/g)].map(([, kind, x, width]) => [kind, +x, +x + +width]);
    expect(bars.map(([kind]) => kind)).toEqual(['wait', 'drain', 'margin']);
    expect(bars[0][1]).toBe(30);
    expect(bars[0][2]).toBeCloseTo(bars[1][1] as number, 0);
    expect(bars[2][2]).toBeCloseTo(970, 0);
    expect(svg).toContain('no new connection through Service/public any more');
  });
});
