import type { Container, Service } from '../../../lib/core/manifest/types';
import { checkIgnored, checkIgnoredTraffic } from '../../../lib/core/plan/check-ignored';
import type { ContainerOptions, GracefulOptions, TrafficOptions } from '../../../lib/core/plan/options';
import { problemText } from '../../../lib/core/problem';
import { aService, aWorkload, CONTAINER, planOf, problemsOf, warningsOf, SOON_UNREADY } from './fixtures';

const beside = (side: Container) => aWorkload({ pod: { containers: [CONTAINER, { name: 'side', ...side }] } });
const sidecar = aWorkload({ pod: { containers: [CONTAINER], initContainers: [{ name: 'side', restartPolicy: 'Always' }] } });

function refusals(options: GracefulOptions, workload = aWorkload(), ...around: Service[]): string[] {
  return problemsOf(options, workload, ...around).map((problem) => `${problem.id}: ${problemText(problem)}`);
}

describe(checkIgnored, () => {
  test('refuses a role of nobody', () => {
    expect(refusals({ role: 'helper' })).toEqual([
      'ignored-option: role must be absent, as a pod has containers of several roles: current value is "helper". Say it of the container: containers: { <name>: { role: ... } }.',
    ]);
  });

  test.each<[string, ContainerOptions, string]>([
    ['longestRequestSeconds', { longestRequestSeconds: 5 }, '5'], ['closeNoticeSeconds', { closeNoticeSeconds: 5 }, '5'],
    ['warmUp', { warmUp: { successes: 2, endpoint: { path: '/' } } }, '{"successes":2,"endpoint":{"path":"/"}}'], ['liveness', { liveness: { port: 1 } }, '{"port":1}'],
    ['drainEndpoint', { drainEndpoint: { path: '/', port: 1, longestSeconds: 9 } }, '{"path":"/","port":1,"longestSeconds":9}'],
  ])('refuses %s of what no client comes to', (option, own, found) => {
    const text = (role: string, remedy: string) =>
      [`ignored-option: containers.side.${option} must be absent, as no client comes to a ${role}: its end is its drainSeconds: current value is ${found}. ${remedy}`];
    const options = { containers: { side: own } };
    expect(refusals(options, beside({}))).toEqual(text('helper', 'Leave it out, or say role: \'serves\'.'));
    expect(refusals(options, sidecar)).toEqual(text('sidecar', 'Leave it out.'));
    expect(refusals({ [option]: own[option as keyof ContainerOptions] }, beside({})).filter((one) => one.startsWith('ignored'))).toEqual([]);
  });

  test('refuses the drain of one that serves, and leaves a proxy its drain endpoint', () => {
    expect(refusals({ containers: { main: { drainSeconds: 9 } } })).toEqual([
      'ignored-option: containers.main.drainSeconds must be absent, as it serves: current value is 9. '
      + 'Give closeNoticeSeconds and longestRequestSeconds, which its drain is made of, or its role.',
    ]);
    expect(refusals({ containers: { side: { role: 'proxy', drainEndpoint: { path: '/', port: 1, longestSeconds: 90 } } } }, beside({}))).toEqual([]);
  });

  test('tells of a drain for all where each container serves', () => {
    expect(warningsOf(planOf({ drainSeconds: 9 }))).toEqual([
      'ignored-option: drainSeconds must be absent, as no container here is a proxy, a helper or a sidecar: current value is 9. '
      + 'What serves drains for closeNoticeSeconds and longestRequestSeconds.',
    ]);
    expect(warningsOf(planOf({ drainSeconds: 9, containers: { side: { role: 'helper' } } }, beside({})))).toEqual([]);
  });

  test('tells of a role that nobody said', () => {
    const text = 'assumed-role: role of container side must be said in containers, as it declares no port: current value is nothing, so \'helper\' is assumed. '
      + 'A helper gets SIGTERM first, while the application still serves: say role: \'proxy\' where the application needs it to the end, else \'helper\'.';
    expect(warningsOf(planOf({}, beside({})))).toEqual([text]);
    expect(warningsOf(planOf({ containers: { side: { drainSeconds: 9 } } }, beside({})))).toEqual([text]);
    expect(warningsOf(planOf({ containers: { side: { role: 'proxy' } } }, beside({})))).toEqual([]);
    expect([warningsOf(planOf({}, beside({ ...CONTAINER, name: 'side' }))), warningsOf(planOf({}, sidecar))]).toEqual([[], []]);
  });
});

describe(checkIgnoredTraffic, () => {
  const balancer: Partial<TrafficOptions> = {
    provider: 'alibaba-clb', healthCheck: {}, backendLabel: 'a=b', readinessGate: false, keepsOpenConnections: true,
  };
  const fields = (mode: TrafficOptions['mode'], entry: Partial<TrafficOptions>) =>
    problemsOf({ traffic: [{ service: 'web', mode, ...entry }] }, aWorkload(), aService()).map(({ id, field }) => `${id} ${field.split(' ')[0]}`);

  test.each(Object.entries({ ...balancer, idleTimeoutSeconds: 60, registrationSeconds: 5 }))('refuses %s inside the cluster, also where only the Service says so', (option, value) => {
    const problem = [`ignored-option traffic.${option}`];
    expect([fields('in-cluster', { [option]: value }), fields(undefined, { [option]: value })]).toEqual([problem, problem]);
  });

  test('refuses options of a load balancer behind an ingress, whose registration and idle timeout count', () => {
    expect(fields('ingress', { delaySeconds: 5, registrationSeconds: 9, idleTimeoutSeconds: 60, ...balancer })).toEqual(Object.keys(balancer).map((option) => `ignored-option traffic.${option}`));
    expect(refusals({ traffic: [{ service: 'web', mode: 'ingress', delaySeconds: 5, readinessGate: true }] })).toEqual([
      'ignored-option: traffic.readinessGate of Service/web must be absent, as mode \'ingress\' has no load balancer of its own: current value is true. Leave it out, or correct the mode.',
    ]);
  });

  test('tells of what only pods as targets have', () => {
    const plan = planOf({ traffic: [{ service: 'web', mode: 'cluster', provider: 'alibaba-clb', readinessGate: false, registrationSeconds: 9 }] });
    expect(warningsOf(plan)).toEqual(['readinessGate of Service/web|false', 'registrationSeconds of Service/web|9'].map((one) => {
      const [field, value] = one.split('|');
      return `ignored-option: traffic.${field} must be absent, as the targets of mode 'cluster' are nodes, which a roll does not change: current value is ${value}. Leave it out.`;
    }));
  });
  test('tells of a label of nodes where the pods are the targets', () => {
    const behind = (mode: 'local' | 'eni') => warningsOf(planOf(
      { traffic: [{ service: 'web', mode, provider: 'alibaba-clb', backendLabel: 'role=edge' }] }, aWorkload({ container: SOON_UNREADY })));
    expect([behind('local'), behind('eni')]).toEqual([[], [
      'ignored-option: traffic.backendLabel of Service/web must be absent, as the targets of mode \'eni\' are pods, on whichever node: current value is "role=edge". Leave it out.',
    ]]);
  });
});
