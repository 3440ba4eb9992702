import { DEFAULTS } from './defaults';

/** The minor version of `major.minor`. */
export function minorOf(kubernetes: string = DEFAULTS.kubernetes): number {
  return Number(kubernetes.split('.')[1]);
}
