import type { SoFar } from './cells';
import { shareOut } from './share';

/** A share of one cell, of which so much was measured. */
function shareOf(runs: number, cell: SoFar & { isWanted?: boolean } = { runs: 0, sent: 0 }, voidRuns?: number) {
  const share = shareOut({ runs }, { isWanted: () => cell.isWanted ?? true, soFar: () => cell, voidRuns });
  return { begin: () => share.begin('local', 'roll'), end: (isVoid = false) => share.end('local', 'roll', isVoid) };
}

describe(shareOut, () => {
  test('gives a cell to as many stands as it lacks runs', () => {
    const share = shareOf(5, { runs: 3, sent: 2000 });
    expect([share.begin(), share.begin(), share.begin()]).toEqual([true, true, false]);
  });

  test('gives it to one more where only requests lack', () => {
    const share = shareOf(5, { runs: 5, sent: 2900 });
    expect([share.begin(), share.begin()]).toEqual([true, false]);
  });

  test('gives nothing that is not wanted', () => {
    expect(shareOf(5, { runs: 0, sent: 0, isWanted: false }).begin()).toBe(false);
  });

  test('gives what was void again, as often as it may be', () => {
    const share = shareOf(1, undefined, 1);
    const begun = [share.begin()];
    share.end(true);
    begun.push(share.begin());
    share.end(true);
    begun.push(share.begin());
    expect(begun).toEqual([true, true, false]);
  });

  test('gives what was void up at once where nothing else is said', () => {
    const share = shareOf(1);
    share.begin();
    share.end(true);
    expect(share.begin()).toBe(false);
  });

  test('keeps cells apart', () => {
    const share = shareOut({ runs: 1 }, { isWanted: () => true });
    expect([share.begin('local', 'roll'), share.begin('eni', 'roll'), share.begin('local', 'scale-in')]).toEqual([true, true, true]);
  });
});
