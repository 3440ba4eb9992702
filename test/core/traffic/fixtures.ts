import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Service } from '../../../lib/core/manifest/types';
import type { HealthCheckTimes } from '../../../lib/core/traffic/profile';
import type { RecognisedRoute } from '../../../lib/core/traffic/recognise';

/** A Service, and all that should be read off it; an absent field is not looked at. */
export interface RouteFixture {
  readonly title: string;
  readonly service: Service;
  readonly route: RecognisedRoute;
  /** null: drain is off. */
  readonly drainSeconds?: number | null;
  readonly healthCheck?: Partial<HealthCheckTimes>;
  readonly idleTimeoutSeconds?: number;
}

/** The fixtures of one profile; none where its file is missing. */
export function fixturesOf(id: string): readonly RouteFixture[] {
  const file = join(__dirname, 'fixtures', `${id}.yaml`);
  return existsSync(file) ? parse(readFileSync(file, 'utf8')) as RouteFixture[] : [];
}
