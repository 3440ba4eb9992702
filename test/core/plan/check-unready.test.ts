import { checkUnready } from '../../../lib/core/plan/check-unready';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import type { Container } from '../../../lib/core/manifest/types';
import { aService, aWorkload, planOf, SOON_UNREADY, warningsOf } from './fixtures';

describe(checkUnready, () => {
  const balanced = aService({ type: 'LoadBalancer' });
  const behind = (mode: 'local' | 'eni' | 'cluster', container: Container = {}, options: GracefulOptions = {}) => warningsOf(planOf(
    { ...options, traffic: [{ service: 'web', mode, provider: 'alibaba-clb' }] }, aWorkload({ container }), balanced));
  const text = (found: string, notice = 10) => [
    `ready-to-the-end: readinessProbe of container main must be one that fails in time after SIGTERM: 2 s before the close notice of ${notice} s is over, as in mode `
    + `local a node may send to a pod that is ending until its port closes: current value is ${found}. `
    + 'Ask a path that the application fails from SIGTERM on, with readinessProbe.periodSeconds 1 or 2: see docs/application.md.',
  ];
  const probe = (times: object) => ({ readinessProbe: { httpGet: { path: '/ready', port: 8080 }, ...times } });

  test('tells of a probe that fails too late, in mode local alone', () => {
    expect(behind('local')).toEqual(text('3 failures, 10 s apart'));
    expect([behind('eni'), behind('cluster')]).toEqual([[], []]);
  });

  test.each([
    [{ periodSeconds: 4, failureThreshold: 2 }, undefined, []],
    [{ periodSeconds: 3, failureThreshold: 3 }, undefined, text('3 failures, 3 s apart')],
    [{ periodSeconds: 10 }, 32, []],
    [{ periodSeconds: 10 }, 31, text('3 failures, 10 s apart', 31)],
  ])('holds %j against a close notice of %s s', (times, closeNoticeSeconds, warnings) => {
    expect(behind('local', probe(times), { closeNoticeSeconds })).toEqual(warnings);
  });

  test('tells of a probe that cannot fail while the port is open', () => {
    expect(behind('local', { readinessProbe: { tcpSocket: { port: 8080 }, periodSeconds: 1 } }))
      .toEqual(text('tcpSocket, which succeeds for as long as the port is open'));
  });

  test('has nothing to say of an application that gives no notice, or of a container that serves nobody', () => {
    expect(behind('local', {}, { onSigterm: 'exits' }).filter((warning) => warning.startsWith('ready-to-the-end'))).toEqual([]);
    const helper = { name: 'helper', readinessProbe: { exec: { command: ['true'] } } };
    const plan = planOf(
      { containers: { helper: { role: 'helper' } }, traffic: [{ service: 'web', mode: 'local', provider: 'alibaba-clb' }] }, aWorkload({ pod: { containers: [SOON_UNREADY, helper] } }), balanced,
    );
    expect(warningsOf(plan)).toEqual([]);
  });
});
