import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Container, Probe } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { planStartup } from '../../../lib/core/plan/plan-startup';
import { planWarmUp } from '../../../lib/core/plan/plan-warm-up';
import { aService, aWorkload, CONTAINER, planOf, textsOf, warningsOf } from './fixtures';

function probesOf(options: GracefulOptions, container: Container = {}) {
  const [planned] = planOf(options, aWorkload({ container })).startup.containers;
  return { readiness: planned.readinessProbe?.probe, liveness: planned.livenessProbe?.probe, startup: planned.startupProbe && (planned.startupProbe.probe ?? 'removed') };
}

const NONE = { readiness: undefined, liveness: undefined, startup: undefined };
const http: Probe = { httpGet: { path: '/healthz', port: 8080 } };

describe(planWarmUp, () => {
  test('asks the application\'s own start-up endpoint (way A)', () => {
    expect(probesOf({ warmUp: { successes: 5, endpoint: { path: '/startup' } } }))
      .toEqual({ ...NONE, startup: { httpGet: { path: '/startup', port: 8080 }, periodSeconds: 5, failureThreshold: 18 } });
    expect(probesOf({ slowestStartSeconds: 300, warmUp: { successes: 5, periodSeconds: 10, endpoint: { path: '/startup', port: 'http' } } }).startup)
      .toEqual({ httpGet: { path: '/startup', port: 'http' }, periodSeconds: 10, failureThreshold: 31 });
  });

  test('leaves a start what the start-up probe that stands there does, and what the author says', () => {
    const startupProbe = { ...http, periodSeconds: 10, failureThreshold: 60 };
    const warmUp = { successes: 5, endpoint: { path: '/startup' } };
    const failures = (options: GracefulOptions, container: Container = { startupProbe }) =>
      (probesOf(options, container).startup as Probe).failureThreshold;
    // 590 s, which stand there; 590 s, which are more than 300 s; 700 s.
    expect([failures({ warmUp }), failures({ warmUp, slowestStartSeconds: 300 }), failures({ warmUp, slowestStartSeconds: 700 })])
      .toEqual([119, 119, 141]);
    expect(warningsOf(planOf({ warmUp }, aWorkload({ container: { startupProbe } })))).toEqual([]);
    expect(failures({ warmUp }, { startupProbe: { tcpSocket: { port: 8080 }, failureThreshold: 3 } })).toBe(18);
  });

  test.each<[string, GracefulOptions, string]>([
    ['an endpoint', { warmUp: { successes: 5, endpoint: { path: '/startup' } } }, 'the application itself counts 5 checks before it answers 200'],
    ['a command', { shell: true, warmUp: { successes: 5, command: ['check'] } }, 'a shell runs the check 5 times in a row, 5 s apart'],
  ])('says what it assumes of a start that nobody tells, with %s', (_what, options, reason) => {
    const plan = planOf(options);
    expect(plan.startup.containers[0].startupProbe?.reason).toBe(`${reason}; a start is assumed to take 85 s (ours: 60 s where nobody tells, and 25 s for the successes)`);
    expect(warningsOf(plan)).toEqual([
      'unknown-start: slowestStartSeconds of container main must be told, since a liveness or start-up probe ends a container that starts slowly: '
      + 'current value is nothing; the probes surely leave 85 s. Say how long the slowest start takes.',
    ]);
    const told = planOf({ ...options, slowestStartSeconds: 85 });
    expect([told.startup.containers[0].startupProbe?.reason, warningsOf(told)]).toEqual([reason, []]);
  });

  test('repeats a command in a shell (way B)', () => {
    const { startup } = probesOf({ shell: true, warmUp: { successes: 5, command: ['curl', '-sf', 'localhost:8080'] } });
    expect(startup).toEqual({
      exec: { command: ['sh', '-c', 'n=0; while "$@"; do n=$((n+1)); [ $n -ge 5 ] && exit 0; sleep 5; done; exit 1', 'warm-up', 'curl', '-sf', 'localhost:8080'] },
      periodSeconds: 5, timeoutSeconds: 30, failureThreshold: 18,
    });
  });

  test('counts with readiness, and says what that costs (way D)', () => {
    const plan = planOf(
      { warmUp: { successes: 5 } }, aWorkload({ container: { readinessProbe: { ...http, failureThreshold: 4, periodSeconds: 20 } } }),
    );
    expect(plan.startup.containers[0]).toMatchObject({
      name: 'main', at: { list: 'containers', index: 0 }, livenessProbe: undefined, startupProbe: undefined,
      readinessProbe: { probe: { ...http, failureThreshold: 4, periodSeconds: 20, successThreshold: 5 }, reason: '5 successes in a row before traffic: the first time, and after each failure' },
    });
    expect(warningsOf(plan)).toEqual(['recovery-needs-all: warmUp of container main must be given an endpoint, or a command and shell: true, so that one success is enough to recover: '
      + 'current value is only the readiness probe, which needs 5 successes after each failure, too. Let the application count its own checks behind an endpoint.']);
  });

  test('counts with readiness as often as the author says, else as the probe does, else every 5 s (way D)', () => {
    const period = (warmUp: GracefulOptions['warmUp'], readinessProbe: Probe) =>
      probesOf({ warmUp }, { readinessProbe }).readiness?.periodSeconds;
    expect([
      period({ successes: 5, periodSeconds: 3 }, { ...http, periodSeconds: 20 }), period({ successes: 5 }, { ...http, periodSeconds: 20 }),
      period({ successes: 5 }, http),
    ]).toEqual([3, 20, 5]);
  });

  test('only holds back the rollout (way E), of whichever container', () => {
    const plan = planOf({ warmUp: { successes: 5, holds: 'rollout' }, soakSeconds: 7 });
    expect(plan.startup.containers[0]).toEqual({ name: 'main', at: { list: 'containers', index: 0 } });
    expect(plan.pace.minReadySeconds.value).toBe(32);
    expect(planOf({ containers: { main: { warmUp: { successes: 3, periodSeconds: 10, holds: 'rollout' } } } }).pace.minReadySeconds.value).toBe(30);
  });

  test('refuses a warm-up that nothing can count, or that asks a port which nobody has', () => {
    const bare = aWorkload({ container: { readinessProbe: undefined, ports: undefined } });
    expect(textsOf({ warmUp: { successes: 5 } }, bare)).toEqual([
      'warmUp of container main must be given an endpoint, a command, or beside a readiness probe that can count: current value is none of them. Give the container a readiness probe, or the warm-up an endpoint.',
    ]);
    expect(textsOf({ warmUp: { successes: 5, endpoint: { path: '/' } } }, bare)).toEqual([
      'warmUp.endpoint.port of container main must be given, as the container declares no port: current value is nothing. Declare the port, or name it in warmUp.endpoint.',
    ]);
    expect(textsOf({ warmUp: { successes: 5, endpoint: { path: '/', port: 'admin' } } })).toEqual([
      'warmUp.endpoint.port of container main must be given a port from 1 to 65535, or the name of one of the container\'s ports: current value is "admin". Say which port is asked.',
    ]);
  });

  describe('and its script, run by sh', () => {
    const folder = mkdtempSync(join(tmpdir(), 'warm-up-'));
    const log = join(folder, 'log');
    afterAll(() => rmSync(folder, { recursive: true }));

    /** Runs the script with a check that fails at its n-th call, 0 for never; without the pause between two checks. */
    function run(failsAt: number): [number | null, number] {
      rmSync(log, { force: true });
      const check = 'echo x >> "$1"; [ "$(wc -l < "$1")" -ne "$2" ]';
      const { startup } = probesOf({ shell: true, warmUp: { successes: 4, command: ['sh', '-c', check, 'check', log, String(failsAt)] } });
      const [program, ...words] = (startup as Probe).exec!.command!;
      const { status } = spawnSync(program, words.map((word) => word.replace('sleep 5', 'sleep 0')), { encoding: 'utf8' });
      return [status, readFileSync(log, 'utf8').split('\n').length - 1];
    }

    test('ends well after so many successes in a row', () => {
      expect(run(0)).toEqual([0, 4]);
      expect(run(5)).toEqual([0, 4]);
    });

    test.each([1, 2, 4])('ends badly at the first miss, the check number %d', (failsAt) => {
      expect(run(failsAt)).toEqual([1, failsAt]);
    });

    test('counts anew in the next run', () => {
      expect([run(3), run(0)]).toEqual([[1, 3], [0, 4]]);
    });

    test('is taken by a shell that knows POSIX only', () => {
      const { startup } = probesOf({ shell: true, warmUp: { successes: 2, command: ['true'] } });
      expect(execFileSync('sh', ['-n', '-c', (startup as Probe).exec!.command![2]], { encoding: 'utf8' })).toBe('');
    });
  });
});

describe(planStartup, () => {
  test('leaves the probes of a manifest alone', () => {
    expect(probesOf({}, { livenessProbe: http, startupProbe: { ...http, failureThreshold: 30 } })).toEqual(NONE);
  });

  describe('gives a liveness probe', () => {
    test('as the author wants it, with a grace of its own where the pod\'s is long', () => {
      expect(probesOf({ liveness: {} }).liveness)
        .toEqual({ tcpSocket: { port: 8080 }, periodSeconds: 30, failureThreshold: 3, timeoutSeconds: 1 });
      expect(probesOf({ liveness: { path: '/healthz', port: 'http', periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 3 }, longestRequestSeconds: 300 }).liveness)
        .toEqual({ httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 5, failureThreshold: 2, timeoutSeconds: 3, terminationGracePeriodSeconds: 30 });
      expect(probesOf({ liveness: { terminationGracePeriodSeconds: 7 } }).liveness?.terminationGracePeriodSeconds).toBe(7);
    });

    test('that stands there a grace of its own where the pod\'s is long', () => {
      const grace = (options: GracefulOptions, livenessProbe = http) =>
        probesOf(options, { livenessProbe }).liveness?.terminationGracePeriodSeconds;
      expect([grace({ longestRequestSeconds: 38 }), grace({ longestRequestSeconds: 39 })]).toEqual([undefined, 30]);
      expect([grace({ longestRequestSeconds: 300, kubernetes: '1.27', shell: true }), grace({ longestRequestSeconds: 300 }, { ...http, terminationGracePeriodSeconds: 9 })]).toEqual([undefined, undefined]);
    });

    test('only at a port that is there', () => {
      const udp = aWorkload({ container: { ports: [{ containerPort: 53, protocol: 'UDP' }], readinessProbe: undefined } });
      expect(textsOf({ liveness: {} }, udp)).toEqual([
        'liveness.port of container main must be given, as the container declares no port: current value is nothing. Declare the port, or name it in liveness.',
      ]);
      expect(textsOf({ liveness: { port: 'admin' } })).toEqual([
        'liveness.port of container main must be given a port from 1 to 65535, or the name of one of the container\'s ports: current value is "admin". Say which port is asked.',
      ]);
    });
  });

  describe('treats a slow start so that', () => {
    test('a liveness probe without a start-up probe gets one that asks the same', () => {
      expect(probesOf({ slowestStartSeconds: 100 }, {
        livenessProbe: { ...http, periodSeconds: 20, timeoutSeconds: 4, initialDelaySeconds: 5, failureThreshold: 2 },
      }).startup)
        .toEqual({ ...http, timeoutSeconds: 4, failureThreshold: 11 });
      expect(probesOf({ slowestStartSeconds: 100 }, { livenessProbe: http }).startup).toEqual({ ...http, failureThreshold: 11 });
    });

    test('a liveness probe that is patient enough needs none', () => {
      expect(probesOf({ slowestStartSeconds: 90 }, { livenessProbe: { ...http, initialDelaySeconds: 30, periodSeconds: 30 } }).startup)
        .toBeUndefined();
      expect(probesOf({ slowestStartSeconds: 91 }, { livenessProbe: { ...http, initialDelaySeconds: 30, periodSeconds: 30 } }).startup)
        .toEqual({ ...http, failureThreshold: 11 });
    });

    test('a start-up probe is raised, never lowered', () => {
      const standing = { ...http, periodSeconds: 10, failureThreshold: 5 };
      expect(probesOf({ slowestStartSeconds: 40 }, { startupProbe: standing }).startup).toBeUndefined();
      expect(probesOf({ slowestStartSeconds: 41 }, { startupProbe: standing }).startup).toEqual({ ...standing, failureThreshold: 6 });
    });

    test('one that is not known is said to be so', () => {
      expect(warningsOf(planOf({}, aWorkload({ container: { livenessProbe: http } })))).toEqual([
        'unknown-start: slowestStartSeconds of container main must be told, since a liveness or start-up probe ends a container that starts slowly: '
        + 'current value is nothing; the probes surely leave 20 s. Say how long the slowest start takes.',
      ]);
    });
  });

  test('removes the start-up probe that cdk8s-plus makes up, unless a liveness probe needs it', () => {
    const injected: Probe = { tcpSocket: { port: 8080 }, failureThreshold: 3 };
    expect(probesOf({}, { startupProbe: injected }).startup).toBe('removed');
    expect(probesOf({ slowestStartSeconds: 60 }, { startupProbe: injected }).startup).toBe('removed');
    expect(probesOf({ slowestStartSeconds: 60 }, { startupProbe: injected, livenessProbe: http }).startup)
      .toEqual({ ...injected, failureThreshold: 7 });
    expect(probesOf({}, { startupProbe: { ...injected, periodSeconds: 5 } }).startup).toBeUndefined();
  });

  describe('of a container without a readiness probe', () => {
    const bare = { readinessProbe: undefined };

    test('warns, and never makes one up for a manifest of somebody else', () => {
      const plan = planOf({}, aWorkload({ container: bare }));
      expect(plan.startup.containers[0].readinessProbe).toBeUndefined();
      expect(warningsOf(plan)).toEqual([
        'no-readiness-probe: readinessProbe of container main must be there, so that clients come only once the application can answer: current value is none. Give it one that asks the application itself.',
      ]);
      expect(warningsOf(planOf({}, aWorkload({ container: { ...bare, ports: undefined } })))).toEqual([]);
    });

    test('gives it one on its first TCP port where the author lets us', () => {
      const ports = [{ containerPort: 53, protocol: 'UDP' }, { containerPort: 8080 }];
      expect(probesOf({ defaultReadinessProbe: true }, { ...bare, ports }).readiness).toEqual({ tcpSocket: { port: 8080 } });
    });

    test('says of a port that no probe can ask how to go on', () => {
      const udp = aWorkload({ container: { ...bare, ports: [{ containerPort: 7777, protocol: 'UDP' }] } });
      const there = 'readinessProbe of container main must be there, so that clients come only once the application can answer: current value is none.';
      expect(textsOf({ defaultReadinessProbe: true }, udp)).toEqual([
        `${there} No probe can ask a port that is not TCP: give it one with a command, or say defaultReadinessProbe: false.`,
      ]);
      expect(warningsOf(planOf({}, udp))).toEqual([`no-readiness-probe: ${there} No probe can ask a port that is not TCP: give it one with a command.`]);
    });

    test('refuses to guess a port', () => {
      expect(textsOf({ defaultReadinessProbe: true }, aWorkload({ container: { ...bare, ports: undefined } }), aService())).toEqual([
        'readinessProbe of container main must be there, so that clients come only once the application can answer: current value is none. Declare the container\'s port, or give it a readiness probe.',
      ]);
    });
  });

  test('asks nothing of helpers but a liveness probe that does not hold up the pod', () => {
    const helper = { name: 'side', livenessProbe: http };
    const plan = planOf({ longestRequestSeconds: 300, liveness: {} }, aWorkload({ pod: { containers: [CONTAINER, helper] } }));
    expect(plan.startup.containers[1]).toMatchObject({
      name: 'side', at: { list: 'containers', index: 1 },
      livenessProbe: { probe: { ...http, terminationGracePeriodSeconds: 30 }, reason: 'the probe that stands there; a hung container is ended within 30 s, not within the pod\'s grace of 322 s' },
    });
  });
});
