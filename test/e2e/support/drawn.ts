import type { Page } from 'playwright-core';
import type { DrillReport } from '../../../lib/report';
import { Seen, seenIn } from './browser';

const NEAR_PX = 3; // a mark is 3 pixels wide, and a picture may be scaled

/** Holds what a browser shows against the report's numbers: every bar and mark where its seconds are, and none besides. */
export async function expectDrawn(page: Page, report: DrillReport): Promise<void> {
  const seen = await seenIn(page);
  const { fromSeconds, toSeconds } = report.load;
  const lane = seen.find(({ kind }) => kind === 'lane')!; // as long as the load
  const within = (seconds: number) => Math.min(Math.max(seconds, fromSeconds), toSeconds);
  const x = (seconds: number) => lane.left + ((within(seconds) - fromSeconds) / (toSeconds - fromSeconds)) * (lane.right - lane.left);
  expectPods(seen, report, x);
  expectLosses(seen, report, x);
}

function expectPods(seen: readonly Seen[], { pods, load }: DrillReport, x: (seconds: number) => number): void {
  for (const pod of pods) {
    const { name, seenSeconds, readySeconds, deletedSeconds, sigtermSeconds, goneSeconds } = pod;
    const bars = seen.filter(({ kind, title }) => ['starting', 'ready', 'wait', 'drain', 'gone'].includes(kind) && title.startsWith(name));
    const end = goneSeconds ?? load.toSeconds;
    const edges = (from: number | undefined, to: number) =>
      (from === undefined || x(to) - x(from) <= NEAR_PX ? undefined : [x(from), x(to)]);
    const wanted = {
      starting: edges(seenSeconds, readySeconds ?? deletedSeconds ?? end),
      ready: edges(readySeconds === seenSeconds ? load.fromSeconds : readySeconds, deletedSeconds ?? end), // ready before anybody looked
      wait: edges(deletedSeconds, Math.min(sigtermSeconds ?? end, end)), drain: edges(sigtermSeconds, end),
    };
    for (const [kind, where] of Object.entries(wanted)) {
      if (!where) continue;
      const [bar, ...more] = bars.filter((one) => one.kind === kind);
      expect({ name, kind, found: bar !== undefined, more }).toEqual({ name, kind, found: true, more: [] });
      expect(Math.abs(bar.left - where[0]) + Math.abs(bar.right - where[1])).toBeLessThan(2 * NEAR_PX);
    }
    const gone = bars.filter(({ kind }) => kind === 'gone');
    expect(gone).toHaveLength(goneSeconds === undefined ? 0 : 1);
    for (const mark of gone) expect(Math.abs((mark.left + mark.right) / 2 - x(end))).toBeLessThan(NEAR_PX);
    expect(new Set(bars.map(({ middle }) => Math.round(middle))).size).toBe(1); // on one line
  }
}

function expectLosses(seen: readonly Seen[], { clients, losses, causes }: DrillReport, x: (seconds: number) => number): void {
  const lanes = seen.filter(({ kind }) => kind === 'lane');
  expect(lanes).toHaveLength(clients.length);
  clients.forEach(({ name, lost }, i) => {
    const marks = seen.filter(({ kind, middle }) => kind === 'lost' && Math.abs(middle - lanes[i].middle) < NEAR_PX);
    const moments = losses.filter(({ client }) => client === name).map(({ atSeconds }) => x(atSeconds));
    const near = (mark: Seen, moment: number) => Math.abs((mark.left + mark.right) / 2 - moment) < NEAR_PX;
    expect(moments.filter((moment) => !marks.some((mark) => near(mark, moment)))).toEqual([]);
    expect(marks.filter((mark) => !moments.some((moment) => near(mark, moment)))).toEqual([]);
    expect(marks.reduce((sum, { title }) => sum + Number(title.split(' ')[0]), 0)).toBe(lost);
  });
  const hits = seen.filter(({ kind }) => kind === 'hit');
  const told = causes.filter(({ pod }) => pod !== undefined);
  expect(hits.map(({ title }) => title).sort()).toEqual(told.map(({ text }) => text).sort());
  for (const { text, fromSeconds } of told) {
    const hit = hits.find(({ title }) => title === text)!;
    expect(Math.abs((hit.left + hit.right) / 2 - x(fromSeconds))).toBeLessThan(NEAR_PX);
  }
}
