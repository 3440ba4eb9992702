import { Duration } from 'cdk8s';
import type { GracefulOptions } from 'kube-graceful';
import { coreOptions, inPropNames } from '../../../lib/cdk8s/mixin/core-options';
import { GracefulProps, GracefulRollouts } from '../../../lib/cdk8s/mixin/index';
import { aChart, aDeployment, raw, validationLines } from '../an-app';

type Required2<T> = { [K in keyof T]-?: NonNullable<T[K]> };
/** `longestRequestSeconds: number` is `longestRequest: Duration`; all other names stay. */
type TwinName<K> = K extends `${infer Base}Seconds` ? Base : K;
type IsEqual<A, B> = [A] extends [B] ? [B] extends [A] ? true : false : false;
type TwinNames<T> = TwinName<keyof Required2<T>>;
type Item<T> = NonNullable<T> extends readonly (infer I)[] ? Exclude<I, string> : ValueOf<NonNullable<T>>;
type ValueOf<T> = T extends Readonly<Record<string, infer V>> ? V : never;
/** Fails to compile where an option has no twin among the props, or a prop none among the options. */
function twins<Option, Prop>(_same: IsEqual<TwinNames<Option>, keyof Required2<Prop>>): void { /* the compiler does it */ }

const every: Required2<GracefulProps> = {
  longestRequest: Duration.seconds(1),
  onSigterm: 'drains',
  closeNotice: Duration.seconds(2),
  shell: true,
  drainEndpoint: { path: '/drain', port: 80, longest: Duration.seconds(3) },
  preStopHook: { runs: 'before-wait', longest: Duration.seconds(4) },
  role: 'serves',
  drain: Duration.seconds(5),
  slowestStart: Duration.seconds(6),
  warmUp: { successes: 5, period: Duration.seconds(7), endpoint: { path: '/warm', port: 80 }, command: ['check'], holds: 'traffic' },
  liveness: { path: '/live', port: 80, period: Duration.seconds(8), failureThreshold: 3, timeout: Duration.seconds(9), terminationGracePeriod: Duration.seconds(10) },
  containers: { proxy: { drain: Duration.seconds(11) } },
  injectedSidecars: [{ name: 'mesh', drain: Duration.seconds(12), native: true }],
  margin: Duration.seconds(13),
  longConnection: { longestSession: Duration.minutes(30), heartbeat: Duration.seconds(14) },
  traffic: [{
    service: 'web', mode: 'eni', provider: 'generic', delay: Duration.seconds(15), registration: Duration.seconds(16),
    healthCheck: { interval: Duration.seconds(17), healthyThreshold: 2, unhealthyThreshold: 3 },
    idleTimeout: Duration.seconds(18), readinessGate: false, keepsOpenConnections: true, backendLabel: 'a=b',
  }],
  autoscaler: { minReplicas: 2, maxReplicas: 10 },
  kubernetes: '1.31',
  platforms: ['spot', { name: 'ours', ceiling: Duration.seconds(19) }],
  pace: 'half',
  maxSurge: '50%',
  maxUnavailable: 0,
  soak: Duration.seconds(20),
  minReady: Duration.seconds(21),
  progressDeadline: Duration.seconds(22),
  terminationGracePeriod: Duration.seconds(23),
  schedule: Duration.seconds(24),
  spread: false,
  inPlace: { nodeLabel: { key: 'deploy', value: 'nginx' }, nodes: 3 },
  defaultReadinessProbe: true,
};

describe(coreOptions, () => {
  test('knows a twin of every option of the core, on every level (checked by the compiler)', () => {
    twins<GracefulOptions, GracefulProps>(true);
    twins<Item<GracefulOptions['containers']>, Item<GracefulProps['containers']>>(true);
    twins<Item<GracefulOptions['injectedSidecars']>, Item<GracefulProps['injectedSidecars']>>(true);
    twins<Item<GracefulOptions['traffic']>, Item<GracefulProps['traffic']>>(true);
    twins<Item<GracefulOptions['platforms']>, Item<GracefulProps['platforms']>>(true);
    twins<NonNullable<GracefulOptions['autoscaler']>, NonNullable<GracefulProps['autoscaler']>>(true);
    twins<NonNullable<GracefulOptions['longConnection']>, NonNullable<GracefulProps['longConnection']>>(true);
    twins<NonNullable<GracefulOptions['drainEndpoint']>, NonNullable<GracefulProps['drainEndpoint']>>(true);
    twins<NonNullable<GracefulOptions['preStopHook']>, NonNullable<GracefulProps['preStopHook']>>(true);
    twins<NonNullable<GracefulOptions['warmUp']>, NonNullable<GracefulProps['warmUp']>>(true);
    twins<NonNullable<GracefulOptions['liveness']>, NonNullable<GracefulProps['liveness']>>(true);
    expect(Object.keys(coreOptions(every)).map((name) => name.replace(/Seconds$/, ''))).toEqual(Object.keys(every));
  });

  test('gives each Duration in seconds under a name with its unit, and everything else as it is', () => {
    expect(coreOptions(every)).toEqual({
      longestRequestSeconds: 1,
      onSigterm: 'drains',
      closeNoticeSeconds: 2,
      shell: true,
      drainEndpoint: { path: '/drain', port: 80, longestSeconds: 3 },
      preStopHook: { runs: 'before-wait', longestSeconds: 4 },
      role: 'serves',
      drainSeconds: 5,
      slowestStartSeconds: 6,
      warmUp: { successes: 5, periodSeconds: 7, endpoint: { path: '/warm', port: 80 }, command: ['check'], holds: 'traffic' },
      liveness: { path: '/live', port: 80, periodSeconds: 8, failureThreshold: 3, timeoutSeconds: 9, terminationGracePeriodSeconds: 10 },
      containers: { proxy: { drainSeconds: 11 } },
      injectedSidecars: [{ name: 'mesh', drainSeconds: 12, native: true }],
      marginSeconds: 13,
      longConnection: { longestSessionSeconds: 1800, heartbeatSeconds: 14 },
      traffic: [{
        service: 'web', mode: 'eni', provider: 'generic', delaySeconds: 15, registrationSeconds: 16,
        healthCheck: { intervalSeconds: 17, healthyThreshold: 2, unhealthyThreshold: 3 }, idleTimeoutSeconds: 18, readinessGate: false,
        keepsOpenConnections: true, backendLabel: 'a=b',
      }],
      autoscaler: { minReplicas: 2, maxReplicas: 10 },
      kubernetes: '1.31',
      platforms: ['spot', { name: 'ours', ceilingSeconds: 19 }],
      pace: 'half',
      maxSurge: '50%',
      maxUnavailable: 0,
      soakSeconds: 20,
      minReadySeconds: 21,
      progressDeadlineSeconds: 22,
      terminationGracePeriodSeconds: 23,
      scheduleSeconds: 24,
      spread: false,
      inPlace: { nodeLabel: { key: 'deploy', value: 'nginx' }, nodes: 3 },
      defaultReadinessProbe: true,
    } satisfies GracefulOptions);
  });

  test('leaves out what is not said, and keeps fractions for the core to refuse', () => {
    expect(coreOptions({ longestRequest: Duration.millis(1500), soak: undefined, longConnection: { heartbeat: undefined } }))
      .toEqual({ longestRequestSeconds: 1.5, longConnection: {} });
  });
});

describe('a time without a unit, as JavaScript lets an author write it', () => {
  const lines = (props: unknown) => {
    const chart = aChart();
    raw(chart, 'web', aDeployment());
    return validationLines(chart.with(new GracefulRollouts(props as GracefulProps)) as typeof chart);
  };
  const text = (field: string, found: string, least = 0, most = 31_536_000) =>
    `[chart/web] wrong-number: ${field} must be a Duration of whole seconds from ${least} to ${most}: current value is ${found}. `
    + 'Give a Duration in this range, such as Duration.seconds(60), or leave it out.';

  test('is told to be a Duration', () => {
    expect(lines({
      longestRequest: 5, soak: true, containers: { main: { warmUp: { successes: 2, period: 3 } } }, traffic: [{ service: 'web', mode: 'cluster', provider: 'tencent-clb', delay: '20' }],
    })).toEqual([
      text('longestRequest', '5'), text('soak', 'true'), text('containers.main.warmUp.period', '3', 1, 3600), text('traffic[0].delay', '"20"'),
    ]);
  });

  test('is told once where it has to be given', () => {
    expect(lines({ preStopHook: { runs: 'before-wait', longest: 4 } })).toEqual([text('preStopHook.longest', '4')]);
  });

  test('is the name of no option in another place', () => {
    expect(lines({ delay: 5 })).toEqual(['[chart/web] unknown-option: delay must be the name of an option: current value is 5. Look for a misspelt name, or leave it out.']);
  });

  test('is known in place of every Duration', () => {
    let count = 0;
    const unitless = (value: unknown): unknown => {
      if (value instanceof Duration) return ++count;
      if (Array.isArray(value)) return value.map(unitless);
      return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value).map(([name, one]) => [name, unitless(one)])) : value;
    };
    const told = lines(unitless(every)).filter((line) => line.includes('must be a Duration of whole seconds'));
    expect([told.length, count]).toEqual([25, 25]);
  });
});

describe(inPropNames, () => {
  test('takes the unit from the names of options, wherever they stand', () => {
    expect(inPropNames('traffic[0].delaySeconds, {"longestSessionSeconds":5}, containers.web-1.drainSeconds')).toBe('traffic[0].delay, {"longestSession":5}, containers.web-1.drain');
  });

  test('leaves fields of manifests and plain words alone', () => {
    const text = 'spec.minReadySeconds, /spec/template/spec/terminationGracePeriodSeconds, a whole number of seconds, Seconds';
    expect(inPropNames(text)).toBe(text);
  });

  test('reaches what is refused as nothing says whose it is', () => {
    const chart = aChart();
    const web = aDeployment();
    const containers = ['web', 'api'].map((name) => ({ name, image: 'web:1', ports: [{ containerPort: 80 }] }));
    raw(chart, 'web', { ...web, spec: { ...web.spec, template: { ...web.spec?.template, spec: { containers } } } });
    const props: GracefulProps = { drainEndpoint: { path: '/drain', port: 80, longest: Duration.seconds(20) } };
    expect(validationLines(chart.with(new GracefulRollouts(props)) as typeof chart)).toEqual([
      '[chart/web] ambiguous-option: drainEndpoint must be said of one container, as several serve: web, api: current value is {"path":"/drain","port":80,"longest":20}. '
      + 'Say it where it is true: containers: { web: { drainEndpoint: ... } }; of a container that no client comes to, role: \'helper\' instead.',
    ]);
  });

  test('leaves annotations, probes and hooks of manifests alone', () => {
    const text = 'kube-graceful/keep.terminationGracePeriodSeconds must be a reason, livenessProbe.periodSeconds, readinessProbe.terminationGracePeriodSeconds, '
      + 'startupProbe.initialDelaySeconds';
    expect(inPropNames(text)).toBe(text);
  });
});
