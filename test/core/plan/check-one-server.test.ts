import type { Container } from '../../../lib/core/manifest/types';
import { checkOneServer } from '../../../lib/core/plan/check-one-server';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { aWorkload, CONTAINER, planOf, problemsOf, textsOf } from './fixtures';

const EXPORTER: Container = { name: 'exporter', ports: [{ containerPort: 9113 }], readinessProbe: { tcpSocket: { port: 9113 } } };
const both = aWorkload({ pod: { containers: [CONTAINER, EXPORTER] } });

describe(checkOneServer, () => {
  test.each<[string, GracefulOptions, string]>([
    ['liveness', { liveness: { path: '/healthz' } }, '{"path":"/healthz"}'],
    ['warmUp', { warmUp: { successes: 5, endpoint: { path: '/startup' } } }, '{"successes":5,"endpoint":{"path":"/startup"}}'],
    ['drainEndpoint', { drainEndpoint: { path: '/drain', port: 8080, longestSeconds: 20 } }, '{"path":"/drain","port":8080,"longestSeconds":20}'],
    ['preStopHook', { preStopHook: { runs: 'before-wait', longestSeconds: 3 } }, '{"runs":"before-wait","longestSeconds":3}'],
    ['shell', { shell: true }, 'true'],
  ])('refuses %s beside containers of which several serve', (option, options, found) => {
    expect(textsOf(options, both)[0]).toBe(`${option} must be said of one container, as several serve: main, exporter: current value is ${found}. `
      + `Say it where it is true: containers: { main: { ${option}: ... } }; of a container that no client comes to, role: 'helper' instead.`);
    expect(problemsOf({ containers: { main: options } }, both)).toEqual([]);
    expect(problemsOf({ ...options, containers: { exporter: { role: 'helper' } } }, both)).toEqual([]);
    expect(problemsOf(options)).toEqual([]);
  });

  test('heeds what each container says itself', () => {
    const three = aWorkload({ pod: { containers: [CONTAINER, EXPORTER, { ...EXPORTER, name: 'admin' }] } });
    const own = (...names: readonly string[]) => Object.fromEntries(names.map((name) => [name, { shell: false, liveness: { path: `/${name}` } }]));
    const beside = { shell: true, liveness: { path: '/healthz' } };
    expect(problemsOf({ ...beside, containers: own('exporter', 'admin') }, three)).toEqual([]);
    expect(textsOf({ ...beside, containers: own('admin') }, three).map((text) => text.split(':')[0])).toEqual([
      'shell must be said of one container, as several serve', 'liveness must be said of one container, as several serve',
    ]);
    expect(problemsOf({ ...beside, containers: own('admin') }, three)[0].wanted).toBe('said of one container, as several serve: main, exporter');
    expect(planOf({ ...beside, containers: own('exporter', 'admin') }, three).startup.containers.map(({ livenessProbe }) => livenessProbe?.probe?.httpGet?.path))
      .toEqual(['/healthz', '/exporter', '/admin']);
  });

  test('lets times hold for all that serve, and an image be without a shell', () => {
    const plan = planOf({ longestRequestSeconds: 20, closeNoticeSeconds: 5, slowestStartSeconds: 60, shell: false }, both);
    expect(plan.shutdown.containers.map(({ name, drain }) => [name, drain.value])).toEqual([['main', 25], ['exporter', 25]]);
  });

  test('tells of each at once', () => {
    expect(problemsOf({ shell: true, liveness: {}, warmUp: { successes: 2 } }, both).map(({ id, field }) => `${id}: ${field}`))
      .toEqual(['ambiguous-option: shell', 'ambiguous-option: warmUp', 'ambiguous-option: liveness']);
  });
});
