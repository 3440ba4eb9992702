import fc from 'fast-check';
import { applyPlan } from '../../../lib/core/apply/apply-plan';
import type { Patch } from '../../../lib/core/apply/patch';
import { Inventory } from '../../../lib/core/manifest/inventory';
import { latestKillSeconds } from '../../../lib/core/budget/startup';
import type { Figure } from '../../../lib/core/figure';
import type { Manifest, Workload } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { planRollout } from '../../../lib/core/plan/plan-rollout';
import type { RolloutPlan } from '../../../lib/core/plan/rollout-plan';
import { PlanRefusedError } from '../../../lib/core/problem';
import { Case, cases } from './arbitraries';
import { copies, differences, frozen, patched } from './independent';

/** More of them, from other seeds, with LAW_RUNS=5000. */
const RUNS = Number(process.env.LAW_RUNS ?? 300);

function tryPlan(options: GracefulOptions, manifests: readonly Manifest[]): RolloutPlan | undefined {
  try {
    return planRollout(options, new Inventory(manifests).contextOf(manifests[0] as Workload));
  } catch (error) {
    if (error instanceof PlanRefusedError) return undefined;
    throw error;
  }
}

/** Options that are refused as nothing says whose they are. */
function refusals(options: GracefulOptions, workload: Workload): string[] {
  try {
    planRollout({ ...options, traffic: undefined }, new Inventory([workload]).contextOf(workload));
    return [];
  } catch (error) {
    if (error instanceof PlanRefusedError) return error.problems.filter(({ id }) => id === 'ambiguous-option').map(({ field }) => field);
    throw error;
  }
}

const manifestsOf = ({ workload, around }: Case): readonly Manifest[] => [workload, ...around];

/** What holds for every case that can be planned; too few of them would show nothing. */
function holds(law: (plan: RolloutPlan, one: Case) => void): void {
  let count = 0;
  fc.assert(fc.property(cases, (one) => {
    const plan = tryPlan(one.options, manifestsOf(one));
    if (!plan) return;
    count += 1;
    law(plan, one);
  }), { numRuns: RUNS });
  expect(count).toBeGreaterThan(RUNS / 3);
}

describe(applyPlan, () => {
  test('changes nothing when it is applied again, and its output is accepted again', () => {
    holds((plan, one) => {
      const once = manifestsOf(one).map((manifest) => applyPlan(manifest, plan).manifest);
      const again = planRollout(one.options, new Inventory(once).contextOf(once[0] as Workload));
      const results = once.map((manifest) => applyPlan(manifest, again));
      expect(results.flatMap(({ patches }): readonly Patch[] => patches)).toEqual([]);
      expect(results.map(({ manifest }, index) => manifest === once[index])).not.toContain(false);
    });
  });

  test('gives patches that anybody can apply in turn', () => {
    holds((plan, one) => {
      for (const given of manifestsOf(one)) {
        const { manifest, patches } = applyPlan(given, plan);
        expect(patched(given, patches)).toEqual(manifest);
        expect(JSON.parse(JSON.stringify(manifest))).toStrictEqual(manifest);
      }
    });
  });

  test('touches nothing but the paths of its patches, and shares the rest with the original', () => {
    holds((plan, one) => {
      for (const given of manifestsOf(one)) {
        const { manifest, patches } = applyPlan(given, plan);
        const paths = patches.map(({ path }) => path);
        const untouched = (path: string) => !paths.some((patch) => path === patch || path.startsWith(`${patch}/`));
        expect(differences(given, manifest).filter(untouched)).toEqual([]);
        expect(copies(given, manifest).filter(untouched)).toEqual([]);
      }
    });
  });
});

describe(planRollout, () => {
  test('never changes what it is given', () => {
    let planned = 0;
    fc.assert(fc.property(cases, (one) => {
      const plan = tryPlan(frozen(one.options), frozen(manifestsOf(one)));
      if (!plan) return;
      planned += 1;
      for (const manifest of manifestsOf(one)) applyPlan(manifest, frozen(plan));
    }), { numRuns: RUNS });
    expect(planned).toBeGreaterThan(RUNS / 3);
  });

  test('gives equal JSON twice, or refuses twice', () => {
    fc.assert(fc.property(cases, (one) => {
      expect(JSON.stringify(tryPlan(one.options, manifestsOf(one)))).toBe(JSON.stringify(tryPlan(one.options, manifestsOf(one))));
    }), { numRuns: RUNS });
  });

  test('adds up: each figure is the sum of its parts, a whole number >= 0', () => {
    holds(({ shutdown, pace, routes, startup }) => {
      const probes = startup.containers.flatMap((one) => [one.startupProbe, one.readinessProbe, one.livenessProbe]);
      const figures = [
        shutdown.wait, shutdown.drain, shutdown.terminationGracePeriodSeconds, pace.minReadySeconds, pace.progressDeadlineSeconds,
        ...shutdown.containers.flatMap(({ wait, drain }) => [wait, drain]),
        ...routes.flatMap(({ delay, arrival, drain }) => [delay, arrival, drain]),
        ...probes.flatMap((planned) => planned ? [...Object.values(planned.figures ?? {}), planned.ends] : []),
        ...pace.at.flatMap(({ figures: { rolledOut, lastPodGone, ...others } }) => [
          ...Object.values<Figure>({ ...rolledOut }), ...Object.values<Figure>({ ...lastPodGone }), ...Object.values(others),
        ]),
      ].filter((figure) => figure !== undefined);
      for (const { value, parts } of figures) {
        expect(parts.reduce((sum, part) => sum + part.value, 0)).toBe(value);
        expect(Number.isInteger(value) && value >= 0).toBe(true);
      }
      expect(figures.flatMap(({ parts }) => parts).filter(({ source }) => source === '')).toEqual([]);
    });
  });

  test('tells of each number of a rollout, and of each probe, where it comes from', () => {
    const valuesOf = (figures: object): unknown => Object.fromEntries(Object.entries(figures).filter(([, one]) => one !== undefined)
      .map(([name, one]) => [name, 'value' in one ? one.value : valuesOf(one)]));
    holds(({ pace, startup }) => {
      for (const { figures, replicas: _, ...numbers } of pace.at) expect(valuesOf(figures)).toEqual(numbers);
      for (const { startupProbe, readinessProbe, livenessProbe } of startup.containers) {
        for (const planned of [startupProbe, readinessProbe, livenessProbe]) {
          const { httpGet: _h, tcpSocket: _t, exec: _e, grpc: _g, ...numbers } = planned?.probe ?? {};
          expect(valuesOf(planned?.figures ?? {})).toEqual(numbers);
        }
        if (startupProbe?.probe) expect(startupProbe.ends?.value).toBe(latestKillSeconds(startupProbe.probe));
      }
    });
  });

  test('gives each container its wait, its drain and the margin within the grace period', () => {
    holds(({ shutdown, routes }, { options }) => {
      const margin = options.marginSeconds ?? 5;
      const slowest = Math.max(0, ...routes.map(({ delay }) => delay.value));
      for (const { role, wait, drain, preStop } of shutdown.containers) {
        expect(shutdown.terminationGracePeriodSeconds.value).toBeGreaterThanOrEqual(wait.value + drain.value + margin);
        expect(preStop?.sleep?.seconds ?? 0).toBeLessThanOrEqual(shutdown.terminationGracePeriodSeconds.value);
        if (role === 'serves') expect(wait.value).toBeGreaterThanOrEqual(slowest);
      }
    });
  });

  test('lets a load balancer drain for the whole grace period wherever a roll removes a target', () => {
    let drained = 0;
    holds(({ shutdown, routes }) => {
      for (const { mode, drain } of routes) {
        if (!drain || mode === 'cluster') continue;
        drained += 1;
        expect(drain.value).toBeGreaterThanOrEqual(shutdown.terminationGracePeriodSeconds.value);
      }
    });
    expect(drained).toBeGreaterThan(10);
  });

  test('never takes the last serving pod, and always lets a rollout move', () => {
    holds(({ pace }) => {
      for (const { replicas, surge, unavailable, waves } of pace.at) {
        if (replicas === 0) continue;
        expect(surge + unavailable).toBeGreaterThan(0);
        expect(unavailable).toBe(0);
        expect(waves).toBeGreaterThan(0);
      }
      expect(pace.progressDeadlineSeconds?.value ?? Infinity).toBeGreaterThan(pace.minReadySeconds.value);
    });
  });

  test('asks a container nothing that was said of another', () => {
    let several = 0;
    holds(({ startup }, { options, workload }) => {
      const { containers = [], initContainers = [] } = workload.spec!.template!.spec!;
      for (const { at, name, livenessProbe, startupProbe } of startup.containers) {
        const standing = { containers, initContainers }[at.list][at.index];
        const { liveness, warmUp } = options.containers ? options.containers[name] ?? {} : options;
        if (!liveness && !standing.livenessProbe) expect(livenessProbe).toBeUndefined();
        if (!liveness && !warmUp && !standing.livenessProbe && !standing.startupProbe) expect(startupProbe).toBeUndefined();
      }
      if (!options.containers) return;
      several += 1;
      const { containers: own, ...ofAll } = options;
      const [{ shell, warmUp, liveness }] = Object.values(own);
      const beside = { ...ofAll, shell, ...warmUp && { warmUp }, ...liveness && { liveness } };
      expect(refusals(beside, workload)).toEqual(Object.keys({ shell, ...warmUp && { warmUp }, ...liveness && { liveness } }));
    });
    expect(several).toBeGreaterThan(RUNS / 12);
  });

  const LONGER: Record<string, (options: GracefulOptions, more: number) => GracefulOptions> = {
    'a longer request': (options, more) => ({ ...options, longestRequestSeconds: (options.longestRequestSeconds ?? 30) + more }),
    'a longer session': (options, more) => ({ ...options, longConnection: { longestSessionSeconds: (options.longConnection?.longestSessionSeconds ?? 1) + more } }),
    'a longer drain': (options, more) => ({ ...options, drainSeconds: (options.drainSeconds ?? 5) + more }),
    'a larger margin': (options, more) => ({ ...options, marginSeconds: (options.marginSeconds ?? 5) + more }),
    'a longer soak': (options, more) => ({ ...options, soakSeconds: (options.soakSeconds ?? 0) + more }),
    'a larger delay': (options, more) => ({ ...options, traffic: options.traffic?.map((way) => way.delaySeconds === undefined ? way : { ...way, delaySeconds: way.delaySeconds + more }) }),
  };

  test.each(Object.entries(LONGER))('never gives less for %s', (_, longer) => {
    let compared = 0;
    fc.assert(fc.property(cases, fc.integer({ min: 1, max: 500 }), (one, more) => {
      const before = tryPlan(one.options, manifestsOf(one));
      const after = tryPlan(longer(one.options, more), manifestsOf(one));
      if (!before || !after) return;
      compared += 1;
      const numbers = (plan: RolloutPlan) => [
        plan.shutdown.terminationGracePeriodSeconds.value, plan.shutdown.wait.value,
        plan.pace.minReadySeconds.value,
        ...plan.routes.map(({ drain }) => drain?.value ?? 0),
      ];
      const least = numbers(before);
      expect(numbers(after).filter((value, index) => value < least[index])).toEqual([]);
    }), { numRuns: RUNS });
    expect(compared).toBeGreaterThan(RUNS / 6);
  });
});
