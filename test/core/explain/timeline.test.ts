import * as fc from 'fast-check';
import { timeline } from '../../../lib/core/explain';
import { sumOf } from '../../../lib/core/figure';
import type { RolloutPlan } from '../../../lib/core/plan/rollout-plan';
import { aContainer, aPlan, aRoute, anInClusterRoute } from './a-plan';

const NOTHING = sumOf('nothing', []);
const seconds = (label: string, value: number) => sumOf(label, value === 0 ? [] : [{ label, value, source: 'ours' }]);
const sidecar = (name: string, drainSeconds: number, waitSeconds = 0) =>
  aContainer({ name, role: 'sidecar', wait: seconds(`wait of ${name}`, waitSeconds), preStop: undefined, drain: seconds(`drain of ${name}`, drainSeconds) });

function told(plan: RolloutPlan): readonly string[] {
  return timeline(plan).map(({ atSeconds, event, text }) => `${atSeconds} ${event}: ${text}`);
}

describe(timeline, () => {
  test('tells a pod\'s end from deletion to SIGKILL', () => {
    expect(told(aPlan({ routes: [aRoute(), anInClusterRoute()] }))).toEqual([
      '0 deleted: deleted; endpoint terminating; preStop starts',
      '5 no-new-connections: no new connection through Service/web any more',
      '10 no-new-connections: no new connection through Service/public any more',
      '12 sigterm: SIGTERM: 10 s close notice + 20 s longest request',
      '42 drained: nothing is left',
      '47 load-balancer-cuts: load balancer of Service/public may cut what is open from now on',
      '47 sigkill: SIGKILL would come now',
    ]);
  });

  test('is data: each event with its Service or container, and the part of the grace period that begins', () => {
    expect(timeline(aPlan()).map(({ event, service, container, phase }) => ({ event, service, container, phase }))).toEqual([
      { event: 'deleted', phase: { name: 'preStop', seconds: 12 } },
      { event: 'no-new-connections', service: 'public' },
      { event: 'sigterm', container: 'web', phase: { name: 'drain', seconds: 30 } },
      { event: 'drained', phase: { name: 'margin', seconds: 5 } },
      { event: 'load-balancer-cuts', service: 'public' },
      { event: 'sigkill' },
    ]);
  });

  test('ends what exits at once with its SIGTERM', () => {
    const plan = aPlan({ routes: [], containers: [aContainer({ onSigterm: 'exits', drain: NOTHING })] });
    expect(told(plan)).toEqual([
      '0 deleted: deleted; endpoint terminating; preStop starts',
      '12 sigterm: SIGTERM; it exits at once',
      '12 drained: nothing is left',
      '17 sigkill: SIGKILL would come now',
    ]);
  });

  test('ends sidecars last, in reverse order', () => {
    const plan = aPlan({ routes: [], containers: [aContainer(), sidecar('envoy', 5), sidecar('log', 3)] });
    expect(told(plan).slice(1)).toEqual([
      '12 sigterm: SIGTERM to web: 10 s close notice + 20 s longest request',
      '42 drained: nothing is in flight any more',
      '42 sigterm: SIGTERM to log (sidecar): 3 s drain of log',
      '45 sigterm: SIGTERM to envoy (sidecar): 5 s drain of envoy',
      '50 containers-gone: every container has left',
      '55 sigkill: SIGKILL would come now',
    ]);
  });

  test('lets a sidecar wait for its own hook, which starts with all the others', () => {
    const plan = aPlan({ routes: [], containers: [aContainer(), sidecar('envoy', 5), sidecar('mesh', 5, 300)] });
    expect(timeline(plan).slice(2).map(({ atSeconds, event, text, phase }) => `${atSeconds} ${event}: ${text}; ${phase?.name} ${phase?.seconds}`)).toEqual([
      '42 drained: nothing is in flight any more; others 268',
      '300 sigterm: SIGTERM to mesh (sidecar): 5 s drain of mesh; undefined undefined',
      '305 sigterm: SIGTERM to envoy (sidecar): 5 s drain of envoy; undefined undefined',
      '310 containers-gone: every container has left; margin 5',
      '315 sigkill: SIGKILL would come now; undefined undefined',
    ]);
  });

  test('cuts at the end of a kept grace what it is too short for', () => {
    expect(told(aPlan({ routes: [], keptGraceSeconds: 30 })).slice(1)).toEqual([
      '12 sigterm: SIGTERM: 10 s close notice + 20 s longest request',
      '30 drained: what is in flight is cut: the grace is 12 s too short for it',
      '30 sigkill: SIGKILL ends web',
    ]);
    const containers = [aContainer(), sidecar('envoy', 5), sidecar('mesh', 5, 300)];
    expect(told(aPlan({ routes: [], containers, keptGraceSeconds: 50 })).slice(2)).toEqual([
      '42 drained: nothing is in flight any more',
      '50 sigterm: SIGTERM to mesh (sidecar), as the grace is over',
      '50 sigterm: SIGTERM to envoy (sidecar), as the grace is over',
      '50 containers-gone: the other containers are cut: the grace is 260 s too short for them',
      '50 sigkill: SIGKILL ends envoy, mesh',
    ]);
    expect(told(aPlan({ routes: [anInClusterRoute()], keptGraceSeconds: 3 }))).toEqual([
      '0 deleted: deleted; endpoint terminating; preStop starts',
      '3 sigterm: SIGTERM, as the grace is over',
      '3 drained: what is in flight is cut: the grace is 39 s too short for it',
      '3 sigkill: SIGKILL ends web',
      '5 no-new-connections: no new connection through Service/web any more',
    ]);
  });

  test('lets SIGKILL end what ignores SIGTERM, and its sidecars with it', () => {
    const plan = aPlan({ routes: [], containers: [aContainer({ onSigterm: 'ignores' }), sidecar('envoy', 5)] });
    expect(told(plan).slice(1)).toEqual([
      '12 sigterm: SIGTERM to web, which it ignores: 10 s close notice + 20 s longest request',
      '42 drained: nothing is in flight any more',
      '52 sigterm: SIGTERM to envoy (sidecar): 5 s drain of envoy',
      '52 sigkill: SIGKILL ends web',
    ]);
  });

  test('says that a hook which asks the application may end sooner', () => {
    const plan = aPlan({ routes: [], containers: [aContainer({ preStop: { httpGet: { path: '/drain', port: 8080 } } })] });
    expect(told(plan)[1]).toBe('12 sigterm: SIGTERM, or sooner if its hook ends sooner: 10 s close notice + 20 s longest request');
  });

  test.each([
    [
      'has cut what was open where nothing drains',
      aRoute({ removed: 'cut-at-once', drain: undefined }),
      ['10 load balancer of Service/public has cut what was open'],
    ],
    ['cuts nothing that lives with its pod', aRoute({ removed: 'lives-with-pod', drain: undefined }), []],
    ['cuts nothing where all nodes are targets, which a roll does not change', aRoute({ mode: 'cluster', targets: 'nodes' }), []],
  ])('%s', (_what, route, expected) => {
    const cuts = timeline(aPlan({ routes: [route] })).filter(({ event }) => event === 'load-balancer-cuts');
    expect(cuts.map(({ atSeconds, text }) => `${atSeconds} ${text}`)).toEqual(expected);
  });

  test('always adds up: the parts are the grace period, and time never runs back', () => {
    const roles = fc.constantFrom('serves' as const, 'proxy' as const, 'helper' as const, 'sidecar' as const, 'injected' as const);
    const ways = fc.constantFrom('drains' as const, 'ignores' as const);
    const containers = fc.array(fc.tuple(roles, ways, fc.nat(30), fc.nat(60)), { minLength: 1, maxLength: 5 });
    fc.assert(fc.property(containers, fc.option(fc.nat(120), { nil: undefined }), (some, keptGraceSeconds) => {
      const plan = aPlan({
        keptGraceSeconds,
        containers: some.map(([role, onSigterm, wait, drain], index) => aContainer({
          name: `c${index}`, role, onSigterm, wait: seconds('wait', wait), drain: seconds('drain', drain),
        })),
      });
      const events = timeline(plan);
      const parts = events.reduce((sum, { phase }) => sum + (phase?.seconds ?? 0), 0);
      expect(parts).toBe(plan.shutdown.terminationGracePeriodSeconds.value);
      expect(events.filter(({ phase }) => phase && phase.seconds < 0)).toEqual([]);
      expect(events.map(({ atSeconds }) => atSeconds)).toEqual(events.map(({ atSeconds }) => atSeconds).sort((a, b) => a - b));
    }));
  });
});
