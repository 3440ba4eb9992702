import * as fc from 'fast-check';
import { explain } from '../../../lib/core/explain';
import { sumOf } from '../../../lib/core/figure';
import type { RolloutPlan, RoutePlan } from '../../../lib/core/plan/rollout-plan';
import { aPace, aPlan, aRoute, anInClusterRoute } from './a-plan';

/** The sections of an explanation, by their first words. */
function section(plan: RolloutPlan, start: string): string {
  const found = explain(plan).split('\n\n').find((one) => one.startsWith(start));
  return `\n${found?.trimEnd()}\n`;
}

describe(explain, () => {
  test('begins with the sum of the grace period along its timeline', () => {
    expect(section(aPlan(), 'Deployment')).toBe(`
Deployment/web behind Service/public (alibaba-clb, pods as targets)
     0 s  deleted; endpoint terminating; preStop starts                                preStop  12 s
    10 s  no new connection through Service/public any more
    12 s  SIGTERM: 10 s close notice + 20 s longest request                          + drain    30 s
    42 s  nothing is left                                                            + margin    5 s
    47 s  load balancer of Service/public may cut what is open from now on
    47 s  SIGKILL would come now                                                     = grace    47 s
`);
  });

  test.each([
    [[], 'Deployment/web, which no known Service leads to'],
    [[anInClusterRoute()], 'Deployment/web behind Service/web (inside the cluster)'],
    [[aRoute({ targets: 'nodes-with-a-pod' })], 'Deployment/web behind Service/public (alibaba-clb, nodes that host a pod as targets)'],
    [[{ ...anInClusterRoute(), mode: 'ingress' as const }], 'Deployment/web behind Service/web (through an ingress)'],
    [
      [aRoute(), anInClusterRoute()],
      'Deployment/web behind\n  Service/public (alibaba-clb, pods as targets)\n  Service/web (inside the cluster)',
    ],
  ])('names the ways in', (routes, header) => {
    expect(explain(aPlan({ routes }))).toContain(`${header}\n     0 s  deleted`);
  });

  test('names the namespace, as another may have a Deployment of the same name', () => {
    const headerOf = (...routes: readonly RoutePlan[]) => explain(aPlan({ routes, namespace: 'shop' })).split('\n')[0];
    expect([headerOf(), headerOf(anInClusterRoute()), headerOf(aRoute(), anInClusterRoute())]).toEqual([
      'Deployment/web in shop, which no known Service leads to', 'Deployment/web in shop behind Service/web (inside the cluster)',
      'Deployment/web in shop behind',
    ]);
    expect(explain(aPlan({ namespace: 'default' }))).toBe(explain(aPlan()));
  });

  test('tells how long a rollout takes at both ends of a scale', () => {
    const at = [
      aPace({
        replicas: 2, waves: 2, rolledOut: { atLeastSeconds: 12, atMostSeconds: 396 },
        lastPodGone: { atLeastSeconds: 24, atMostSeconds: 445 },
      }),
      aPace({
        replicas: 40, waves: 40, rolledOut: { atLeastSeconds: 240 },
        lastPodGone: { atLeastSeconds: 252 }, servingPods: 41, existingPods: 50,
      }),
    ];
    const plan = aPlan();
    expect(section({ ...plan, pace: { ...plan.pace, at, scaled: true } }, 'Rollout')).toBe(`
Rollout: maxSurge 1, maxUnavailable 0; something else sets the number of replicas, so here are both
         ends
  replicas  waves  rolled out after    last old pod gone after  pods serving  existing
         2      2  12 s to 6 min 36 s  24 s to 7 min 25 s       4 at most     6 at most
        40     40  4 min or more       4 min 12 s or more       41 at most    50 at most
`);
  });

  test('tells what ends a pod sooner', () => {
    const ceilings = [
      { platform: 'GKE spot VM', ceilingSeconds: 15, graceSeconds: 15, source: 'docs' },
      { platform: 'Cluster Autoscaler', ceilingSeconds: 600, graceSeconds: 47, source: 'FAQ' },
    ];
    expect(section(aPlan({ ceilings }), 'What may')).toBe(`
What may end a pod sooner:
  GKE spot VM         leaves 15 s of 47 s: SIGKILL comes 32 s too early (docs)
  Cluster Autoscaler  waits 10 min, so the pod gets its whole grace (FAQ)
`);
  });

  test('tells each probe with its reason', () => {
    const startup = {
      containers: [{
        name: 'web',
        at: { list: 'containers' as const, index: 0 },
        startupProbe: { reason: 'made up by cdk8s-plus' },
        readinessProbe: {
          probe: {
            httpGet: { path: '/ready', port: 'http' },
            initialDelaySeconds: 5, periodSeconds: 10, timeoutSeconds: 2, successThreshold: 5, failureThreshold: 3,
          },
          reason: 'author: warmUp',
        },
        livenessProbe: {
          probe: { tcpSocket: { port: 8080 }, terminationGracePeriodSeconds: 30 }, reason: 'author: liveness',
          ends: sumOf('', [{ label: 'failures', value: 31, source: 'the probe' }, { label: 'grace', value: 30, source: 'the probe' }]),
        },
      }],
    };
    expect(section(aPlan({ startup }), 'Probes')).toBe(`
Probes:
  startupProbe of web: removed
    made up by cdk8s-plus
  readinessProbe of web: GET /ready on port http, first after 5 s, every 10 s, timeout 2 s, 5
  successes in a row, failed after 3 in a row
    author: warmUp
  livenessProbe of web: TCP on port 8080, grace 30 s
    author: liveness
    a container that hangs is gone, and may start again, after 61 s at most: 31 s (failures) + 30 s
    (grace)
`);
  });

  test('tells the sources of a probe\'s numbers, and sums apart', () => {
    const one = (value: number, source: string) => sumOf('as said', [{ label: 'x', value, source }]);
    const startup = {
      containers: [{
        name: 'web', at: { list: 'containers' as const, index: 0 },
        startupProbe: {
          probe: { tcpSocket: { port: 8080 }, periodSeconds: 10, timeoutSeconds: 2, failureThreshold: 7 }, reason: 'slow',
          figures: {
            periodSeconds: one(10, 'manifest: startupProbe'), timeoutSeconds: one(2, 'manifest: startupProbe'),
            failureThreshold: sumOf('', [{ label: 'periods of 10 s', value: 6, source: 'author' }, { label: 'first check', value: 1, source: 'worker.go' }]),
          },
          ends: sumOf('', [{ label: 'checks', value: 72, source: 'the probe' }]),
        },
      }],
    };
    expect(section(aPlan({ startup }), 'Probes')).toBe(`
Probes:
  startupProbe of web: TCP on port 8080, every 10 s, timeout 2 s, failed after 7 in a row
    slow
    a container that never starts is told to end after 72 s at most: 72 s (checks)
    periodSeconds, timeoutSeconds: manifest: startupProbe
    failureThreshold = 6 (periods of 10 s; author) + 1 (first check; worker.go)
`);
  });

  test('tells what the load balancer is told', () => {
    expect(section(aPlan({ routes: [aRoute({ quota: '50 a node' })] }), 'Service/')).toBe(`
Service/public:
  a removed pod keeps its open connections for 47 s; the application sees the clients' addresses
  readiness gate of the pods: gate/public
  drain-seconds: 47
  quota: 50 a node
`);
  });

  test('tells warnings with their remedy, and what the manifest keeps', () => {
    const warnings = [{ id: 'x', field: 'soakSeconds', wanted: 'at least 5', found: '1', remedy: 'Raise it.' }];
    const plan = aPlan({ warnings, kept: { preStop: 'the registry needs it' } });
    expect(section(plan, 'Worth')).toBe('\nWorth knowing:\n  - soakSeconds must be at least 5: current value is 1. Raise it.\n');
    expect(section(plan, 'Kept')).toBe('\nKept as the manifest has it:\n  - preStop: the registry needs it\n');
  });

  test('tells where the numbers come from, each part once', () => {
    expect(section(aPlan(), 'Where').split('\n').filter((line) => !line.startsWith(' '.repeat(20))).join('\n')).toBe(`
Where the numbers come from:
    10 s  delay of Service/public: controller + load balancer
             2 s  controller sees the change      ours: watch and queue; three Services are
             4 s  update in flight                vgroups.go: one reconcile adds, deletes and
             4 s  update that removes the target  vgroups.go: synchronous API calls
    12 s  preStop wait: delay + wait margin
            10 s  delay of Service/public
             2 s  wait margin              ours
    30 s  drain: close notice + what is in flight
            10 s  close notice     ours: the default of closeNoticeSeconds
            20 s  longest request  author: longestRequestSeconds
    47 s  grace: preStop wait + drain + margin
            12 s  preStop wait
            30 s  drain
             5 s  margin        ours: the kubelet counts whole seconds
    47 s  drain of Service/public: at least the grace period
            47 s  grace period  a removed pod may use its whole grace
     6 s  arrival at Service/public: health check
             6 s  3 health checks, 2 s apart  ours
     6 s  minReadySeconds: arrival
             6 s  arrival at Service/public
  waves = replicas / surge
  rolled out = waves x minReadySeconds, to waves x slowest
  last old pod gone = waves x minReadySeconds + wait
  existing = 2 x replicas
`);
  });

  test('is plain text of at most 100 columns, whatever the texts are', () => {
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', ' ', ' '), maxLength: 300 });
    fc.assert(fc.property(text, text, fc.nat(100_000), (label, source, value) => {
      const plan = aPlan({
        routes: [aRoute({ quota: source, annotations: { [label]: source }, delay: sumOf(label, [{ label, value, source }]) })],
        ceilings: [{ platform: 'somewhere', ceilingSeconds: value, graceSeconds: 1, source }],
        warnings: [{ id: 'x', field: label, wanted: source, found: label, remedy: source }],
      });
      const lines = explain(plan).split('\n');
      expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(100);
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    }));
  });
});
