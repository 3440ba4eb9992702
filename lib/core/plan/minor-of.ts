import { DEFAULTS } from './defaults';

const DEFAULT_MINOR = minorOf(DEFAULTS.kubernetes);

/** The minor version of `major.minor`. */
export function minorOf(kubernetes?: string): number {
  return kubernetes === undefined ? DEFAULT_MINOR : Number(kubernetes.split('.')[1]);
}
