import type { Action, Group, SoFar, Way } from './cells';

/** What is still to be measured of a group. */
export interface Wanted {
  readonly isWanted: (way: Way, action: Action) => boolean;
  /** What was measured of a cell already. @default - nothing */
  readonly soFar?: (way: Way, action: Action) => SoFar;
  /** How many runs of a cell may be void before it is given up. @default 0 - the first one gives it up */
  readonly voidRuns?: number;
}

/** What lacks, shared out among the stands of a group. */
export interface Share {
  /** Whether a stand is to measure the cell now, as those that do already are not enough. `end` has to follow. */
  begin(way: Way, action: Action): boolean;
  end(way: Way, action: Action, isVoid: boolean): void;
}

/** Sees to it that no cell is measured more often than it has to be, on however many stands, and that a void run is made up for at once. */
export function shareOut({ runs }: Pick<Group, 'runs'>, { isWanted, soFar, voidRuns = 0 }: Wanted): Share {
  const cells = new Map<string, { underWay: number; failed: number }>();
  const cellOf = (way: Way, action: Action) => {
    const key = `${way}/${action}`;
    const cell = cells.get(key) ?? { underWay: 0, failed: 0 };
    cells.set(key, cell);
    return cell;
  };
  return {
    begin: (way, action) => {
      const cell = cellOf(way, action);
      // One more where all runs are there, but too few requests.
      const lacking = Math.max(1, runs - (soFar?.(way, action).runs ?? 0));
      if (!isWanted(way, action) || cell.failed > voidRuns || cell.underWay >= lacking) return false;
      cell.underWay += 1;
      return true;
    },
    end: (way, action, isVoid) => {
      const cell = cellOf(way, action);
      cell.underWay -= 1;
      if (isVoid) cell.failed += 1;
    },
  };
}
