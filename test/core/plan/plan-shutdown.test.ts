import type { Container } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { planShutdown } from '../../../lib/core/plan/plan-shutdown';
import { aService, aWorkload, anEniService, CONTAINER, planOf, termsOf, textsOf, warningsOf } from './fixtures';

const shutdownOf = (...given: Parameters<typeof planOf>) => planOf(...given).shutdown;
const sums = (...given: Parameters<typeof planOf>) => {
  const { wait, drain, terminationGracePeriodSeconds } = shutdownOf(...given);
  return [wait.value, drain.value, terminationGracePeriodSeconds.value];
};
const withContainers = (...containers: Container[]) => aWorkload({ pod: { containers } });
const beside: Container = { name: 'side', image: 'side:1' };

describe(planShutdown, () => {
  test('adds the wait, the close notice, the longest request and the margin', () => {
    const { wait, drain, terminationGracePeriodSeconds } = shutdownOf({ longestRequestSeconds: 20 }, aWorkload(), anEniService());
    expect(termsOf(wait)).toEqual(['controller sees the change 2', 'update in flight 4', 'update that removes the target 4', 'wait margin 2']);
    expect(termsOf(drain)).toEqual(['close notice 10', 'longest request 20']);
    expect(termsOf(terminationGracePeriodSeconds)).toEqual([...termsOf(wait), ...termsOf(drain), 'margin 5']);
    expect(terminationGracePeriodSeconds.value).toBe(47);
  });

  test.each<[string, GracefulOptions, number[]]>([
    ['what is assumed', {}, [7, 40, 52]],
    ['no close notice', { closeNoticeSeconds: 0, longestRequestSeconds: 20 }, [7, 20, 32]],
    ['an application that exits at once: all in the wait', { onSigterm: 'exits', longestRequestSeconds: 20 }, [27, 0, 32]],
    ['an application that ignores SIGTERM', { onSigterm: 'ignores', longestRequestSeconds: 20 }, [7, 20, 32]],
    ['a session, which takes the place of the request', { longConnection: { longestSessionSeconds: 1800 } }, [7, 1810, 1822]],
    ['a session with an application that exits at once', { onSigterm: 'exits', longConnection: { longestSessionSeconds: 1800 } }, [1807, 0, 1812]],
    ['a session that is shorter than the longest request', { longConnection: { longestSessionSeconds: 20 } }, [7, 40, 52]],
    ['a hand-over, beside which the notice runs', { longConnection: { handOverSeconds: 120 } }, [7, 120, 132]],
    ['a hand-over that is shorter than notice and request', { longConnection: { handOverSeconds: 39 } }, [7, 40, 52]],
    ['the author\'s margin', { marginSeconds: 60, longestRequestSeconds: 20 }, [7, 30, 97]],
    ['the author\'s grace', { terminationGracePeriodSeconds: 300 }, [7, 40, 300]],
    ['exactly the grace that is needed', { terminationGracePeriodSeconds: 52 }, [7, 40, 52]],
  ])('gives wait, drain and grace for %s', (_, options, wanted) => {
    expect(sums(options, aWorkload(), aService())).toEqual(wanted);
  });

  test('waits for kube-proxy where a port is open, and for nobody where none is', () => {
    expect(sums({ longestRequestSeconds: 20 })).toEqual([7, 30, 42]);
    expect(sums({ longestRequestSeconds: 20 }, withContainers({ name: 'worker' }))).toEqual([0, 30, 35]);
    expect(sums({ longestRequestSeconds: 20, onSigterm: 'exits' }, withContainers({ name: 'worker' }))).toEqual([20, 0, 25]);
  });

  test('waits where a Service leads to containers that declare no port', () => {
    const plan = shutdownOf({}, withContainers({ name: 'web' }, beside), aService({ ports: [{ port: 80 }] }));
    expect(plan.containers.map(({ name, role, wait }) => [name, role, wait.value])).toEqual([['web', 'serves', 7], ['side', 'helper', 0]]);
  });

  test('refuses a grace that is too short, with the sum', () => {
    expect(textsOf({ terminationGracePeriodSeconds: 30 })).toEqual([
      'terminationGracePeriodSeconds must be at least 52: 5 s kube-proxy on every node follows + 2 s wait margin + 10 s close notice + 30 s longest request + 5 s margin: '
      + 'current value is 30. Leave it out to get the sum, or shorten what it is made of.',
    ]);
  });

  test('raises the grace of a manifest and never lowers it; 30 counts as not said', () => {
    const grace = (options: GracefulOptions, standing: number) =>
      shutdownOf(
        options, aWorkload({ pod: { containers: [CONTAINER], terminationGracePeriodSeconds: standing } }),
      ).terminationGracePeriodSeconds;
    expect([grace({}, 40).value, grace({}, 52).value, grace({}, 600).value, grace({}, 30).value]).toEqual([52, 52, 600, 52]);
    expect(grace({ longestRequestSeconds: 0, closeNoticeSeconds: 0 }, 30).value).toBe(12);
    expect(grace({}, 600).parts.at(-1)).toEqual({ label: 'longer grace', value: 548, source: 'manifest: terminationGracePeriodSeconds' });
  });

  test('holds the author\'s grace against a longer one of the manifest', () => {
    const plan = shutdownOf(
      { terminationGracePeriodSeconds: 100 }, aWorkload({ pod: { containers: [CONTAINER], terminationGracePeriodSeconds: 600 } }),
    );
    expect(plan.terminationGracePeriodSeconds.value).toBe(100);
    expect(plan.terminationGracePeriodSeconds.parts.at(-1)).toEqual({ label: 'longer grace', value: 48, source: 'author: terminationGracePeriodSeconds' });
  });

  test('says what an application does to clients that reuse connections', () => {
    const text = (onSigterm: string, moment: string) => `no-close-notice: onSigterm of container main must be 'drains', with a close notice, for clients that reuse connections: current value is '${onSigterm}'. `
      + `Whoever sends on a reused connection in the moment of ${moment} gets a reset; answer with Connection: close for some seconds after SIGTERM.`;
    expect(warningsOf(planOf({ onSigterm: 'exits' }))).toEqual([text('exits', 'the exit')]);
    expect(warningsOf(planOf({ onSigterm: 'ignores' }))).toEqual([text('ignores', 'SIGKILL')]);
    expect(warningsOf(planOf({ onSigterm: 'exits' }, aWorkload({ container: { ports: undefined, readinessProbe: undefined } })))).toEqual([]);
  });

  test('says what it costs to give no notice, where connections are reused', () => {
    const silent: GracefulOptions = { closeNoticeSeconds: 0 };
    expect(warningsOf(planOf(silent))).toEqual([
      'no-close-notice: closeNoticeSeconds of container main must be above 0, for clients that reuse connections: current value is 0. Whoever sends on a reused connection in the moment '
      + 'that the application closes it gets no answer; let it answer with Connection: close for some seconds after SIGTERM, and say for how many.',
    ]);
    expect(warningsOf(planOf({ ...silent, longConnection: { longestSessionSeconds: 60 } }))).toEqual([]);
    expect(warningsOf(planOf(silent, aWorkload({ container: { ports: undefined, readinessProbe: undefined } })))).toEqual([]);
  });

  test('does not believe a command that the image may lack', () => {
    const told = (command: string[], options: GracefulOptions = {}, annotations = {}) =>
      warningsOf(planOf(options, aWorkload({ container: { lifecycle: { preStop: { exec: { command } } } }, metadata: { name: 'web', annotations } })));
    const text = (found: string, program: string) => [
      `needs-program: lifecycle.preStop of container main must be run in an image that has ${program}, or SIGTERM comes at once: current value is ${found}. `
      + 'Say shell: true if the image has a shell and sleep; else remove the hook: from Kubernetes 1.30 on, preStop.sleep needs nothing of the image.',
    ];
    expect(told(['/bin/sleep', '15s'])).toEqual(text('["/bin/sleep","15"]', 'sleep'));
    expect(told(['sh', '-c', 'sleep 30'])).toEqual(text('["sh","-c","sleep 30"]', 'sh'));
    expect(told(['sleep', '30'], {}, { 'kube-graceful/keep.preStop': 'agreed' })).toEqual(text('["sleep","30"]', 'sleep'));
    expect([told(['sleep', '30'], { shell: true }), told(['/bye'], {}, { 'kube-graceful/keep.preStop': 'agreed' })]).toEqual([[], []]);
    const proxy = { ...CONTAINER, name: 'side', lifecycle: { preStop: { exec: { command: ['sleep', '99'] } } } };
    const plan = planOf({ containers: { side: { role: 'proxy' } } }, aWorkload({ pod: { containers: [CONTAINER, proxy] } }));
    expect(plan.warnings.map(({ field }) => field)).toEqual(['lifecycle.preStop of container side']);
  });

  describe('of several containers', () => {
    test('gives each that serves its own clock, and the pod the longest', () => {
      const plan = shutdownOf({ longestRequestSeconds: 20, containers: { api: { longestRequestSeconds: 100, closeNoticeSeconds: 0 } } }, withContainers(CONTAINER, { ...CONTAINER, name: 'api' }));
      expect(plan.containers.map(({ name, wait, drain }) => [name, wait.value, drain.value])).toEqual([['main', 7, 30], ['api', 7, 100]]);
      expect(plan.terminationGracePeriodSeconds.value).toBe(112);
    });

    test('lets a proxy leave after the container behind it', () => {
      const plan = shutdownOf({ longestRequestSeconds: 20, containers: { side: { role: 'proxy', drainSeconds: 3 } } }, withContainers(CONTAINER, beside));
      const proxy = plan.containers[1];
      expect([proxy.wait.value, proxy.drain.value, proxy.preStop]).toEqual([37, 3, { sleep: { seconds: 37 } }]);
      expect(plan.terminationGracePeriodSeconds.value).toBe(45);
    });

    test('keeps a proxy\'s longer wait', () => {
      const standing = { ...beside, lifecycle: { preStop: { exec: { command: ['sleep', '50'] } } } };
      const proxy = shutdownOf({ longestRequestSeconds: 20, containers: { side: { role: 'proxy' } } }, withContainers(CONTAINER, standing)).containers[1];
      expect(termsOf(proxy.wait).at(-1)).toBe('longer wait 13');
    });

    test('does not lend the application\'s shell, hook or endpoint to others', () => {
      const options: GracefulOptions = { kubernetes: '1.29', shell: true, drainEndpoint: { path: '/drain', port: 8080, longestSeconds: 20 }, containers: { side: { role: 'proxy' } } };
      expect(textsOf(options, withContainers(CONTAINER, beside))).toEqual([expect.stringMatching(/^lifecycle.preStop of container side must be possible: /)]);
      expect(textsOf({ ...options, containers: { side: { role: 'proxy', shell: true } } }, withContainers(CONTAINER, beside))).toEqual([]);
    });

    test('gives a helper its drain, and the wait of a hook that it has', () => {
      const helper = (container: Container, options: GracefulOptions = {}) => {
        const plan = shutdownOf({ longestRequestSeconds: 0, ...options }, withContainers(CONTAINER, container));
        return [plan.containers[1].wait.value, plan.containers[1].drain.value, plan.terminationGracePeriodSeconds.value];
      };
      expect(helper(beside)).toEqual([0, 5, 22]);
      expect(helper(beside, { drainSeconds: 50 })).toEqual([0, 50, 55]);
      expect(helper({ ...beside, lifecycle: { preStop: { exec: { command: ['sleep', '60'] } } } })).toEqual([60, 5, 70]);
      expect(helper({ ...beside, lifecycle: { preStop: { exec: { command: ['/flush'] } } } }, { containers: { side: { preStopHook: { runs: 'before-wait', longestSeconds: 33 } } } })).toEqual([33, 5, 43]);
    });

    test('tells of a hook beside it whose length nobody knows', () => {
      const told = (preStop: NonNullable<Container['lifecycle']>['preStop'], options: GracefulOptions = {}) => [
        withContainers(CONTAINER, { ...beside, lifecycle: { preStop } }),
        aWorkload({ pod: { containers: [CONTAINER], initContainers: [{ name: 'side', restartPolicy: 'Always', lifecycle: { preStop } }] } }),
      ].map((workload) => warningsOf(planOf(options, workload)).filter((warning) => warning.startsWith('own-hook')));
      const text = (found: string) => [`own-hook: lifecycle.preStop of container side must be told by preStopHook, so that the grace period has room for it: current value is ${found}. `
        + 'Say with containers: { side: { preStopHook: ... } } how long it takes: until then it counts for 0 s.'];
      const both = (one: string[]) => [one, one];
      expect(told({ exec: { command: ['/flush.sh'] } })).toEqual(both(text('{"exec":{"command":["/flush.sh"]}}')));
      expect(told({ httpGet: { path: '/bye', port: 1 } })).toEqual(both(text('{"httpGet":{"path":"/bye","port":1}}')));
      expect(told({ exec: { command: ['/flush.sh'] } }, { containers: { side: { preStopHook: { runs: 'before-wait', longestSeconds: 3 } } } })).toEqual(both([]));
      expect([told({ exec: { command: ['sleep', '5'] } }), told({ sleep: { seconds: 5 } }), told({})]).toEqual([both([]), both([]), both([])]);
    });

    test('ends native sidecars one after the other, once all others have left', () => {
      const sidecar = (name: string, seconds?: number): Container => ({ name, restartPolicy: 'Always', ...seconds ? { lifecycle: { preStop: { sleep: { seconds } } } } : {} });
      const grace = (options: GracefulOptions, ...initContainers: Container[]) =>
        shutdownOf(
          { longestRequestSeconds: 20, ...options }, aWorkload({ pod: { containers: [CONTAINER], initContainers } }),
        ).terminationGracePeriodSeconds;
      expect(termsOf(grace({ containers: { mesh: { drainSeconds: 8 } } }, { name: 'migrate' }, sidecar('mesh'), sidecar('logs'))).slice(-3)).toEqual(['drain of mesh 8', 'drain of logs 5', 'margin 5']);
      expect(grace({}, sidecar('mesh')).value).toBe(47);
      // Its own hook starts with the others', so it only counts where it is longer than all of them.
      expect([grace({}, sidecar('mesh', 30)).value, grace({}, sidecar('mesh', 300)).value]).toEqual([47, 310]);
    });

    test('holds an injected sidecar to the whole wait and drain, unless it is native', () => {
      const options = (drainSeconds: number, native: boolean): GracefulOptions => ({ longestRequestSeconds: 20, injectedSidecars: [{ name: 'istio-proxy', drainSeconds, native }] });
      expect(textsOf(options(36, false))).toEqual([
        'injectedSidecars: drainSeconds of istio-proxy must be at least 37, as it gets SIGTERM at the deletion, while the application still answers through it: current value is 36. '
        + 'Raise it where its injector is configured (Istio: terminationDrainDuration), or inject it as a native sidecar, which leaves last.',
      ]);
      expect(shutdownOf(options(40, false)).terminationGracePeriodSeconds.value).toBe(45);
      expect(shutdownOf(options(5, true)).terminationGracePeriodSeconds.value).toBe(47);
    });
  });

  describe('with fields that the manifest keeps', () => {
    const keeping = (fields: Record<string, string>, grace: number, preStop?: Container['lifecycle']) => aWorkload({
      metadata: { name: 'web', annotations: fields }, pod: { containers: [{ ...CONTAINER, lifecycle: preStop }], terminationGracePeriodSeconds: grace },
    });

    test('goes on with the grace that stands there', () => {
      const plan = planOf({}, keeping({ 'kube-graceful/keep.terminationGracePeriodSeconds': 'agreed' }, 20));
      expect(plan.shutdown.terminationGracePeriodSeconds).toMatchObject({ value: 20 });
      expect(termsOf(plan.shutdown.terminationGracePeriodSeconds).at(-1)).toBe('shorter grace -32');
      expect(warningsOf(plan)).toEqual(['kept-too-short: terminationGracePeriodSeconds must be at least 52: 5 s kube-proxy on every node follows + 2 s wait margin + 10 s close notice + '
        + '30 s longest request + 5 s margin: current value is 20. An annotation keeps it as it is: what is still open then is cut.']);
    });

    test('goes on with the wait that stands there', () => {
      const plan = planOf({}, keeping({ 'kube-graceful/keep.preStop': 'agreed' }, 60, { preStop: { sleep: { seconds: 3 } } }));
      expect([plan.shutdown.wait.value, plan.shutdown.containers[0].preStop]).toEqual([3, { sleep: { seconds: 3 } }]);
      expect(plan.warnings.map(({ id, field, wanted }) => [id, field, wanted])).toEqual([
        ['kept-too-short', 'lifecycle.preStop of container main', 'at least 7: 5 s kube-proxy on every node follows + 2 s wait margin'],
      ]);
    });

    test('refuses a kept grace that the API server would refuse beside the sleep', () => {
      expect(textsOf({}, keeping({ 'kube-graceful/keep.terminationGracePeriodSeconds': 'agreed' }, 6))).toEqual([
        'terminationGracePeriodSeconds must be at least 7, the preStop sleep of container main: the API server refuses less: current value is 6. Raise it, or remove the annotation that keeps it.',
      ]);
    });
  });
});
