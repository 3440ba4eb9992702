import type { Way } from './cells';
import type { Run } from './runs';

/** Cells in which kube-graceful loses something and cannot but lose it, with the words for the page. */
export interface Exception {
  /** Id of the setting. */
  readonly setting: string;
  readonly ways: readonly Way[];
  /** Why, with the evidence. */
  readonly words: string;
}

/** A test fails where one of them loses nothing, or another cell loses anything. */
export const EXCEPTIONS: readonly Exception[] = [
  {
    setting: 'tencent-3s', ways: ['local-one'],
    words: 'Tencent\'s CLB over nodes has no setting for what becomes of connections through a node that leaves, so the lab assumes the worst and '
      + 'resets them: whatever is open in that moment is lost, however long its pod stays. kube-graceful warns of it (`no-drain-setting`), refuses '
      + 'sessions there (`session-cut`), and offers pods as targets, which lose nothing.',
  },
];

/** Whether a run belongs to a cell that may lose something. */
export function isException({ setting, way }: Pick<Run, 'setting' | 'way'>): boolean {
  return EXCEPTIONS.some((one) => one.setting === setting && one.ways.includes(way));
}
