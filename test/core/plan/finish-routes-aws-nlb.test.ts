import { finishRoutes } from '../../../lib/core/plan/finish-routes';
import type { GracefulOptions } from '../../../lib/core/plan/options';
import { aService, aWorkload, planOf, problemsOf, textsOf, warningsOf } from './fixtures';

const balanced = { type: 'LoadBalancer' };
const through = (mode: 'cluster' | 'local' | 'eni', provider: string, options: GracefulOptions = {}): GracefulOptions => ({ ...options, traffic: [{ service: 'web', mode, provider }] });

describe(finishRoutes, () => {
  describe('knows that AWS\'s NLB cuts at the end of the drain only where it is told to', () => {
    const AWS = 'service.beta.kubernetes.io/aws-load-balancer-target-group-attributes';
    const long = { longConnection: { longestSessionSeconds: 7200 } };
    const nlb = (attributes = 'a=b', protocol = 'TCP', more: Record<string, string> = {}) => aService(
      { ...balanced, loadBalancerClass: 'service.k8s.aws/nlb', ports: [{ port: 80, targetPort: 8080, protocol }] }, { annotations: { [AWS]: attributes, ...more } },
    );
    const flag = (value: boolean) => `deregistration_delay.connection_termination.enabled=${value}`;

    test.each(['eni', 'cluster'] as const)('so that a session of two hours lives on in mode %s', (mode) => {
      for (const service of [nlb(), nlb(flag(false)), nlb(flag(false), 'UDP')]) {
        const plan = planOf(through(mode, 'aws-nlb', long), aWorkload(), service);
        expect([plan.routes[0].removed, plan.routes[0].drain?.value, plan.routes[0].annotations[AWS]])
          .toEqual(['lives-with-pod', 3600, expect.stringMatching(/deregistration_delay.timeout_seconds=3600$/)]);
        expect(plan.routes[0].drain?.formula).toBe('the most that there is, from the moment a target may be removed');
        expect(warningsOf(plan).filter((text) => text.startsWith('node-leaves'))).toEqual([]);
      }
    });

    test('and offers it only where no port is UDP', () => {
      const offered = (protocol: string) => textsOf(through('eni', 'alibaba-clb', long), aWorkload(), aService({ ...balanced, ports: [{ port: 80, targetPort: 8080, protocol }] }))
        .map((text) => text.includes("'aws-nlb'"));
      expect([offered('TCP'), offered('UDP')]).toEqual([[true], [false]]);
    });

    test('and refuses it where it is, or where a port is UDP', () => {
      const refusals = (service: ReturnType<typeof aService>) => problemsOf(through('eni', 'aws-nlb', long), aWorkload(), service).map(({ id }) => id);
      expect([refusals(nlb(flag(true))), refusals(nlb(undefined, 'UDP')), refusals(nlb())]).toEqual([['drain-too-long'], ['drain-too-long'], []]);
      const game = (protocol: string) => aWorkload({ container: { ports: [{ containerPort: 8080, protocol }] } });
      const withoutService = (protocol: string) => problemsOf(through('eni', 'aws-nlb', long), game(protocol)).map(({ id }) => id);
      expect([withoutService('UDP'), withoutService('TCP')]).toEqual([['drain-too-long'], []]);
      expect(textsOf(through('local', 'aws-nlb', long), aWorkload(), nlb())).toEqual([expect.stringMatching(/^drain of Service\/web must be at most 3600 s, /)]);
      expect(planOf(through('eni', 'aws-nlb'), aWorkload(), nlb(flag(true))).routes[0].removed).toBe('cut-after-drain');
    });

    test('also where its annotations are kept', () => {
      const kept = (attributes: string) => planOf(through('eni', 'aws-nlb'), aWorkload(), nlb(attributes, 'TCP', { 'kube-graceful/keep.annotations': 'set up elsewhere' })).routes[0];
      expect([kept('a=b').removed, kept('a=b').drain, kept(flag(true)).removed]).toEqual(['lives-with-pod', undefined, 'cut-after-drain']);
    });
  });
});
