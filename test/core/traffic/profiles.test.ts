import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { PROFILE_IDS, tryFindProfile } from '../../../lib/core/traffic/find-profile';
import type { Annotations, HealthCheckProfile, ModeProfile, ProviderProfile } from '../../../lib/core/traffic/profile';
import { PROFILES } from '../../../lib/core/traffic/profiles';
import { providerTables } from '../../../lib/core/traffic/provider-tables';
import { fixturesOf } from './fixtures';

const ROOT = join(__dirname, '../../..');
const FOLDER = join(ROOT, 'lib/core/traffic/profiles');
const PAGE = join(ROOT, 'docs/providers.md');
const MARK = '<!-- generated -->';
const SOURCE = /^(https:\/\/|[\w.-]+\/[\w.-]+:|ours: )/;

const foreign = fc.dictionary(fc.stringMatching(/^[a-z.]{1,12}\/[a-z-]{1,12}$/), fc.string({ maxLength: 12 }), { maxKeys: 3 });

function modesOf(profile: ProviderProfile): ModeProfile[] {
  return Object.values(profile.modes);
}

function sourcesOf(profile: ProviderProfile): string[] {
  const figures = [...profile.delay ?? [], ...profile.registration ?? [], ...modesOf(profile)].map(({ source }) => source);
  const settings = [profile.healthCheck, profile.idleTimeout, ...modesOf(profile).map(({ drain }) => drain)]
    .flatMap((setting) => setting?.source ?? []);
  return [...figures, ...settings].flatMap((source) => source.split('; '));
}

function expectStrings(annotations: Annotations): void {
  expect(Object.values(annotations).filter((value) => typeof value !== 'string')).toEqual([]);
}

// First, so that a page written anew is there for the tests that read it.
describe(providerTables, () => {
  test('is what docs/providers.md shows', () => {
    const committed = readFileSync(PAGE, 'utf8');
    const fresh = `${committed.slice(0, committed.indexOf(MARK) + MARK.length)}\n\n${providerTables(PROFILES)}\n`;
    if (process.env.UPDATE_DOCS === '1') writeFileSync(PAGE, fresh);
    expect(readFileSync(PAGE, 'utf8')).toBe(fresh);
  });
});

describe(tryFindProfile, () => {
  test('knows each profile by its id, and nothing else', () => {
    expect(PROFILE_IDS).toEqual(['generic', 'alibaba-clb', 'alibaba-nlb', 'tencent-clb', 'aws-nlb']);
    expect(PROFILE_IDS.map((id) => tryFindProfile(id))).toEqual(PROFILES);
    expect(tryFindProfile('toString')).toBeUndefined();
  });
});

describe('the list of profiles', () => {
  test('holds one profile a file, and each file', () => {
    expect(readdirSync(FOLDER).filter((file) => file !== 'index.ts').sort()).toEqual(PROFILE_IDS.map((id) => `${id}.ts`).sort());
  });

  test('gives no class and no annotation to two profiles', () => {
    const classes = PROFILES.flatMap(({ loadBalancerClass }) => loadBalancerClass ?? []);
    const prefixes = PROFILES.flatMap(({ annotationPrefixes }) => annotationPrefixes);
    expect(new Set(classes).size).toBe(classes.length);
    expect(prefixes.filter((prefix) => prefixes.some((other) => other !== prefix && other.startsWith(prefix)))).toEqual([]);
    expect(new Set(prefixes).size).toBe(prefixes.length);
    expect(prefixes.filter((prefix) => !/^[\w.-]+\//.test(prefix))).toEqual([]);
  });

  test.each([
    ['generic', undefined, undefined],
    ['alibaba-clb', 10, [2, 3]],
    ['alibaba-nlb', 45, [10, 2]],
    ['tencent-clb', 15, [5, 3]],
    ['aws-nlb', 120, [10, 3]],
  ])('says delay and health check of %s', (id, delay, check) => {
    const profile = tryFindProfile(id);
    expect(profile?.delay?.reduce((seconds, { value }) => seconds + value, 0)).toBe(delay);
    expect(profile?.healthCheck && [profile.healthCheck.intervalSeconds, profile.healthCheck.healthyThreshold]).toEqual(check);
  });
});

describe.each(PROFILES.map((profile) => [profile.id, profile] as const))('the profile %s', (id, profile) => {
  test('has fixtures and a section of its own in the documentation', () => {
    expect(fixturesOf(id).length).toBeGreaterThanOrEqual(2);
    expect(existsSync(PAGE) && readFileSync(PAGE, 'utf8')).toContain(`(\`${id}\`)\n`);
  });

  test('has all three modes, with annotations that are strings', () => {
    expect(Object.keys(profile.modes)).toEqual(['cluster', 'local', 'eni']);
    for (const mode of modesOf(profile)) expectStrings(mode.annotations);
  });

  test('has a source for each figure and ends each remark as a sentence', () => {
    expect(sourcesOf(profile).filter((source) => !SOURCE.test(source))).toEqual([]);
    expect((profile.remarks ?? []).filter((remark) => !remark.endsWith('.'))).toEqual([]);
  });

  test('keeps its own values inside its own ranges', () => {
    const { healthCheck: check, idleTimeout: idle } = profile;
    const values = [
      ...check ? [[check.intervalSeconds, check.intervalRange] as const] : [],
      ...check ? [check.healthyThreshold, check.unhealthyThreshold].map((value) => [value, check.thresholdRange] as const) : [],
      ...idle?.range ? [[idle.defaultSeconds, idle.range] as const] : [],
    ];
    expect(values.filter(([value, [least, most]]) => !(least <= value && value <= most))).toEqual([]);
    const parts = [...profile.delay ?? [], ...profile.registration ?? []];
    expect(parts.filter(({ value }) => !Number.isInteger(value) || value < 0)).toEqual([]);
  });

  const drains = modesOf(profile).flatMap(({ drain }) => drain ?? []);
  if (drains.length > 0) {
    test('reads the drain that it wrote, over any annotations of others', () => {
      fc.assert(fc.property(fc.constantFrom(...drains), fc.nat({ max: 3600 }), foreign, (drain, raw, existing) => {
        const seconds = Math.min(Math.max(raw, drain.minSeconds), drain.maxSeconds);
        const written = drain.annotations(seconds, existing);
        expectStrings(written);
        expect(drain.read({ ...existing, ...written })).toBe(seconds);
        expect(drain.annotations(seconds, { ...existing, ...written })).toEqual(written);
      }));
    });
  }

  if (profile.healthCheck && profile.healthCheck.elsewhere === undefined) {
    test('reads the health check that it wrote', () => {
      const check = profile.healthCheck as HealthCheckProfile;
      const times = fc.record({
        intervalSeconds: fc.integer({ min: check.intervalRange[0], max: check.intervalRange[1] }),
        healthyThreshold: fc.integer({ min: check.thresholdRange[0], max: check.thresholdRange[1] }),
        unhealthyThreshold: fc.integer({ min: check.thresholdRange[0], max: check.thresholdRange[1] }),
      });
      fc.assert(fc.property(times, (wanted) => {
        expectStrings(check.annotations(wanted));
        expect(check.read(check.annotations(wanted))).toEqual(wanted);
      }));
      expect(check.read({})).toEqual({});
    });
  }

  if (profile.idleTimeout?.range) {
    test('reads the idle timeout that it wrote', () => {
      const idle = profile.idleTimeout!;
      fc.assert(fc.property(fc.integer({ min: idle.range![0], max: idle.range![1] }), (seconds) => {
        const written = idle.annotations!(seconds, [80, 443]);
        expectStrings(written);
        expect(idle.read!(written)).toBe(seconds);
      }));
      expect(idle.read!({})).toBeUndefined();
    });
  }
});

describe('the settings of AWS\'s NLB', () => {
  const key = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';
  const [eni, local] = [tryFindProfile('aws-nlb')!.modes.eni!.drain!, tryFindProfile('aws-nlb')!.modes.local!.drain!];

  test('replace the drain time and nothing else', () => {
    expect(eni.annotations(60, { [key]: 'preserve_client_ip.enabled=true, deregistration_delay.timeout_seconds=10,stickiness.enabled=true' }))
      .toEqual({ [key]: 'preserve_client_ip.enabled=true,stickiness.enabled=true,deregistration_delay.timeout_seconds=60' });
  });

  test('reach each port that has attributes of its own', () => {
    expect(eni.annotations(60, { [`${key}.443`]: 'stickiness.enabled=true' })).toEqual({
      [key]: 'deregistration_delay.timeout_seconds=60',
      [`${key}.443`]: 'stickiness.enabled=true,deregistration_delay.timeout_seconds=60',
    });
  });

  test('keep the connections of an unhealthy node in Local mode', () => {
    expect(local.annotations(60, {})).toEqual({
      [key]: 'deregistration_delay.timeout_seconds=60,target_health_state.unhealthy.connection_termination.enabled=false',
    });
  });

  test('name each port of an idle timeout and keep its other attributes', () => {
    const listener = 'service.beta.kubernetes.io/aws-load-balancer-listener-attributes.TCP-';
    expect(tryFindProfile('aws-nlb')!.idleTimeout!.annotations!(600, [80, 443], { [`${listener}443`]: 'other=1' }))
      .toEqual({ [`${listener}80`]: 'tcp.idle_timeout.seconds=600', [`${listener}443`]: 'other=1,tcp.idle_timeout.seconds=600' });
  });
});

describe('the readiness gates', () => {
  test('are written by hand for pods behind Alibaba Cloud only', () => {
    expect(PROFILES.flatMap(({ id, modes }) => Object.entries(modes).map(([mode, { readinessGate, gateMeans }]) => [id, mode, readinessGate?.('web'), gateMeans]))
      .filter(([, , gate]) => gate !== undefined)).toEqual([
      ['alibaba-clb', 'eni', 'service.readiness.alibabacloud.com/web', 'registered'],
      ['alibaba-nlb', 'eni', 'service.readiness.alibabacloud.com/web', 'registered'],
    ]);
  });
});
