import type { Container, Workload } from '../../../lib/core/manifest/types';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { wayToReady } from '../../../lib/core/plan/way-to-ready';
import { aWorkload, CONTAINER, planOf } from './fixtures';

const LATE: GracefulOptions = { slowestStartSeconds: 600 };
const tcp = { tcpSocket: { port: 8080 } };
const container = (readinessProbe: Container['readinessProbe']) => aWorkload({ container: { readinessProbe } });

/** Everything that the progress deadline has in it, as people read it. */
function parts(workload: Workload, options: GracefulOptions = LATE): string[] {
  const { parts: all = [] } = planOf(options, workload).pace.progressDeadlineSeconds ?? {};
  return all.map(({ label, value, source }) => `${value} s ${label} - ${source}`).filter((text) => !/schedule and pull|slowest start|margin|minReady/.test(text));
}

describe(wayToReady, () => {
  test('takes the successes and the period of the probe that stands there', () => {
    expect(parts(container({ ...tcp, periodSeconds: 2 }))).toEqual(['2 s readiness - readinessProbe: 1 x 2 s']);
    expect(parts(container({ ...tcp, periodSeconds: 2, successThreshold: 3 }))).toEqual(['6 s readiness - readinessProbe: 3 x 2 s']);
  });

  test('takes Kubernetes\' default period, and names it, only where the probe leaves it out', () => {
    const left = '10 s readiness - readinessProbe: 1 x 10 s, Kubernetes\' default period';
    expect([parts(container(tcp)), parts(container({ ...tcp, periodSeconds: 0, successThreshold: 0 }))]).toEqual([[left], [left]]);
    expect(parts(container({ ...tcp, periodSeconds: 10 }))).toEqual(['10 s readiness - readinessProbe: 1 x 10 s']);
  });

  test('takes nothing where there is no probe, as a container is ready once it runs', () => {
    expect(parts(container(undefined))).toEqual([]);
    expect(planOf(LATE, container(undefined)).pace.progressDeadlineSeconds?.value).toBe(120 + 600 + 30);
  });

  test('takes the slowest of several containers', () => {
    const pod = { containers: [{ ...CONTAINER, readinessProbe: { ...tcp, periodSeconds: 3 } }, { name: 'logs' }, { ...CONTAINER, name: 'api', readinessProbe: { ...tcp, periodSeconds: 4 } }] };
    expect(parts(aWorkload({ pod }))).toEqual(['4 s readiness - readinessProbe: 1 x 4 s']);
  });

  test('takes the probe as the plan makes it', () => {
    expect(parts(container({ ...tcp, periodSeconds: 2 }), { ...LATE, warmUp: { successes: 5 } })).toEqual(['10 s readiness - readinessProbe: 5 x 2 s']);
  });
});
