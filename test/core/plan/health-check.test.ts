import { planHealthCheck } from '../../../lib/core/plan/health-check';
import type { GracefulOptions, HealthCheckOptions } from '../../../lib/core/plan/options';
import { aService, aWorkload, anEniService, planOf, termsOf, textsOf, warningsOf } from './fixtures';

const ALIBABA = 'service.beta.kubernetes.io/alibaba-cloud-loadbalancer-';
const balanced = { type: 'LoadBalancer' };

describe(planHealthCheck, () => {
  test('refuses a health check that the provider does not take', () => {
    const text = (found: string) => `health check of Service/web must be 2 to 10 successes and failures, 1 to 50 s apart, which Alibaba Cloud CLB takes: current value is ${found}. `
      + 'Give numbers in these ranges, or leave them out.';
    expect(textsOf({ traffic: [{ service: 'web', healthCheck: { intervalSeconds: 60 } }] }, aWorkload(), anEniService())).toEqual([text('3 successes and 3 failures, 60 s apart')]);
    expect(textsOf({}, aWorkload(), anEniService({ [`${ALIBABA}healthy-threshold`]: '99' }))).toEqual([text('99 successes and 3 failures, 2 s apart')]);
  });

  test('asks for the health check of a load balancer of which nothing is known', () => {
    const warnings = (mode: 'cluster' | 'eni', check?: HealthCheckOptions) =>
      warningsOf(planOf({ traffic: [{ service: 'web', mode, provider: 'generic', delaySeconds: 9, healthCheck: check, keepsOpenConnections: true }] }, aWorkload(), aService(balanced)));
    const text = (missing: string, found: string) => [
      `unknown-health-check: traffic.healthCheck of Service/web must be given ${missing}, as nothing is known of how any other load balancer finds a new pod healthy; `
      + `an old one may go before that: current value is ${found}. Give what the load balancer's maker says or its console shows.`,
    ];
    expect(warnings('eni')).toEqual(text('intervalSeconds and healthyThreshold', 'nothing'));
    expect(warnings('eni', { intervalSeconds: 5 })).toEqual(text('healthyThreshold', '{"intervalSeconds":5}'));
    expect([warnings('eni', { intervalSeconds: 5, healthyThreshold: 2 }), warnings('cluster')]).toEqual([[], []]);
  });

  /** Without the gate, so that registration stands there, too. */
  const options = (healthCheck?: HealthCheckOptions): GracefulOptions => ({ traffic: [{ service: 'web', readinessGate: false, healthCheck }] });
  const about = (plan: ReturnType<typeof planOf>) => warningsOf(plan).filter((text) => text.startsWith('health-check'));
  const checks = (plan: ReturnType<typeof planOf>) => termsOf(plan.routes[0].arrival).slice(3);

  describe('knows that HTTP listeners of CLB check nothing by themselves', () => {
    const http = { [`${ALIBABA}protocol-port`]: 'http:80' };
    const on = { ...http, [`${ALIBABA}health-check-flag`]: 'on' };
    const text = 'health check of Service/web must be on, so that a target which does not answer gets no clients: current value is off, as its listener of port 80 is an HTTP one, '
      + `which checks nothing by itself. Set ${ALIBABA}health-check-flag: "on" and in ${ALIBABA}health-check-uri a path that answers 2xx or 3xx; none is guessed here.`;
    const behind = (annotations: Record<string, string>, healthCheck?: HealthCheckOptions) =>
      planOf(options(healthCheck), aWorkload(), anEniService(annotations));

    test('so nothing is waited for, and it is told', () => {
      const plan = behind(http);
      expect([checks(plan), plan.pace.minReadySeconds.value, about(plan)]).toEqual([[], 10, [`health-check-off: ${text}`]]);
    });

    test('unless they are told to', () => {
      const plan = behind(on, { intervalSeconds: 5 });
      expect([checks(plan), about(plan), plan.routes[0].annotations[`${ALIBABA}health-check-interval`]]).toEqual([['3 health checks, 5 s apart 15'], [], '5']);
    });

    test('and refuses times of a check that stays off', () => {
      expect(textsOf(options({ intervalSeconds: 5 }), aWorkload(), anEniService(http))).toEqual([text]);
    });

    test('while another listener checks', () => {
      const plan = planOf(options(), aWorkload(), anEniService(http, { ports: [{ port: 80, name: 'http' }, { port: 443, name: 'tcp' }] }));
      expect([checks(plan), about(plan)]).toEqual([['3 health checks, 2 s apart 6'], []]);
    });

    test('and lets an author keep it off', () => {
      const plan = behind({ ...http, 'kube-graceful/keep.annotations': 'the path needs a login' });
      expect([checks(plan), about(plan)]).toEqual([[], []]);
    });
  });

  test.each([
    ['alibaba-clb', 'health-check-switch'], ['alibaba-nlb', 'health-check-flag'],
  ])('waits for no check of %s that is switched off', (provider, key) => {
    const spec = { ...balanced, loadBalancerClass: provider === 'alibaba-nlb' ? 'alibabacloud.com/nlb' : undefined };
    const service = (value: string) => aService(spec, { annotations: { 'service.beta.kubernetes.io/backend-type': 'eni', [`${ALIBABA}${key}`]: value } });
    const plan = planOf(options(), aWorkload(), service('off'));
    expect([checks(plan), about(plan)]).toEqual([[], [
      'health-check-off: health check of Service/web must be on, so that a target which does not answer gets no clients: current value is off, '
      + `as ${ALIBABA}${key} says so. Set it to "on", or leave it out.`,
    ]]);
    expect(checks(planOf(options(), aWorkload(), service('on')))).toHaveLength(1);
  });

  test('switches NLB\'s on where the author says its times', () => {
    const service = aService({ ...balanced, loadBalancerClass: 'alibabacloud.com/nlb' }, {
      annotations: { 'service.beta.kubernetes.io/backend-type': 'eni', [`${ALIBABA}health-check-flag`]: 'off' },
    });
    const plan = planOf(options({ intervalSeconds: 5 }), aWorkload(), service);
    expect([checks(plan), about(plan), plan.routes[0].annotations[`${ALIBABA}health-check-flag`]]).toEqual([['2 health checks, 5 s apart 10'], [], 'on']);
  });

  describe('does not reckon with annotations of a load balancer that is reused', () => {
    const reused = { [`${ALIBABA}id`]: 'lb-1', [`${ALIBABA}health-check-interval`]: '50' };
    const text = (found: string) => [
      `health-check-out-of-reach: health check of Service/web must be what the load balancer really has, as a step of the rollout waits for it: current value is ${found}, `
      + `as the load balancer is reused, and its listeners are left as they are. Set ${ALIBABA}force-override-listeners: "true", or set the health check on the load balancer itself `
      + 'and say so with kube-graceful/keep.annotations beside the annotations of the health check.',
    ];

    test('but with what traffic says, or the default, and tells', () => {
      const plan = planOf(options(), aWorkload(), anEniService(reused));
      expect([checks(plan), about(plan)]).toEqual([['3 health checks, 2 s apart 6'], text('the provider\'s default')]);
      const told = planOf(options({ intervalSeconds: 20 }), aWorkload(), anEniService(reused));
      expect([checks(told), about(told)]).toEqual([['3 health checks, 20 s apart 60'], text('what traffic says')]);
      expect(told.routes[0].annotations[`${ALIBABA}health-check-interval`]).toBeUndefined();
    });

    test('unless an annotation says that it has them', () => {
      const plan = planOf(options(), aWorkload(), anEniService({ ...reused, 'kube-graceful/keep.annotations': 'set up in the console' }));
      expect([checks(plan), about(plan)]).toEqual([['3 health checks, 50 s apart 150'], []]);
    });
  });
});
