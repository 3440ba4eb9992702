import { guaranteedStartSeconds } from '../budget/startup';
import type { Probe } from '../manifest/types';
import type { Problem } from '../problem';

/** Nobody said how long a start takes, so the probe that ends a slow one may come too early. */
export function unknownStart(name: string, probe: Probe): Problem {
  return {
    id: 'unknown-start', field: `slowestStartSeconds of container ${name}`, wanted: 'told, since a liveness or start-up probe ends a container that starts slowly',
    found: `nothing; the probes surely leave ${guaranteedStartSeconds(probe)} s`, remedy: 'Say how long the slowest start takes.',
  };
}
