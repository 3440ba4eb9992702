import { latestKillSeconds, restartOutageSeconds } from '../../../lib/core/budget';
import type { Container, Probe } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { probeFigures } from '../../../lib/core/plan/probe-figures';
import { aWorkload, planOf, termsOf } from './fixtures';

const http: Probe = { httpGet: { path: '/healthz', port: 8080 } };

describe(probeFigures, () => {
  const planned = (options: GracefulOptions, kind: 'startupProbe' | 'livenessProbe' | 'readinessProbe', container: Container = {}) =>
    planOf(options, aWorkload({ container })).startup.containers[0][kind]!;
  const sources = ({ figures }: ReturnType<typeof planned>) =>
    Object.entries(figures!).map(([name, { value, parts }]) => `${name} ${value}: ${parts.map((part) => `${part.value} ${part.source}`).join(' + ')}`);
  const worker = 'kubernetes v1.32.10 pkg/kubelet/prober/worker.go';

  test('tells of a liveness probe that the author asks for', () => {
    const article = 'ours: the second article\'s liveness probe';
    expect(sources(planned({ liveness: {} }, 'livenessProbe'))).toEqual([
      `periodSeconds 30: 30 ${article}`, `timeoutSeconds 1: 1 ${article}`, `failureThreshold 3: 3 ${article}`,
    ]);
    expect(sources(planned({ liveness: { periodSeconds: 7, terminationGracePeriodSeconds: 9 } }, 'livenessProbe'))).toEqual([
      'periodSeconds 7: 7 author: liveness.periodSeconds', `timeoutSeconds 1: 1 ${article}`, `failureThreshold 3: 3 ${article}`,
      'terminationGracePeriodSeconds 9: 9 author: liveness.terminationGracePeriodSeconds',
    ]);
  });

  test('tells of one that stands there, with the grace that it gets', () => {
    expect(sources(planned({ longestRequestSeconds: 300 }, 'livenessProbe', { livenessProbe: { ...http, periodSeconds: 20 } }))).toEqual([
      'periodSeconds 20: 20 manifest: livenessProbe',
      'terminationGracePeriodSeconds 30: 30 ours: a hung server is ended within half a minute once it is found',
    ]);
  });

  test('tells of a warm-up in a shell (way B), whose checks take longer than a period', () => {
    const probe = planned({ shell: true, slowestStartSeconds: 60, warmUp: { successes: 5, command: ['check'] } }, 'startupProbe');
    expect(sources(probe)).toEqual([
      'periodSeconds 5: 5 ours: the first article\'s pace',
      'timeoutSeconds 30: 25 author: warmUp + 5 ours: as Kubernetes\' own default for one check',
      `failureThreshold 13: 12 author: slowestStartSeconds + 1 ${worker}`,
    ]);
    expect([termsOf(probe.ends!), probe.ends!.value]).toEqual([['first check 5', '12 more, 30 s apart 360', 'timeout of the last 30'], 395]);
    expect(latestKillSeconds(probe.probe!)).toBe(395);
  });

  test('tells of readiness with several successes (way D)', () => {
    expect(sources(planned({ warmUp: { successes: 5 } }, 'readinessProbe', { readinessProbe: { ...http, failureThreshold: 4 } }))).toEqual([
      'periodSeconds 5: 5 ours: the first article\'s pace', 'successThreshold 5: 5 author: warmUp.successes', 'failureThreshold 4: 4 manifest: readinessProbe',
    ]);
  });

  test('tells of a slow start, and when a container that never starts, or hangs, is gone', () => {
    const livenessProbe: Probe = { ...http, periodSeconds: 5, initialDelaySeconds: 3 };
    expect(sources(planned({ slowestStartSeconds: 100 }, 'startupProbe', { livenessProbe }))).toEqual([
      'periodSeconds 5: 5 as the liveness probe asks', `failureThreshold 21: 20 author: slowestStartSeconds + 1 ${worker}`,
    ]);
    const { ends, probe } = planned({ liveness: {} }, 'livenessProbe');
    expect(termsOf(ends!)).toEqual(['first check 30', '2 more, 30 s apart 60', 'timeout of the last 1', 'grace 52']);
    expect(ends!.value).toBe(restartOutageSeconds(probe!, { waitSeconds: 7, drainSeconds: 52, graceSeconds: 52 }));
  });
});
